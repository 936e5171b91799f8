import * as z from "zod";
import type { Flaw, ProblemCode } from "../../domain/errors.ts";
import { schemaOf } from "./schema-of.ts";
import { sentence } from "./values.ts";

const flaw = schemaOf<Flaw>()(
  z.strictObject({ pointer: z.string().regex(/^(\/([^~/]|~[01])*)*$/, "must be a JSON pointer"), detail: sentence }),
).meta({ id: "Flaw" });

/** One code has one status, and one status one code. */
const statuses = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  idempotency_mismatch: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ProblemCode, number>;
type ProblemStatus = (typeof statuses)[ProblemCode];
const codes = Object.keys(statuses) as ProblemCode[];

export const problemCode = z.enum(codes).meta({ id: "ProblemCode" });

function problem(code: ProblemCode) {
  return z
    .strictObject({
      type: z.literal(`/docs/errors/${code}`),
      title: sentence,
      status: z.literal(statuses[code]),
      detail: sentence,
      code: z.literal(code),
      requestId: z.string().min(1),
      errors: z.array(flaw).min(1).exactOptional(),
    })
    .meta({ id: `Problem-${code}` });
}

type ProblemSchema = ReturnType<typeof problem>;

const schemas = new Map<ProblemStatus, ProblemSchema>(codes.map((code) => [statuses[code], problem(code)]));

/** The RFC 9457 documents of these statuses, by status. */
export function problems(...wanted: readonly ProblemStatus[]): Partial<Record<ProblemStatus, ProblemSchema>> {
  return Object.fromEntries(wanted.map((status) => [status, schemas.get(status)]));
}

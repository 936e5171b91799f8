import * as z from "zod";
import { type Flaw, type ProblemCode, problemCodes } from "../../domain/errors.ts";
import { problems as table } from "../problems.ts";
import { schemaOf } from "./schema-of.ts";
import { sentence } from "./values.ts";

const flaw = schemaOf<Flaw>()(
  z.strictObject({ pointer: z.string().regex(/^(\/([^~/]|~[01])*)*$/, "must be a JSON pointer"), detail: sentence }),
).meta({ id: "Flaw" });

export type ProblemStatus = (typeof table)[ProblemCode]["status"];

export const problemCode = z.enum(problemCodes).meta({ id: "ProblemCode" });

function problem(code: ProblemCode) {
  return z
    .strictObject({
      type: z.literal(`/docs/errors/${code}`),
      title: z.literal(table[code].title),
      status: z.literal(table[code].status),
      detail: sentence,
      code: z.literal(code),
      requestId: z.string().min(1),
      errors: z.array(flaw).min(1).exactOptional(),
    })
    .meta({ id: `Problem-${code}` });
}

type ProblemSchema = ReturnType<typeof problem>;

const schemas = new Map<ProblemStatus, ProblemSchema>(problemCodes.map((code) => [table[code].status, problem(code)]));

/** The RFC 9457 documents of these statuses, by status. */
export function problemsOf(...wanted: readonly ProblemStatus[]): Partial<Record<ProblemStatus, ProblemSchema>> {
  return Object.fromEntries(wanted.map((status) => [status, schemas.get(status)]));
}

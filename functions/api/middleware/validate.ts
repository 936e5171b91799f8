import { zValidator } from "@hono/zod-validator";
import type * as z from "zod";
import { DomainError } from "../../domain/errors.ts";
import { toPointer } from "../../domain/json-pointer.ts";

/** Checks the query against a schema; what is wrong is named by its parameter. */
export function validateQuery<Schema extends z.ZodType>(schema: Schema) {
  return zValidator("query", schema, (result) => {
    if (result.success) return;
    const errors = result.error.issues.map((issue) => ({
      pointer: toPointer(issue.code === "unrecognized_keys" ? [...issue.keys] : issue.path),
      detail: issue.code === "unrecognized_keys" ? "is not a known query parameter" : issue.message,
    }));
    const names = errors.map(({ pointer }) => pointer.slice(1)).join(", ");
    throw new DomainError("invalid_request", `the query is not valid: ${names}`, errors);
  });
}

import { zValidator } from "@hono/zod-validator";
import * as z from "zod";
import { DomainError, type Flaw, maxFlaws } from "../../domain/errors.ts";
import { toPointer } from "../../domain/json-pointer.ts";

/** What a schema found wrong, an unknown member pointed at itself. */
export function toFlaws(error: z.core.$ZodError): Flaw[] {
  const flaws = error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ pointer: toPointer([...issue.path, key]), detail: "is not known" }))
      : [{ pointer: toPointer(issue.path), detail: issue.message }],
  );
  return flaws.slice(0, maxFlaws);
}

/** Refuses any query: a parameter that nobody reads is a mistake of the caller's. */
export const noQuery = () => validateQuery(z.strictObject({}));

/** Checks the query against a schema; what is wrong is named by its parameter. */
export function validateQuery<Schema extends z.ZodType>(schema: Schema) {
  return zValidator("query", schema, (result) => {
    if (result.success) return;
    const errors = toFlaws(result.error);
    const names = errors.map(({ pointer }) => pointer.slice(1)).join(", ");
    throw new DomainError("invalid_request", `the query is not valid: ${names}`, errors);
  });
}

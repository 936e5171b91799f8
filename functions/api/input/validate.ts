import { zValidator } from "@hono/zod-validator";
import type { MiddlewareHandler } from "hono";
import type * as z from "zod";
import { toFlaws } from "../../contract/flaws.ts";
import { DomainError } from "../../domain/errors.ts";
import { toInvalidBody } from "./json-body.ts";

/** With the input of each issue, by which a missing member is told from a wrong one. */
const validationFunction = (schema: z.ZodType, value: unknown) => schema.safeParseAsync(value, { reportInput: true });

/** Checks the body, as `readJson` left it, against a schema. Throws `invalid_request` with every flaw. */
export function validateBody(schema: z.ZodType): MiddlewareHandler {
  return zValidator(
    "json",
    schema,
    (result) => {
      if (!result.success) throw toInvalidBody(toFlaws(result.error.issues));
    },
    { validationFunction },
  );
}

/** Checks the query against a schema; what is wrong is named by its parameter. Throws `invalid_request` with every flaw. */
export function validateQuery(schema: z.ZodType): MiddlewareHandler {
  return zValidator(
    "query",
    schema,
    (result) => {
      if (result.success) return;
      const flaws = toFlaws(result.error.issues.map(toQueryIssue));
      const names = flaws.map(({ pointer }) => pointer.slice(1)).join(", ");
      throw new DomainError("invalid_request", `the query is not valid: ${names}`, flaws);
    },
    { validationFunction },
  );
}

/** A parameter that is repeated comes as a list: where a list cannot be meant, that is what is wrong with it. */
function toQueryIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (!Array.isArray(issue.input) || !isOfKind(issue)) return issue;
  return { code: "custom", path: issue.path, message: "must stand once" };
}

/** Of alternatives each: one that takes a list says which of its values is wrong. */
function isOfKind(issue: z.core.$ZodIssue): boolean {
  if (issue.code !== "invalid_union") return issue.code === "invalid_type" || issue.code === "invalid_value";
  return issue.errors.flat().every((one) => one.path.length === 0 && isOfKind(one));
}

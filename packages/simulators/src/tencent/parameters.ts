import type * as z from "zod";
import { VendorProblem } from "../rules.ts";

/** Reads a JSON body by its schema; what does not fit ends in the platform's codes for bad parameters. */
export function readParameters<Parameters>(schema: z.ZodType<Parameters>, body: unknown): Parameters {
  const cleaned = withoutNulls(body);
  const result = schema.safeParse(cleaned);
  if (result.success) return result.data;
  throw new VendorProblem(toProblem(cleaned, result.error));
}

/** The platform reports what it does not know first, then what is missing, then wrong types. */
function toProblem(body: unknown, error: z.ZodError) {
  const unknown = error.issues.find((issue) => issue.code === "unrecognized_keys");
  if (unknown) {
    const name = [...unknown.path, unknown.keys[0]].join(".");
    return { code: "UnknownParameter", detail: `The parameter \`${name}\` is not recognized.` };
  }
  const missing = error.issues.find((issue) => valueAt(body, issue.path) === undefined);
  const path = (missing ?? error.issues[0])?.path.join(".");
  return missing
    ? { code: "MissingParameter", detail: `The request is missing the parameter \`${path}\`.` }
    : { code: "InvalidParameter", detail: `The type of the parameter \`${path}\` is wrong.` };
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], body);
}

/** SDKs differ in whether they send members without a value; a null counts as absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}

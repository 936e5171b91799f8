import type * as z from "zod";

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/**
 * The issues, with those of an alternative in place of "fits no alternative" where the value is plainly meant for one:
 * then the very member is pointed at.
 */
export function spreadUnions<Given extends Issue | RawIssue>(issues: readonly Given[]): (Given | Issue)[] {
  return issues.flatMap((issue): (Given | Issue)[] => {
    if (issue.code !== "invalid_union") return [issue];
    const meant = (issue.errors as Issue[][]).find(
      (alternative) => alternative.length > 0 && !alternative.some(isOfAnotherKind),
    );
    const { path = [] } = issue;
    return meant ? spreadUnions(meant.map((inner): Issue => ({ ...inner, path: [...path, ...inner.path] }))) : [issue];
  });
}

/** Or a list, which stands for a parameter that is repeated: its name alone is pointed at. */
function isOfAnotherKind({ code, path: [first] }: Issue): boolean {
  return first === undefined ? code === "invalid_type" || code === "invalid_value" : typeof first === "number";
}

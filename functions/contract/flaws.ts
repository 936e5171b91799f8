import type * as z from "zod";
import { type Flaw, maxFlaws } from "../domain/errors.ts";
import { toPointer } from "../domain/json-pointer.ts";
import { spreadUnions } from "../domain/request/spread-unions.ts";

/**
 * What a schema found wrong, in our words and never with the value, which may be a key: the same flaw reads the same
 * whichever route it comes from. Of several at one place the first, because a value of the wrong type also fails every
 * check that comes after. Needs issues that were made with `reportInput`.
 */
export function toFlaws(issues: readonly z.core.$ZodIssue[]): Flaw[] {
  const first = new Map<string, Flaw>();
  for (const flaw of spreadUnions(issues).flatMap(toFlawsOfIssue))
    if (!first.has(flaw.pointer)) first.set(flaw.pointer, flaw);
  return [...first.values()].slice(0, maxFlaws);
}

/** An unknown or missing member is pointed at itself. */
function toFlawsOfIssue(issue: z.core.$ZodIssue): Flaw[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ pointer: toPointer([...issue.path, key]), detail: "is not a known field" }));
  }
  return [{ pointer: toPointer(issue.path), detail: describe(issue) }];
}

function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is required" : `must be ${article(issue.expected)}`;
    case "invalid_value":
      return issue.input === undefined ? "is required" : `must be one of ${issue.values.join(", ")}`;
    case "too_big":
      return `must be at most ${issue.maximum}${unit(issue.origin, issue.maximum)}`;
    case "too_small":
      return `must be at least ${issue.minimum}${unit(issue.origin, issue.minimum)}`;
    case "invalid_format":
    case "custom":
      return issue.message;
    case "invalid_key":
      return `is not a valid key: ${issue.issues[0]?.message ?? "wrong form"}`;
    case "invalid_union":
      return describeUnion(issue);
    case "unrecognized_keys":
    case "invalid_element":
      return "is not valid";
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
  }
}

/** What the alternatives say that is of the very value, where it is the same, or else of which kinds it may be. */
function describeUnion({ errors }: z.core.$ZodIssueInvalidUnion): string {
  const issues = errors.flat();
  const details = new Set(issues.flatMap((issue) => (issue.code === "invalid_value" ? [describe(issue)] : [])));
  // A list stands for a parameter that is repeated.
  const kinds = issues.flatMap(({ code, path, ...issue }) =>
    code === "invalid_type" && path.length === 0 && "expected" in issue && issue.expected !== "array"
      ? [article(issue.expected)]
      : [],
  );
  if (kinds.length === 0) return details.size === 1 ? [...details].join("") : "is not valid";
  const words = issues.flatMap((issue) => (issue.code === "invalid_value" ? issue.values.map(String) : []));
  return `must be ${[...new Set([...kinds, ...words])].join(" or ")}`;
}

function article(type: string): string {
  if (type === "int" || type === "number") return "a whole number";
  if (type === "record") return "an object";
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

function unit(origin: string, count: number | bigint): string {
  const plural = count === 1 ? "" : "s";
  if (origin === "string") return ` character${plural} long`;
  return origin === "array" ? ` item${plural} long` : "";
}

import type * as z from "zod";
import { type Flaw, maxFlaws } from "../errors.ts";
import { toPointer } from "../json-pointer.ts";
import { bgpRules } from "../rules/bgp.ts";
import { callbackRule } from "../rules/callback.ts";
import { cryptographyRules } from "../rules/cryptography.ts";
import { routingRules } from "../rules/routing.ts";
import type { DeepPartial, Rule } from "../rules/rule.ts";
import { providerRules } from "../rules/vendor.ts";
import { type CreateRequest, createRequestSchema } from "./create-request.ts";

export interface ParseOptions {
  /** Whether `http` callbacks to this computer are accepted: only the local stack says so. */
  allowLoopbackCallbacks: boolean;
}

export type ParsedCreateRequest = { request: CreateRequest } | { flaws: Flaw[] };

/** Checks a decoded body against the schema and every rule, and tells all that is wrong at once. */
export function parseCreateRequest(body: unknown, options: ParseOptions): ParsedCreateRequest {
  if (isTooDeep(body)) return { flaws: [{ pointer: "", detail: `is nested more than ${maxDepth} levels deep` }] };
  const parsed = createRequestSchema.safeParse(body, { reportInput: true });
  const rules = [...routingRules, ...bgpRules, ...cryptographyRules, ...providerRules, callbackRule(options)];
  if (parsed.success) {
    const flaws = [...droppedTags(body), ...check(parsed.data, rules)];
    return flaws.length > 0 ? { flaws: onePerPlace(flaws) } : { request: parsed.data };
  }
  const sound = withoutFlawed(body, parsed.error.issues);
  return {
    flaws: onePerPlace([...parsed.error.issues.flatMap(toFlaws), ...droppedTags(body), ...check(sound, rules)]),
  };
}

/** The schema library leaves a record's member of this name out, without a word. */
function droppedTags(body: unknown): Flaw[] {
  const tags = typeof body === "object" && body !== null && "tags" in body ? body.tags : undefined;
  const named = typeof tags === "object" && tags !== null && Object.hasOwn(tags, "__proto__");
  return named ? [{ pointer: "/tags/__proto__", detail: "is not a tag key" }] : [];
}

/** A valid request has 4 levels. */
const maxDepth = 16;

/** Level by level, because a body can be nested deeper than functions can call each other. */
function isTooDeep(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; depth <= maxDepth; depth += 1) {
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** Of several flaws at one place the first: a value of the wrong type also fails every check that comes after. */
function onePerPlace(flaws: Flaw[]): Flaw[] {
  const first = new Map<string, Flaw>();
  for (const flaw of flaws) if (!first.has(flaw.pointer)) first.set(flaw.pointer, flaw);
  return [...first.values()].slice(0, maxFlaws);
}

function check(request: DeepPartial<CreateRequest>, rules: readonly Rule[]): Flaw[] {
  return rules.flatMap((rule) => rule(request));
}

/** Problems of one schema issue, in our words: never the value, which may be a key. */
function toFlaws(issue: z.core.$ZodIssue): Flaw[] {
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
      return `must be at most ${issue.maximum}${unit(issue.origin)}`;
    case "too_small":
      return `must be at least ${issue.minimum}${unit(issue.origin)}`;
    case "invalid_format":
      return issue.message;
    case "invalid_key":
      return `is not a valid key: ${issue.issues[0]?.message ?? "wrong form"}`;
    case "custom":
      return issue.message;
    case "unrecognized_keys":
    case "invalid_union":
    case "invalid_element":
    case "not_multiple_of":
      return "is not valid";
  }
}

function article(type: string): string {
  if (type === "int" || type === "number") return "a whole number";
  if (type === "record") return "an object";
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

function unit(origin: string): string {
  if (origin === "string") return " characters long";
  return origin === "array" ? " items long" : "";
}

/** A copy of the body less every member that did not pass its own check; rules run on what remains. */
function withoutFlawed(body: unknown, issues: readonly z.core.$ZodIssue[]): DeepPartial<CreateRequest> {
  const root = { body: structuredClone(body) };
  for (const issue of issues) {
    const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of paths) remove(root, ["body", ...path]);
  }
  return root.body ?? {};
}

/** Leaves `undefined` in place of a member that was given, so that a rule can tell it from one that was not. */
function remove(root: object, path: readonly PropertyKey[]): void {
  let holder: unknown = root;
  for (const step of path.slice(0, -1)) holder = (holder as Record<PropertyKey, unknown> | undefined)?.[step];
  const last = path.at(-1);
  if (typeof holder === "object" && holder !== null && last !== undefined && Object.hasOwn(holder, last)) {
    Object.defineProperty(holder, last, { value: undefined, enumerable: true, configurable: true, writable: true });
  }
}

import type { ProviderName } from "../values.ts";
import type { ErrorClass, ProviderErrorFacts } from "./provider-error.ts";

/** What is to be known of a code beside its class. */
type Marks = Pick<ProviderErrorFacts, "clock" | "token" | "mayBeOurs">;

/** What one of a vendor's codes means, and one sentence a person can act on. */
export type CodeMeaning = Pick<ProviderErrorFacts, "class" | "advice"> & Marks;

/** Each vendor's codes with their meaning. */
export type ErrorTables = Record<ProviderName, Readonly<Record<string, CodeMeaning>>>;

/** The codes of one class, from the advice on each. */
export function ofClass(
  name: ErrorClass,
  adviceByCode: Readonly<Record<string, string>>,
  marks: Marks = {},
): Record<string, CodeMeaning> {
  return Object.fromEntries(
    Object.entries(adviceByCode).map(([code, advice]) => [code, { class: name, advice, ...marks }]),
  );
}

/** A rule for codes that the table does not have. */
export type CodeFamily = readonly [pattern: RegExp, meaning: CodeMeaning];

/** What a code means; `known` is false for a guess by family, which is logged as unclassified. */
export type Classify = (code: string) => CodeMeaning & { known: boolean };

/**
 * Reads codes by a vendor's table, in any letter case, else by the first family that matches, else as `otherwise`:
 * only a refusal that is understood is a definite one.
 */
export function createClassifier(
  table: Readonly<Record<string, CodeMeaning>>,
  families: readonly CodeFamily[],
  otherwise: CodeMeaning,
): Classify {
  const byLowerCaseCode = new Map(Object.entries(table).map(([code, meaning]) => [code.toLowerCase(), meaning]));
  return function classify(code) {
    const exact = byLowerCaseCode.get(code.toLowerCase());
    const meaning = exact ?? families.find(([pattern]) => pattern.test(code))?.[1] ?? otherwise;
    return { ...meaning, ...(mayBeOurs(code, meaning) ? { mayBeOurs: true } : {}), known: exact !== undefined };
  };
}

/** What both vendors call a network, an address or a name that is taken: overlap, conflict of CIDRs, duplicate. */
const taken =
  /overlap|(?<!order)already_?exist|(cidr|ip)_?conflict|conflict(cidr|ip|route)|routeentry\.conflict$|\.duplicate$|samevpnandcgw/i;

/** Whether a connection of ours, made by a call that nobody heard of, would bring about this very refusal. */
function mayBeOurs(code: string, { class: kind }: CodeMeaning): boolean {
  return kind === "exists" || kind === "quota" || (kind === "validation" && taken.test(code));
}

/**
 * A code or request id in a form that may be stored; undefined for a missing one, which SDKs may call "undefined", and
 * for free text, which could hold anything. Of other texts odd characters and what is too long are not kept.
 */
export function toIdentifier(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = String(value).trim();
  if (["", "undefined", "null"].includes(text) || /\s/.test(text)) return undefined;
  return text.replaceAll(/[^\w.:-]/g, "_").slice(0, 128);
}

/** Stands for a code that is free text. */
const unreadableCode = "unreadable-code";

/** The code that an answer has; undefined when it has none. */
export function toProviderCode(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.trim() : "";
  return toIdentifier(value) ?? (["", "undefined", "null"].includes(text) ? undefined : unreadableCode);
}

/** The advice on a question that had no answer, or none that says anything: it has changed nothing at the vendor. */
export function adviseOnQuestion(vendor: string, code: string | undefined): string {
  const look =
    code === undefined
      ? `Check the network between the broker and ${vendor}, and ${vendor}'s status page, if it lasts`
      : `Look at ${vendor}'s status page, or ask its support with the request id, if it lasts: it answered, so the way there is open`;
  return `${look}${code === undefined ? ":" : ", and"} this was a question, which changes nothing there.`;
}

import type { ProviderName } from "../values.ts";
import type { ErrorClass, ProviderErrorFacts } from "./provider-error.ts";

/** What one of a vendor's codes means, and one sentence a person can act on. */
export type CodeMeaning = Pick<ProviderErrorFacts, "class" | "advice">;

/** Each vendor's codes with their meaning. */
export type ErrorTables = Record<ProviderName, Readonly<Record<string, CodeMeaning>>>;

/** The codes of one class, from the advice on each. */
export function ofClass(name: ErrorClass, adviceByCode: Readonly<Record<string, string>>): Record<string, CodeMeaning> {
  return Object.fromEntries(Object.entries(adviceByCode).map(([code, advice]) => [code, { class: name, advice }]));
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
    if (exact) return { ...exact, known: true };
    const family = families.find(([pattern]) => pattern.test(code));
    return { ...(family?.[1] ?? otherwise), known: false };
  };
}

/** A code or request id that may be stored: SDKs say "undefined" for a missing one, and free text could hold anything. */
export function toIdentifier(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "undefined" || value === "null") return undefined;
  return /^[\w.:-]{1,128}$/.test(value) ? value : undefined;
}

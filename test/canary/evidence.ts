import { createFinder, type Hit } from "./find-secret.ts";

/** Kinds of places where the broker writes or sends something. */
export const places = [
  "file",
  "log",
  "table item",
  "table call",
  "execution",
  "output",
  "command line",
  "answer",
  "webhook",
  "vendor request",
  "vendor answer",
] as const;
export type Place = (typeof places)[number];

/** Something that was written or sent. */
export interface Evidence {
  place: Place;
  /** What it is, within its place. */
  what: string;
  bytes: Uint8Array;
}

/** A secret that is looked for. */
export interface Canary {
  name: string;
  text: string;
  /** Where it belongs; without it, nowhere. */
  mayBeIn?: (evidence: Evidence) => boolean;
}

export interface Find extends Omit<Hit, "secret"> {
  canary: string;
  place: Place;
  what: string;
  /** Whether the canary belongs there. */
  permitted: boolean;
}

export const toEvidence = (place: Place, what: string, text: string): Evidence => ({
  place,
  what,
  bytes: Buffer.from(text),
});

/** Every piece of evidence that a secret stands in, whether it belongs there or not. */
export function findAll(canaries: readonly Canary[], evidence: readonly Evidence[]): Find[] {
  const find = createFinder(canaries.map(({ text }) => text));
  const byText = new Map(canaries.map((canary) => [canary.text, canary]));
  return evidence.flatMap((one) =>
    find(one.bytes).flatMap(({ secret, ...hit }) => {
      const canary = byText.get(secret);
      if (!canary) return [];
      const permitted = canary.mayBeIn?.(one) ?? false;
      return [{ canary: canary.name, place: one.place, what: one.what, ...hit, permitted }];
    }),
  );
}

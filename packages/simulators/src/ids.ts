const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Makes ids from a given source of randomness, so that a run with a seeded source can be repeated. */
export class IdSource {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Lower-case letters and digits, as both vendors use in resource ids. */
  word(length: number): string {
    let word = "";
    while (word.length < length) word += letters[this.integer(letters.length)];
    return word;
  }

  /** A random (version 4) UUID in lower case. */
  uuid(): string {
    const hex = Array.from({ length: 32 }, (_, index) => {
      if (index === 12) return "4";
      if (index === 16) return "89ab"[this.integer(4)];
      return "0123456789abcdef"[this.integer(16)];
    }).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /** An integer from 0 up to, and not including, the bound. */
  integer(bound: number): number {
    return Math.floor(this.#random() * bound);
  }
}

/** What happened, a line each, in the order of virtual time; kept only where somebody will read it. */
export class Trace {
  readonly lines: string[] = [];
  readonly #keep: boolean;
  readonly #start: number;
  readonly #now: () => number;

  constructor(keep: boolean, now: () => number) {
    this.#keep = keep;
    this.#now = now;
    this.#start = now();
  }

  /** The text is made only when it is kept. */
  readonly add = (who: string, what: () => string): void => {
    if (!this.#keep) return;
    const seconds = ((this.#now() - this.#start) / 1000).toFixed(3).padStart(10);
    this.lines.push(`${seconds}  ${who.padEnd(34)}  ${what()}`);
  };
}

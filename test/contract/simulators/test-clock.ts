/** A clock that starts now, because the SDKs sign with the real time, and moves only when told to. */
export class TestClock {
  #milliseconds = Date.now();

  readonly now = (): number => this.#milliseconds;

  advance(milliseconds: number): void {
    this.#milliseconds += milliseconds;
  }
}

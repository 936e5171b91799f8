import { afterAll, beforeAll } from "vitest";

let aheadMilliseconds = 0;

/**
 * Sets the clock of this process further ahead, which is that of the broker and of the vendors too; it goes on from there
 * until the file is over. No timer is moved, and not the browser's clock.
 */
export function moveClock(minutes: number): void {
  aheadMilliseconds += minutes * 60_000;
}

/** Before anything is started that could keep the system's own clock. */
export function useMovableClock(): void {
  const { Date: SystemDate } = globalThis;
  const now = () => SystemDate.now() + aheadMilliseconds;
  beforeAll(() => {
    aheadMilliseconds = 0;
    globalThis.Date = new Proxy(SystemDate, {
      construct: (target, given: unknown[], made) =>
        Reflect.construct(target, given.length === 0 ? [now()] : given, made) as Date,
      get: (target, name, receiver) => (name === "now" ? now : (Reflect.get(target, name, receiver) as unknown)),
    });
  });
  afterAll(() => {
    globalThis.Date = SystemDate;
  });
}

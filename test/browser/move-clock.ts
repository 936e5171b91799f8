const { Date: SystemDate } = globalThis;
let aheadMilliseconds = 0;

const now = () => SystemDate.now() + aheadMilliseconds;

/** Has this process go by a clock that `moveClock` sets, until `stopClock`. No timer goes by it, and no browser. */
export function startClock(minutesAhead = 0): void {
  aheadMilliseconds = minutesAhead * 60_000;
  globalThis.Date = new Proxy(SystemDate, {
    construct: (target, given: unknown[], made) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, made) as Date,
    get: (target, name, receiver) => (name === "now" ? now : (Reflect.get(target, name, receiver) as unknown)),
  });
}

export function stopClock(): void {
  globalThis.Date = SystemDate;
}

/** Sets the clock of this process further ahead, which is that of the broker and of the vendors too; it goes on from there. */
export function moveClock(minutes: number): void {
  aheadMilliseconds += minutes * 60_000;
}

/** How far it is ahead of the system's, in minutes; negative where it is behind. */
export const minutesAhead = (): number => aheadMilliseconds / 60_000;

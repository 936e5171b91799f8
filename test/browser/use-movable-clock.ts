import { afterAll, beforeAll } from "vitest";
import { startClock, stopClock } from "./move-clock.ts";

/** A clock that a test can set ahead, in place before anything is started that could keep the system's own. */
export function useMovableClock(): void {
  beforeAll(() => startClock());
  afterAll(() => stopClock());
}

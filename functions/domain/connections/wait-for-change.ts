import type { Clock, Sleep } from "../clock.ts";
import type { ConnectionStore } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { isFinal } from "../record/status.ts";
import { getConnection } from "./get-connection.ts";
import type { Waits } from "./limit-waits.ts";

export interface WaitDeps {
  store: ConnectionStore;
  clock: Clock;
  sleep: Sleep;
  waits: Waits;
}

const firstPause = 250;
const maxPause = 2000;

/**
 * The record as soon as its revision differs from `revision` (absent: from the one at arrival), it is final, or
 * `waitSeconds` have passed; at once when too many of this key wait already. Reads the store in growing pauses: 15 reads in
 * 20 seconds.
 */
export async function waitForChange(
  deps: WaitDeps,
  input: { tenant: string; id: string; key: string; waitSeconds: number; revision?: number; signal: AbortSignal },
): Promise<ConnectionRecord> {
  const until = deps.clock.now().getTime() + input.waitSeconds * 1000;
  let record = await getConnection(deps, input);
  const known = input.revision ?? record.revision;
  let leave: (() => Promise<void>) | undefined;
  try {
    for (let pause = firstPause; record.revision === known && !isFinal(record.status); pause *= 1.5) {
      const left = until - deps.clock.now().getTime();
      if (left <= 0) break;
      leave ??= await deps.waits.enter(input.key);
      if (!leave) break;
      await deps.sleep(Math.min(pause, maxPause, left), input.signal);
      // Whose it is is known by now.
      record = (await deps.store.get(record.id)) ?? record;
    }
  } finally {
    await leave?.();
  }
  return record;
}

import { maxWaitsPerProcess } from "../limits.ts";
import { type QuotaDeps, releasePlaces, takePlaces, toQuota } from "../quotas.ts";

/** Who may wait for a change, and so hold a function of the API or a place in this process. */
export interface Waits {
  /** How to leave, for one more call of this key that waits; undefined when the key, over all processes, or this process has enough. */
  enter(key: string): Promise<(() => Promise<void>) | undefined>;
}

export function createWaits(deps: QuotaDeps): Waits {
  let waiting = 0;

  return {
    async enter(key) {
      if (waiting >= maxWaitsPerProcess) return undefined;
      waiting += 1;
      const leave = () => void (waiting -= 1);
      try {
        const taken = await takePlaces(deps, [toQuota("waits", key)]);
        if ("quota" in taken) {
          leave();
          return undefined;
        }
        return () => {
          leave();
          return releasePlaces(deps, taken.held);
        };
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}

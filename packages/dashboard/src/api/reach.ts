import { signal } from "@preact/signals";
import { VpnBrokerError } from "@vpn-broker/client";
import { holder, isRefusal, signOut } from "../app/session.ts";

/** When the API last answered, in milliseconds; what is shown is of then. */
export const answeredAt = signal<number | undefined>(undefined);
/** What the last call that failed for want of an answer said; absent while the API answers. */
export const away = signal<VpnBrokerError | undefined>(undefined);

export function noteAnswer(): void {
  answeredAt.value = Date.now();
  away.value = undefined;
}

/** Sorts what a call failed with: no answer is told above the page, a refused key ends the session, the rest is returned. */
export function noteFailure(error: unknown): VpnBrokerError | undefined {
  // Nobody waits any more for what was asked before the key was forgotten.
  if (!holder.peek()) return undefined;
  if (isRefusal(error)) {
    signOut("refused");
    return undefined;
  }
  if (!(error instanceof VpnBrokerError)) throw error;
  if (error.status === undefined || error.status >= 500 || error.status === 429) {
    away.value = error;
    return undefined;
  }
  noteAnswer();
  return error;
}

import type { Clock } from "../domain/clock.ts";
import { slowReceiverSeconds } from "../domain/limits.ts";
import { type NoPlace, type Quota, type QuotaDeps, releasePlaces, takePlaces } from "../domain/quotas.ts";

export interface Receiver {
  /** Of its tenant and of its host. */
  quotas: readonly Quota[];
  /** The one of its host that it keeps its place in after it was slow, and for how long. */
  slow: { name: string; seconds: number };
}

/**
 * Sends while the receiver's tenant and host have a place; answers what there was none in otherwise. A receiver that was slow
 * keeps its place at its host for a while, so that it is asked more rarely; one that was not frees what others have kept.
 */
export async function askReceiver<Value>(
  deps: QuotaDeps & { clock: Clock },
  { quotas, slow }: Receiver,
  send: () => Promise<Value>,
): Promise<{ sent: Value } | NoPlace> {
  const taken = await takePlaces(deps, quotas);
  if ("quota" in taken) return taken;
  const started = deps.clock.now().getTime();
  try {
    return { sent: await send() };
  } finally {
    const wasSlow = deps.clock.now().getTime() - started >= slowReceiverSeconds * 1000;
    const held = taken.held.map((place) =>
      wasSlow && place.quota.name === slow.name ? { ...place, keptSeconds: slow.seconds } : place,
    );
    await releasePlaces(deps, held);
  }
}

import type { Clock } from "../domain/clock.ts";
import { keptPlaceSeconds, slowReceiverSeconds } from "../domain/limits.ts";
import { type NoPlace, type Quota, type QuotaDeps, releasePlaces, takePlaces } from "../domain/quotas.ts";

export interface AskDeps extends QuotaDeps {
  clock: Clock;
  /** Shortens how long a slow receiver keeps its place, as the local stack shortens the schedule; 1 without it. */
  timeScale?: number;
}

/** Which of a receiver's places it keeps after it was slow. */
type SlowName = keyof typeof keptPlaceSeconds;

/**
 * Sends while there is a place in each quota, and answers how long it took; answers what there was none in otherwise. A
 * receiver that was slow keeps its place at its host for a while, so that it is asked more rarely; one that was not frees
 * what others have kept.
 */
export async function askReceiver<Sent>(
  deps: AskDeps,
  { quotas, slow }: { quotas: readonly Quota[]; slow: SlowName },
  send: () => Promise<Sent>,
): Promise<{ sent: Sent; durationMilliseconds: number } | NoPlace> {
  const taken = await takePlaces(deps, quotas);
  if ("quota" in taken) return taken;
  const started = deps.clock.now().getTime();
  const milliseconds = () => deps.clock.now().getTime() - started;
  try {
    const sent = await send();
    return { sent, durationMilliseconds: milliseconds() };
  } finally {
    const keptSeconds = keptPlaceSeconds[slow] * (deps.timeScale ?? 1);
    const wasSlow = milliseconds() >= slowReceiverSeconds * 1000;
    const held = taken.held.map((place) => (wasSlow && place.quota.name === slow ? { ...place, keptSeconds } : place));
    await releasePlaces(deps, held);
  }
}

/** No name in DNS is longer (RFC 1035, 2.3.4); what is, resolves nowhere, and must still fit into a key of the table. */
const maxHostCharacters = 255;

/** What a host is counted under: its name and port. A dot at the end is the same host. */
export function toHostSubject(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/\.(?=:|$)/, "").slice(0, maxHostCharacters) : "";
}

import { slowReceiverSeconds } from "../domain/limits.ts";
import { type NoPlace, type Quota, type QuotaDeps, toQuota } from "../domain/quotas.ts";
import { type AskDeps, askReceiver } from "./ask-receiver.ts";

const slowMilliseconds = slowReceiverSeconds * 1000;

/**
 * Sends as `askReceiver` does, but without a place where the receiver has answered quickly a little while ago and none of
 * its tenant's was slow since: so what is quick waits for nobody, and costs two reads. `places` are those it needs otherwise.
 */
export async function askKnownReceiver<Sent>(
  deps: AskDeps,
  { tenant, host }: { tenant: string; host: string },
  places: readonly Quota[],
  send: () => Promise<Sent>,
): Promise<{ sent: Sent; durationMilliseconds: number } | NoPlace> {
  const [quick, slow] = [toQuota("quickReceivers", `${tenant}#${host}`), toQuota("slowTenants", tenant)];
  const [isQuick, isSlow] = await Promise.all([deps.quotas.isFull(quick), deps.quotas.isFull(slow)]);
  const quotas = isQuick && !isSlow ? [] : places;
  // Others are to know before it ends: they may be on their way to the same receiver.
  const timer = setTimeout(() => void mark(deps, slow), slowMilliseconds).unref();
  try {
    const asked = await askReceiver(deps, { quotas, slow: "deliveriesToHost" }, send);
    if ("quota" in asked) return asked;
    if (asked.durationMilliseconds >= slowMilliseconds) await mark(deps, slow);
    else if (!isQuick) await mark(deps, quick);
    return asked;
  } finally {
    clearTimeout(timer);
  }
}

/** A mark that cannot be written is made by the next webhook; this one was sent all the same. */
async function mark({ quotas, log }: QuotaDeps, quota: Quota): Promise<void> {
  try {
    await quotas.take(quota);
  } catch (error) {
    log("receiver_not_marked", { error: error instanceof Error ? error.name : "unknown" });
  }
}

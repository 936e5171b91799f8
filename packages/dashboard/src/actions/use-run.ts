import { type Signal, useSignal } from "@preact/signals";
import { VpnBrokerError } from "@vpn-broker/client";
import { renewAll } from "../api/live.ts";
import { noteFailure } from "../api/reach.ts";
import { api } from "../app/session.ts";
import { announce } from "../parts/announce.tsx";
import { texts } from "../texts.ts";
import { type ActionName, perform, type Target } from "./action.ts";
import { forEach } from "./each.ts";

export type Result = { kind: "running" } | { kind: "done" } | { kind: "failed"; why: string; mayTryAgain: boolean };

export const toId = ({ connection }: Target): string => connection.id;

/** Few enough that nobody else waits for it. */
const atOnce = 3;

/** Carries an action out, request by request, and tells what became of each. */
export function useRun(action: ActionName, isRunning: Signal<boolean>) {
  const results = useSignal<ReadonlyMap<string, Result>>(new Map());
  const note = (target: Target, result: Result) => {
    results.value = new Map(results.peek()).set(toId(target), result);
  };
  async function run(targets: readonly Target[], reason: string) {
    isRunning.value = true;
    await forEach(targets, atOnce, async (target) => {
      note(target, { kind: "running" });
      note(target, await tryOne(action, target, reason));
    });
    isRunning.value = false;
    const done = [...results.peek().values()].filter(({ kind }) => kind === "done").length;
    announce(texts.actions.summary(texts.actions.done[action], done, results.peek().size - done));
    renewAll();
  }
  return { results, run };
}

async function tryOne(action: ActionName, target: Target, reason: string): Promise<Result> {
  try {
    await perform(api(), action, { target, reason });
    return { kind: "done" };
  } catch (error) {
    if (error instanceof VpnBrokerError) noteFailure(error);
    const why = error instanceof Error ? error.message : String(error);
    if (!(error instanceof VpnBrokerError) || error.code !== "conflict")
      return { kind: "failed", why, mayTryAgain: true };
    return { kind: "failed", why: (await tellChange(target)) ?? why, mayTryAgain: false };
  }
}

/** What became of a request that is not as it was shown; undefined where it is, or nobody can tell. */
async function tellChange({ connection: { id, revision } }: Target): Promise<string | undefined> {
  try {
    const now = await api().get(id);
    return now.revision === revision ? undefined : texts.actions.changed(texts.statuses[now.status], now.statusReason);
  } catch {
    return undefined;
  }
}

import { type Signal, useSignal } from "@preact/signals";
import { VpnBrokerError } from "@vpn-broker/client";
import { renewAll } from "../api/live.ts";
import { noteFailure } from "../api/reach.ts";
import { api } from "../app/session.ts";
import { announce } from "../parts/announce.tsx";
import { texts } from "../texts.ts";
import { type ActionName, perform, type Target } from "./action.ts";
import { forEach } from "./each.ts";

export type Result = { kind: "running" } | { kind: "done" } | { kind: "failed"; why: string };

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
    announce(texts.actions.summary(done, results.peek().size - done));
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
    return { kind: "failed", why: error instanceof Error ? error.message : String(error) };
  }
}

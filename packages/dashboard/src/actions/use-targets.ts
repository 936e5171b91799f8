import { useSignal } from "@preact/signals";
import { VpnBrokerError } from "@vpn-broker/client";
import { useEffect } from "preact/hooks";
import { noteAnswer, noteFailure } from "../api/reach.ts";
import { api } from "../app/session.ts";
import { readAll } from "../list/read-all.ts";
import { findMisfit, maxTargets, type Misfit, type Target, toTarget } from "./action.ts";
import type { Ask } from "./ask.ts";
import { forEach } from "./each.ts";

export interface Preview {
  fitting: readonly Target[];
  misfits: readonly { target: Target; why: Misfit }[];
  /** Whether the filter lets no more through than was looked at. */
  isWhole: boolean;
}

/** What an action would touch, as it is now: asked for anew when the preview opens. */
export function useTargets({ action, connections, query }: Ask) {
  const preview = useSignal<Preview | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    async function load() {
      try {
        const found = query
          ? await readAll(query, { max: maxTargets, signal, onProgress: () => undefined })
          : { connections: await readNow(connections ?? [], signal), isWhole: true };
        const targets: Target[] = [];
        await forEach(found.connections, 4, async (connection, index) => {
          targets[index] = await toTarget(api(), action, connection);
        });
        if (signal.aborted) return;
        noteAnswer();
        preview.value = { ...judge(action, targets), isWhole: found.isWhole };
      } catch (error) {
        if (signal.aborted) return;
        noteFailure(error);
        failure.value = error instanceof VpnBrokerError ? error.message : String(error);
      }
    }
    void load();
    return () => controller.abort();
  }, []);
  return { preview, failure };
}

async function readNow(connections: NonNullable<Ask["connections"]>, signal: AbortSignal) {
  const read = connections.slice(0, maxTargets);
  await forEach(read, 4, async ({ id }, index) => {
    read[index] = await api().get(id, { signal });
  });
  return read;
}

function judge(action: Ask["action"], targets: readonly Target[]): Pick<Preview, "fitting" | "misfits"> {
  const judged = targets.map((target) => {
    const lacks = action === "resend" && !target.delivery ? "no-webhook" : undefined;
    return { target, why: findMisfit(action, target) ?? lacks };
  });
  return {
    fitting: judged.flatMap(({ target, why }) => (why ? [] : target)),
    misfits: judged.flatMap(({ target, why }) => (why ? { target, why } : [])),
  };
}

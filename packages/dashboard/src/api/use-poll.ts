import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { VpnBrokerError } from "@vpn-broker/client";
import { useEffect } from "preact/hooks";
import { untilDue } from "./live.ts";
import { noteAnswer, noteFailure } from "./reach.ts";

export interface Polled<Data> {
  /** The last that was answered to the present question; it stays while the API is away. */
  data: Data | undefined;
  /** Why there is none, or no newer one, where the API said so. */
  error: VpnBrokerError | undefined;
}

/**
 * Asks at once and then every so many seconds, while somebody looks. Another `question` forgets what was answered; another
 * `renewal` asks the same at once.
 */
export function usePoll<Data>(
  load: (stopped: AbortSignal) => Promise<Data>,
  { question, renewal, seconds = 5 }: { question: string; renewal?: unknown; seconds?: number },
): ReadonlySignal<Polled<Data>> {
  const polled = useSignal<Polled<Data>>({ data: undefined, error: undefined });
  useEffect(() => {
    polled.value = { data: undefined, error: undefined };
  }, [question]);
  useEffect(() => {
    const controller = new AbortController();
    const { signal: stopped } = controller;
    async function run() {
      while (!stopped.aborted) {
        try {
          const data = await load(stopped);
          if (stopped.aborted) return;
          noteAnswer();
          polled.value = { data, error: undefined };
        } catch (error) {
          if (stopped.aborted) return;
          const told = noteFailure(error);
          if (told) polled.value = { ...polled.value, error: told };
        }
        await untilDue(seconds * 1000, stopped);
      }
    }
    void run();
    return () => controller.abort();
  }, [question, renewal, seconds]);
  return polled;
}

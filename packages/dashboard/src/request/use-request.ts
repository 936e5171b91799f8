import { type ReadonlySignal, useSignal } from "@preact/signals";
import { type Connection, isFinal, type VpnBrokerError } from "@vpn-broker/client";
import { useEffect } from "preact/hooks";
import { untilDue, whileLooking } from "../api/live.ts";
import { noteAnswer, noteFailure } from "../api/reach.ts";
import { api } from "../app/session.ts";

export interface Followed {
  connection: Connection | undefined;
  error: VpnBrokerError | undefined;
}

/** After its end little changes: tunnels, and what others do to it. */
const endedSeconds = 10;
const awaySeconds = 5;

/** A request as it is, told of each change as it happens while somebody looks. */
export function useRequest(id: string): ReadonlySignal<Followed> {
  const followed = useSignal<Followed>({ connection: undefined, error: undefined });
  useEffect(() => {
    const controller = new AbortController();
    const { signal: stopped } = controller;
    const show = (connection: Connection) => {
      if (stopped.aborted) return;
      noteAnswer();
      followed.value = { connection, error: undefined };
    };
    async function follow() {
      const known = followed.peek().connection;
      if (!known || isFinal(known)) return show(await api().get(id, { signal: stopped }));
      const { looking, end } = whileLooking(stopped);
      try {
        for await (const connection of api().watch(known, { signal: looking })) show(connection);
      } catch (error) {
        if (!looking.aborted) throw error;
      } finally {
        end();
      }
    }
    async function run() {
      while (!stopped.aborted) {
        let seconds = 0;
        try {
          await follow();
          const known = followed.peek().connection;
          if (known && isFinal(known)) seconds = endedSeconds;
        } catch (error) {
          if (stopped.aborted) return;
          const told = noteFailure(error);
          if (told) followed.value = { ...followed.peek(), error: told };
          // None comes about under an id that is asked for.
          if (told?.status === 404) return;
          seconds = awaySeconds;
        }
        await untilDue(seconds * 1000, stopped);
      }
    }
    void run();
    return () => controller.abort();
  }, [id]);
  return followed;
}

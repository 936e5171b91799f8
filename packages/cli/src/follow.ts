import { type Client, type Connection, isTransient, realClock } from "@vpn-broker/client";
import type { Session } from "./session.ts";

/** How long the broker may be away before a wait without an end of its own gives up. */
const patienceMilliseconds = 10 * 60_000;
const pauseMilliseconds = 2000;

/**
 * The states of a request, over breaks in the connection: of an id the present one first, of a connection what comes after
 * it; the final one last. Until then the session knows what is under way.
 */
export async function* follow(
  session: Session,
  client: Client,
  from: string | Connection,
  timeoutSeconds: number | undefined,
): AsyncGenerator<Connection, void, undefined> {
  const { signal } = session;
  const options = { signal, ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }) };
  if (typeof from !== "string") session.underway = { id: from.id };
  for (let known = from; ;) {
    try {
      for await (const state of client.watch(known, options)) {
        // A watch begins with the state that it is given.
        if (state === known) continue;
        known = state;
        session.underway = { id: state.id };
        yield state;
      }
      session.underway = {};
      return;
    } catch (error) {
      const mayReturn = isTransient(error) && session.silentMilliseconds() < patienceMilliseconds;
      if (!mayReturn || timeoutSeconds !== undefined) throw error;
      session.note(`${error.message}; still looking`, { code: error.code });
      await realClock.sleep(pauseMilliseconds, signal);
      signal.throwIfAborted();
    }
  }
}

import type { Clock } from "./clock.ts";
import { ConnectionFailedError, NoAnswerError, VpnBrokerError, WaitTimeoutError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { path } from "./path.ts";
import { isTransient } from "./retry.ts";
import type { Transport } from "./transport.ts";
import type { Connection } from "./types.ts";

export interface WatchOptions extends CallOptions {
  /** After how long a `WaitTimeoutError` ends it; absent = never. The request goes on. */
  timeoutSeconds?: number;
}

export interface WaitOptions extends WatchOptions {
  /** Counted from when the request is accepted; what comes before has the limits of every call. */
  timeoutSeconds: number;
  /** Called with each state, the last one too. */
  onChange?: (connection: Connection) => void;
}

const holdSeconds = 20;
const shortestMilliseconds = 1000;
const longestMilliseconds = 60_000;

export function isFinal({ status }: Pick<Connection, "status">): boolean {
  return status === "succeeded" || status === "failed" || status === "canceled" || status === "unknown";
}

/** The answer itself. Throws a `NoAnswerError` for one that something in between made up. */
export function checkConnection(body: Connection | undefined): Connection {
  if (typeof body?.id === "string" && typeof body.status === "string") return body;
  throw new NoAnswerError("the answer is no connection");
}

/**
 * The states of a request: at once the present one, then each that is seen, the final one last. From a connection instead
 * of an id, what has changed since. With a timeout, breaks in the connection are bridged for that long.
 */
export async function* watchConnection(
  { transport, clock }: { transport: Transport; clock: Clock },
  from: string | Connection,
  { signal, timeoutSeconds = Infinity }: WatchOptions = {},
): AsyncGenerator<Connection, void, undefined> {
  const end = clock.now() + timeoutSeconds * 1000;
  const deadline = timeoutSeconds === Infinity ? undefined : end;
  const id = typeof from === "string" ? from : from.id;
  let known = typeof from === "string" ? undefined : from;
  if (known) yield known;
  while (!known || !isFinal(known)) {
    const asked = clock.now();
    if (asked >= end) throw new WaitTimeoutError(id, timeoutSeconds, known);
    const hold = known ? Math.min(holdSeconds, Math.floor((end - asked) / 1000)) : 0;
    const call = {
      path: path`/v1/vpn-connections/${id}` + (hold > 0 ? `?wait=${hold}` : ""),
      ifNoneMatch: known?.revision,
      holdSeconds: hold,
      deadline,
      signal,
    };
    const { body, retryAfterSeconds = 1 } = await transport<Connection>(call).catch((error: unknown) => {
      if (deadline !== undefined && isTransient(error)) throw new WaitTimeoutError(id, timeoutSeconds, known, error);
      if (error instanceof VpnBrokerError) error.id = id;
      throw error;
    });
    const seen = body && checkConnection(body);
    if (seen && seen.revision !== known?.revision) {
      known = seen;
      yield known;
    } else if (clock.now() - asked < shortestMilliseconds) {
      // The broker would not hold this one.
      const pause = Math.min(Math.max(retryAfterSeconds * 1000, shortestMilliseconds), longestMilliseconds);
      await clock.sleep(Math.min(pause, end - clock.now()), signal);
    }
  }
}

/** The connection once it is there; every other ending is a `ConnectionFailedError`. */
export async function waitForConnection(
  deps: { transport: Transport; clock: Clock },
  from: string | Connection,
  { onChange, ...options }: WaitOptions,
): Promise<Connection> {
  let last: Connection | undefined;
  for await (const state of watchConnection(deps, from, options)) {
    onChange?.(state);
    last = state;
  }
  if (last?.status === "succeeded") return last;
  throw last ? new ConnectionFailedError(last) : new TypeError("a watch ends with a state");
}

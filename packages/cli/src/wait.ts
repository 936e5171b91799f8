import { type Client, type Connection, WaitTimeoutError } from "@vpn-broker/client";
import { exitCodeOf } from "./exit-codes.ts";
import { follow } from "./follow.ts";
import type { Session } from "./session.ts";
import { showConnection } from "./show/show-connection.ts";
import { lookOf } from "./text/look.ts";
import { plain } from "./text/plain.ts";
import { toSpan } from "./text/times.ts";
import type { TimeLimit } from "./time-limit.ts";

/**
 * Waits for the end of a request, which decides the exit code, and prints it. At the end of the time to wait it prints the
 * request as it was seen last, and throws the `WaitTimeoutError`.
 */
export async function waitAndPrint(
  session: Session,
  client: Client,
  from: Connection,
  { left }: TimeLimit,
): Promise<void> {
  const print = (last: Connection) => session.print(last, showConnection(last, lookOf(session)));
  try {
    const last = await waitForEnd(session, client, from, left());
    session.exitCode = exitCodeOf(last);
    await print(last);
  } catch (error) {
    if (error instanceof WaitTimeoutError && error.connection) await print(error.connection);
    throw error;
  }
}

/** The final state of a request. Each one on the way is told, and on a terminal a line counts how long it has been. */
async function waitForEnd(
  session: Session,
  client: Client,
  from: Connection,
  timeoutSeconds: number | undefined,
): Promise<Connection> {
  let last = from;
  tellState(session, last);
  const count = () => session.live(describeWait(last, session.now()));
  const timer = setInterval(count, 1000);
  try {
    for await (const state of follow(session, client, from, timeoutSeconds)) {
      if (state.status !== last.status || state.statusReason !== last.statusReason) tellState(session, state);
      last = state;
    }
    return last;
  } finally {
    clearInterval(timer);
    session.live();
  }
}

function tellState(session: Session, { id, status, statusReason, updatedAt }: Connection): void {
  session.note(`${updatedAt.slice(11, 19)}Z  ${status}: ${plain(statusReason)}`, { id, status, at: updatedAt });
}

function describeWait({ status, updatedAt, estimatedCompletionAt: end, queue }: Connection, now: Date): string {
  const seconds = (at: string) => (Date.parse(at) - now.getTime()) / 1000;
  const left = end === undefined ? undefined : seconds(end);
  const parts = [
    `${status} for ${toSpan(-seconds(updatedAt))}`,
    ...(queue ? [`${queue.ahead} ahead`] : []),
    left !== undefined && left > 0 ? `about ${toSpan(left)} left` : "longer than usual",
    "Ctrl-C ends the waiting, not the request",
  ];
  return parts.join("; ");
}

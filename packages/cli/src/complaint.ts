import { ConnectionFailedError, ProblemError, VpnBrokerError, WaitTimeoutError } from "@vpn-broker/client";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { Failure, UnreachableError } from "./failure.ts";
import { toUnreachable, whyNeverSent } from "./never-sent.ts";
import { toOption } from "./problem-options.ts";
import { type Session, toNextStep } from "./session.ts";

/** What is told of an error, and what the process ends with. The members are those of `--json`. */
export interface Complaint {
  code: string;
  message: string;
  exitCode: number;
  status?: number;
  requestId?: string;
  errors?: readonly { pointer: string; detail: string }[];
  id?: string;
  clientToken?: string;
  /** What to do next. */
  next?: string;
}

/** An error in sentences that a person can act on. */
export async function toComplaint(error: unknown, session: Session): Promise<Complaint> {
  const next = toNextStep(session.underway);
  const { once, ...ids } = session.underway;
  // What was accepted goes on, whatever became of the waiting.
  const isNothingDone = isDecided(error, once) && !session.isInDoubt() && ids.id === undefined;
  const about = isNothingDone ? {} : { ...ids, ...(next === undefined ? {} : { next }) };
  if (error instanceof Failure) {
    return { code: error.code, message: error.message, exitCode: error.exitCode, ...about };
  }
  if (error instanceof ConnectionFailedError) {
    const { code, message, id, connection } = error;
    return { code, message: `${message}.`, exitCode: exitCodeOf(connection), id };
  }
  if (error instanceof WaitTimeoutError && !error.connection && error.cause) return toComplaint(error.cause, session);
  if (error instanceof WaitTimeoutError) {
    const { id, connection, code } = error;
    const message = `${id} is ${connection ? `still ${connection.status}` : "not seen yet"} at the end of the time to wait.`;
    return { code, message, exitCode: exitCodes.running, ...about };
  }
  if (error instanceof ProblemError) return { ...(await ofProblem(error, session)), ...about };
  if (error instanceof VpnBrokerError) {
    const why = whyNeverSent(error);
    const message = why ? toUnreachable((await session.findAccess()).base, why) : `${error.message}.`;
    return { code: error.code, message, exitCode: exitCodes.error, ...about };
  }
  if (error instanceof Error && error.name === "TimeoutError") {
    const message = "The broker gave no answer within the time to wait.";
    return { code: "no_answer", message, exitCode: exitCodes.error, ...about };
  }
  const message = error instanceof Error ? error.message : "Something unexpected was thrown.";
  return { code: "failed", message, exitCode: exitCodes.error, ...about };
}

/** Whether it is certain that nothing was done. What is done once is sent again after 429 only: its last attempt decides. */
function isDecided(error: unknown, once: true | undefined): boolean {
  if (error instanceof UnreachableError) return true;
  if (!(error instanceof ProblemError)) return once === true && whyNeverSent(error) !== undefined;
  return error.status === 429 ? once === true : error.status >= 300 && error.status < 500;
}

async function ofProblem(error: ProblemError, session: Session): Promise<Complaint> {
  const { base, keySource } = await session.findAccess();
  const { status, requestId, errors } = error;
  // Those that are told alike are not listed.
  const code: string = error.code;
  const facts = {
    status,
    ...(requestId === undefined ? {} : { requestId }),
    ...(errors === undefined ? {} : { errors }),
  };
  const id = requestId === undefined ? "" : ` Its request id is ${requestId}.`;
  const tell = (message: string, exitCode: number = exitCodes.error): Complaint => {
    return { code, message, exitCode, ...facts };
  };
  switch (code) {
    case "unauthenticated":
      return tell(`${base} does not know the key in ${keySource}, or it has ended.`, exitCodes.key);
    case "forbidden":
      return tell(`${base} refuses the key in ${keySource}: ${error.detail ?? "it may not do this"}.`, exitCodes.key);
    case "rate_limited":
      return tell(`${base} still has too many requests of this key: ${error.detail ?? "try again later"}.`);
    case "internal":
    case "unavailable":
      return tell(`${base} could not do it: ${error.detail ?? "try again later"}.${id}`);
    case "unreadable_answer": {
      const isRedirect = status >= 300 && status < 400;
      return tell(
        isRedirect
          ? `${base} answers with a redirect, which a key must not follow: give the URL that it leads to.`
          : `What answers at ${base} is not the broker (status ${status}).`,
      );
    }
    default:
      return tell(
        `${error.title ?? `The broker answered ${status}`}: ${toFlaws(error, session.optionNames) ?? error.detail ?? "no reason"}.`,
      );
  }
}

function toFlaws({ errors }: ProblemError, names: ReadonlySet<string>): string | undefined {
  if (!errors || errors.length === 0) return undefined;
  const lines = errors.map(({ pointer, detail }) => `${toOption(pointer, names)} ${detail}`.trim());
  return lines.length === 1 ? lines[0] : lines.map((line) => `\n  ${line}`).join("");
}

import { ConnectionFailedError, ProblemError, VpnBrokerError, WaitTimeoutError } from "@vpn-broker/client";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
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
  const { once: _once, ...ids } = session.underway;
  const about = { ...ids, ...(next === undefined ? {} : { next }) };
  if (error instanceof Failure) {
    return { code: error.code, message: error.message, exitCode: error.exitCode, ...about };
  }
  if (error instanceof ConnectionFailedError) {
    const { code, message, id, connection } = error;
    return { code, message: `${message}.`, exitCode: exitCodeOf(connection), id };
  }
  if (error instanceof WaitTimeoutError) {
    return { code: error.code, message: `${error.message}.`, exitCode: exitCodes.running, ...about };
  }
  if (error instanceof ProblemError)
    return { ...(await ofProblem(error, session)), ...(isDecided(error) ? {} : about) };
  if (error instanceof VpnBrokerError) {
    return { code: error.code, message: `${error.message}.`, exitCode: exitCodes.error, ...about };
  }
  const message = error instanceof Error ? error.message : "Something unexpected was thrown.";
  return { code: "failed", message, exitCode: exitCodes.error, ...about };
}

/** Whether the broker said no: then nothing was accepted. */
const isDecided = ({ status }: ProblemError) => status < 500 && status !== 429;

async function ofProblem(error: ProblemError, session: Session): Promise<Complaint> {
  const { base, keySource } = await session.findAccess();
  const { status, requestId, errors } = error;
  const facts = {
    status,
    ...(requestId === undefined ? {} : { requestId }),
    ...(errors === undefined ? {} : { errors }),
  };
  const id = requestId === undefined ? "" : ` Its request id is ${requestId}.`;
  const tell = (message: string, exitCode: number = exitCodes.error): Complaint => {
    return { code: error.code, message, exitCode, ...facts };
  };
  const code: string = error.code;
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
        `${error.title ?? `The broker answered ${status}`}: ${toFlaws(error) ?? error.detail ?? "no reason"}.`,
      );
  }
}

function toFlaws({ errors }: ProblemError): string | undefined {
  if (!errors || errors.length === 0) return undefined;
  const lines = errors.map(({ pointer, detail }) => `${toOption(pointer)} ${detail}`.trim());
  return lines.length === 1 ? lines[0] : lines.map((line) => `\n  ${line}`).join("");
}

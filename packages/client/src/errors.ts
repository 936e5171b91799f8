import type { Connection, Flaw, ProblemCode, RequestErrorCode } from "./types.ts";

/** A problem as the broker answers it; `code` is absent where something before the broker answered. */
export interface Problem {
  status: number;
  code?: string;
  title?: string;
  detail?: string;
  requestId?: string;
  errors?: readonly Flaw[];
  retryAfterSeconds?: number;
}

/** What all errors of the client have in common; none of them holds the API key. */
export abstract class VpnBrokerError extends Error {
  // Said by each class, because a bundler may rename classes.
  abstract override readonly name: string;
  abstract readonly code: string;
  /** The HTTP status, if there was an answer. */
  readonly status: number | undefined;
  /** What the broker said, in its own words. */
  readonly title: string | undefined;
  readonly detail: string | undefined;
  /** By which the broker's operators find the call. */
  readonly requestId: string | undefined;
  /** What is wrong with the request, place by place. */
  readonly errors: readonly Flaw[] | undefined;
  /** What the broker asked for, uncapped. */
  readonly retryAfterSeconds: number | undefined;
  /** Of a create: with it the same request may be sent again, and is accepted once. */
  clientToken: string | undefined;
  /** Of the request that was waited for, which goes on unless it has ended. */
  id: string | undefined;

  constructor(message: string, { problem, cause }: { problem?: Problem; cause?: VpnBrokerError } = {}) {
    super(message, cause && { cause });
    this.status = problem?.status;
    this.title = problem?.title;
    this.detail = problem?.detail;
    this.requestId = problem?.requestId;
    this.errors = problem?.errors;
    this.retryAfterSeconds = problem?.retryAfterSeconds;
  }
}

/** The broker, or something before it, said no. */
export class ProblemError extends VpnBrokerError {
  override readonly name = "ProblemError";
  readonly code: ProblemCode | "unreadable_answer";
  override readonly status: number;

  constructor(problem: Problem) {
    const { status, code, title, detail, errors } = problem;
    const places = errors?.map((flaw) => `\n  ${flaw.pointer || "the body"}: ${flaw.detail}`).join("") ?? "";
    super(`${status} ${title ?? "without a reason"}${detail === undefined ? "" : `: ${detail}`}${places}`, { problem });
    this.status = status;
    this.code = (code as ProblemCode | undefined) ?? "unreadable_answer";
  }
}

/** No answer came that could be read: whether the call was performed is not known. */
export class NoAnswerError extends VpnBrokerError {
  override readonly name = "NoAnswerError";
  readonly code = "no_answer";
}

/** The time to wait is over. The request goes on, and can be waited for again by its id. */
export class WaitTimeoutError extends VpnBrokerError {
  override readonly name = "WaitTimeoutError";
  readonly code = "wait_timeout";
  override readonly id: string;
  /** As it was last seen; absent when it never was. */
  readonly connection?: Connection;

  constructor(id: string, timeoutSeconds: number, connection: Connection | undefined, cause?: VpnBrokerError) {
    const seen = connection ? `is ${connection.status}` : "was not seen";
    super(`${id} ${seen} after ${timeoutSeconds} s of waiting; the request goes on`, cause ? { cause } : {});
    this.id = id;
    if (connection) this.connection = connection;
  }
}

/** The request ended `failed`, `canceled` or `unknown`; of `unknown` ones there may be a connection at the vendor. */
export class ConnectionFailedError extends VpnBrokerError {
  override readonly name = "ConnectionFailedError";
  readonly code: RequestErrorCode;
  override readonly id: string;
  readonly connection: Connection;

  constructor(connection: Connection) {
    const { id, status, statusReason, error } = connection;
    super(`${id} ended ${status}: ${error ? `${error.message}; ${error.advice}` : statusReason}`);
    this.code = error?.code ?? (status === "canceled" ? "canceled" : "outcome_unknown");
    this.id = id;
    this.connection = connection;
  }
}

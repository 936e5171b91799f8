/** Codes of problem documents: a closed list; `contract/problems.ts` says what each means. */
export const problemCodes = [
  "invalid_request",
  "unauthenticated",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "conflict",
  "payload_too_large",
  "unsupported_media_type",
  "idempotency_mismatch",
  "rate_limited",
  "internal",
  "unavailable",
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** One thing wrong with the request body; `pointer` is an RFC 6901 JSON pointer into it, `""` the whole of it. */
export interface Flaw {
  pointer: string;
  detail: string;
}

/** More flaws than these in one answer help nobody. */
export const maxFlaws = 100;

/** A refusal that the caller is told about: `message` is the `detail` of the problem document. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ProblemCode;
  readonly errors: readonly Flaw[];
  /** Whole seconds after which the same may be asked again, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, detail: string, errors: readonly Flaw[] = [], retryAfterSeconds?: number) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Codes of a request's own `error`, how it ended when it did not succeed: a closed list, explained in `contract/request-errors.ts`. */
export const requestErrorCodes = [
  "provider_validation",
  "provider_auth",
  "provider_quota",
  "provider_not_found",
  "provider_conflict",
  "provider_throttled",
  "provider_internal",
  "semantic_duplicate",
  "outcome_unknown",
  "deadline_exceeded",
  "canceled",
] as const;
export type RequestErrorCode = (typeof requestErrorCodes)[number];

/** Why a request did not succeed, as its resource shows it. */
export interface RequestError {
  code: RequestErrorCode;
  message: string;
  /** Whether the same request may succeed if it is run again unchanged. */
  retryable: boolean;
  advice: string;
  providerCode?: string;
  providerRequestId?: string;
}

/** The record was written by somebody else since it was read. Read it again and decide anew. */
export class StaleRecordError extends Error {
  override readonly name = "StaleRecord";
}

/** An item of a release whose data this code cannot read: nothing was done with it. `message` is for operators. */
export class SchemaVersionError extends Error {
  override readonly name = "SchemaVersion";
  readonly key: string;
  readonly found: number;

  constructor(key: string, found: number, known: number) {
    const what = `the item ${key} is of schema version ${found}, and this code knows ${known}`;
    super(
      found > known
        ? `${what}: wait until the newer release is deployed everywhere, or deploy it again`
        : `${what}: have it written by a release in between first`,
    );
    this.key = key;
    this.found = found;
  }
}

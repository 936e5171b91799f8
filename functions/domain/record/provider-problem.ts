import type { ErrorClass, ProviderErrorFacts } from "../provider/provider-error.ts";
import { toRequestError } from "../provider/request-error.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { toProviderConnectionName } from "./ids.ts";
import { change } from "./timeline.ts";

/** The vendor's last answer, while it stands in the way of a request. Times are RFC 3339. */
export interface ProviderProblem {
  /** The vendor's action that failed. */
  action: string;
  class: ErrorClass;
  /** The vendor's code; absent when there was no readable answer. */
  code?: string;
  advice: string;
  requestId?: string;
  /** One sentence: what was asked and what was answered. */
  message: string;
  since: string;
  lastAt: string;
  /** How often in a row. */
  count: number;
}

/**
 * Writes what stands in the way. The same answer again is counted and makes no new revision, as the calls of a poll make
 * none.
 */
export function noteProblem(record: ConnectionRecord, at: Date, facts: ProviderErrorFacts): ConnectionRecord {
  const { providerProblem: known } = record;
  const { message, advice } = toRequestError(
    record.request.provider,
    facts,
    toProviderConnectionName(record.request.name, record.id),
  );
  const time = at.toISOString();
  const same = known?.action === facts.action && known.class === facts.class && known.code === facts.providerCode;
  const problem: ProviderProblem = {
    action: facts.action,
    class: facts.class,
    ...(facts.providerCode === undefined ? {} : { code: facts.providerCode }),
    ...(facts.providerRequestId === undefined ? {} : { requestId: facts.providerRequestId }),
    advice,
    message,
    since: same ? known.since : time,
    lastAt: time,
    count: same ? known.count + 1 : 1,
  };
  return same ? { ...record, providerProblem: problem } : change(record, at, { providerProblem: problem });
}

/** The vendor has answered as it should: nothing stands in the way any more. */
export function clearProblem(record: ConnectionRecord, at: Date): ConnectionRecord {
  const { providerProblem, ...rest } = record;
  return providerProblem === undefined ? record : change(rest, at, {});
}

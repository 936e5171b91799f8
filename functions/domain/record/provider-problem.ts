import type { ErrorClass, ProviderErrorFacts } from "../provider/provider-error.ts";
import { toRequestError } from "../provider/request-error.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { isOfCreate } from "./describe-problem.ts";
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
  /** Since when no answer was good, where others stood in the way before this one; absent = `since`. */
  failingSince?: string;
  /** How often in a row. */
  count: number;
}

/** How often in a row the vendor has answered so, this time included. A clock is wrong for every action alike. */
function timesInARow({ providerProblem: known }: ConnectionRecord, facts: ProviderErrorFacts): number {
  const sameAction = known?.action === facts.action || facts.clock === true;
  const same = sameAction && known?.class === facts.class && known.code === facts.providerCode;
  return same ? known.count + 1 : 1;
}

/** So often in a row a clock is taken to be out by chance. */
const clockTries = 3;

/** The same facts, which are about access where the vendor minds the time again and again. */
export function judgeClock(record: ConnectionRecord, facts: ProviderErrorFacts): ProviderErrorFacts {
  return facts.clock && timesInARow(record, facts) >= clockTries ? { ...facts, class: "auth" } : facts;
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
  const count = timesInARow(record, facts);
  const since = known && count > 1 ? known.since : time;
  const failingSince = known?.failingSince ?? known?.since ?? since;
  const problem: ProviderProblem = {
    action: facts.action,
    class: facts.class,
    ...(facts.providerCode === undefined ? {} : { code: facts.providerCode }),
    ...(facts.providerRequestId === undefined ? {} : { requestId: facts.providerRequestId }),
    advice,
    message,
    since,
    lastAt: time,
    ...(failingSince === since ? {} : { failingSince }),
    count,
  };
  return count > 1 ? { ...record, providerProblem: problem } : change(record, at, { providerProblem: problem });
}

/**
 * The vendor has answered as it should: nothing stands in the way any more. What it answered to a create stands until one
 * is accepted: that a list can be read is no better answer to it.
 */
export function clearProblem(record: ConnectionRecord, at: Date): ConnectionRecord {
  const { providerProblem, ...rest } = record;
  if (providerProblem === undefined || (isOfCreate(record) && record.create?.state !== "accepted")) return record;
  return change(rest, at, {});
}

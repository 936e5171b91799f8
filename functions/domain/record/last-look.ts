import type { ConnectionRecord, CreateAttempt, TimelineEvent } from "./connection-record.ts";
import { describePlace, sendNoOther } from "./describe-problem.ts";
import { toProviderConnectionName } from "./ids.ts";
import { append, change } from "./timeline.ts";

/** Once more the vendor is looked at after a request has ended, for what its creates may have made after all. */

/** Of the tunnels of a connection that is there, as far as is known. */
export const notReady = "the connection was not seen ready";

/** Whether that look is still to come. */
export function needsLastLook(record: ConnectionRecord): boolean {
  return record.lastLook === "due";
}

type Known = Pick<ConnectionRecord, "create" | "providerConnectionId">;

/** Whether something may turn up: no connection is known, or an attempt before the last may have made another. */
export function mayTurnUp({ attempts, ...record }: Known & Pick<ConnectionRecord, "attempts">): boolean {
  return attempts > 0 && (isMissing(record) || (record.create?.number ?? 0) > 1);
}

function isMissing({ create, providerConnectionId }: Known): boolean {
  return providerConnectionId === undefined || create?.gone === true;
}

/** What the look showed. The status stays, because the end was told: what follows is for a person to decide. */
export function noteLastLook(record: ConnectionRecord, at: Date, found: readonly string[]): ConnectionRecord {
  const { lastLook: _lastLook, ...rest } = record;
  const known = isMissing(record) ? undefined : record.providerConnectionId;
  const news = found.filter((id) => id !== known);
  if (news.length === 0) return rest;
  const action = known ? `found at the vendor beside ${known}` : foundLate;
  const event: TimelineEvent = { type: "recovery", at: at.toISOString(), action, connectionIds: news };
  const noted = { ...rest, lastLook: "found" as const, events: append(record.events, event) };
  return known ? noteSurplus(noted, at, news, known) : noteFound(noted, at, news);
}

const foundLate = "found at the vendor after the request had ended without it";

/** A single connection is the request's own, and a redrive goes on with it. */
function noteFound(record: ConnectionRecord, at: Date, found: readonly string[]): ConnectionRecord {
  const { error, status, tunnels } = record;
  const [connectionId, ...others] = found;
  const which = describe(record, found);
  const advice =
    status === "canceled"
      ? `Delete ${which}: the request was canceled, and nothing else will.`
      : others.length === 0
        ? `Look at ${which}, which is this request's; a redrive goes on with it. ${sendNoOther}`
        : `Look at ${which}, which are all this request's; delete what should not be there, then redrive. ${sendNoOther}`;
  const create = record.create && withoutGone(record.create);
  return change(record, at, {
    statusReason: `${found.join(" and ")} ${foundLate}`,
    tunnels: tunnels.map(() => ({ state: "unknown", reason: notReady })),
    ...(error ? { error: { ...error, retryable: status !== "canceled", advice } } : {}),
    ...(connectionId !== undefined && others.length === 0 ? { providerConnectionId: connectionId } : {}),
    ...(create && others.length === 0 ? { create: { ...create, state: "accepted" } } : {}),
  });
}

/** What an earlier create made beside the connection that the request has. */
function noteSurplus(record: ConnectionRecord, at: Date, found: readonly string[], known: string): ConnectionRecord {
  const { error } = record;
  const which = describe(record, found);
  const why = "which an earlier create of this request made";
  return change(record, at, {
    statusReason: `${found.join(" and ")} found at the vendor beside ${known}; delete ${which}, ${why}`,
    ...(error ? { error: { ...error, advice: `Delete ${which}, ${why}. ${error.advice}` } } : {}),
  });
}

function describe(record: ConnectionRecord, found: readonly string[]): string {
  const named = toProviderConnectionName(record.request.name, record.id);
  return `${found.join(" and ")} (${named}; ${describePlace(record)})`;
}

function withoutGone({ gone: _gone, ...create }: CreateAttempt): CreateAttempt {
  return create;
}

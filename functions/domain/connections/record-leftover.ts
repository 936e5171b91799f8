import type { Actor } from "../actor.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { ConnectionStore } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { toConnectionId } from "../record/ids.ts";
import { toLeftoverError } from "../record/leftover.ts";
import type { CreateRequest } from "../request/create-request.ts";

/** A connection that a vendor made although it was asked for a rehearsal only. */
export interface Leftover {
  actor: Actor;
  request: CreateRequest;
  credentials?: string;
  /** The rehearsal's own: its name at the vendor is made of it. */
  clientToken: string;
  connectionId: string;
}

/**
 * Writes what a dry run left at a vendor as a request that ended `unknown`: so it is on the attention list, can be
 * searched, and counts as a duplicate while it is there. It has no key, so that nothing can be sent for it ever.
 * Answers what to tell the caller.
 */
export async function recordLeftover(
  deps: { store: ConnectionStore; clock: Clock; log: Log },
  leftover: Leftover,
): Promise<string> {
  const record = toRecord(leftover, deps.clock.now());
  const { provider } = leftover.request;
  deps.log("dry_run_carried_out", { connectionId: record.id, tenant: record.tenant, provider });
  await deps.store.create(record);
  return `${record.statusReason}. ${record.error?.advice} It is on the attention list as ${record.id}`;
}

function toRecord({ actor, request, credentials, ...made }: Leftover, now: Date): ConnectionRecord {
  const id = toConnectionId(actor.tenant, made.clientToken);
  const at = now.toISOString();
  const { callback: _callback, clientToken: _token, tunnels, ...rest } = request;
  const error = toLeftoverError({ id, request, providerConnectionId: made.connectionId });
  const statusReason = error.message;
  return {
    id,
    tenant: actor.tenant,
    createdBy: actor,
    clientToken: made.clientToken,
    leftover: true,
    request: { ...rest, tunnels: tunnels.map(({ preSharedKey: _key, ...tunnel }) => tunnel) },
    ...(credentials === undefined ? {} : { credentials }),
    sealedKeys: tunnels.map(() => ""),
    status: "unknown",
    statusReason,
    generation: 1,
    revision: 1,
    version: 1,
    attempts: 1,
    providerConnectionId: made.connectionId,
    error,
    warnings: [],
    tunnels: tunnels.map(() => ({ state: "unknown", reason: "made by a dry run" })),
    events: [{ type: "status", at, status: "unknown", reason: statusReason }],
    createdAt: at,
    updatedAt: at,
    completedAt: at,
    deadlineAt: at,
    queueDeadlineAt: at,
  };
}

import type { Actor } from "../actor.ts";
import { audit, type AuditAction, type AuditLog } from "../audit.ts";
import type { Clock } from "../clock.ts";
import { DomainError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { ConnectionStore, Workflows } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import type { Asker } from "../record/recovery.ts";
import { saveAnew } from "../save-anew.ts";
import { getConnection } from "./get-connection.ts";

/** What every change that a caller asks for needs. */
export interface ChangeDeps {
  store: ConnectionStore;
  workflows: Workflows;
  audit: AuditLog;
  clock: Clock;
  log: Log;
}

export interface UserChange {
  actor: Actor;
  /** The tenant whose request it is, where an operator acts on it; absent = the actor's own. */
  owner?: string;
  id: string;
  /** The revision that the caller decided on (`If-Match`); absent = whatever it is. */
  revision?: number;
  reason?: string;
  /** What the audit log says it was done to, where that is not the connection itself. */
  deliveryId?: string;
}

/**
 * Writes what a caller asked for. `decide` answers the changed record, or the very same one when there is nothing to
 * change, or throws the refusal; it decides anew when the workflow wrote in between. Throws `conflict` when the record
 * is not at the revision that the caller decided on. What is going to be changed stands in the audit log before it is.
 */
export async function changeForCaller(
  deps: Pick<ChangeDeps, "store" | "audit" | "clock">,
  action: AuditAction,
  { actor, owner, id, revision, reason, deliveryId }: UserChange,
  decide: (record: ConnectionRecord) => ConnectionRecord,
): Promise<{ record: ConnectionRecord; changed: boolean }> {
  const tenant = owner ?? actor.tenant;
  const read = () => getConnection(deps, { tenant, id });
  const save = async (record: ConnectionRecord, tries: number) => {
    const next = decide(record);
    if (next === record) return { record, changed: false };
    if (revision !== undefined && revision !== record.revision) {
      throw new DomainError("conflict", `the request has changed since: its revision is ${record.revision}`);
    }
    const about = { target: deliveryId ?? id, ...(reason ? { reason } : {}) };
    if (tries === 1) await audit(deps, { action, tenant, by: actor, ...about });
    return { record: await deps.store.save(next), changed: true };
  };
  return saveAnew(await read(), save, read);
}

/** How the timeline names who asked. A tenant is told that it was an operator, and why; its own know the reason they gave. */
export function toAsker({ actor, owner, reason }: UserChange): Asker {
  const operator = owner === undefined ? {} : ({ actor: "operator" } as const);
  return { by: actor.keyName, ...operator, ...(reason === undefined ? {} : { reason }) };
}

import type { Actor } from "../actor.ts";
import { audit, type AuditLog } from "../audit.ts";
import type { Clock } from "../clock.ts";
import { DomainError } from "../errors.ts";
import type { ConnectionStore, Opener } from "../ports.ts";
import { revealableUntil, revealHours } from "../record/revealable-until.ts";
import type { TunnelRole } from "../values.ts";
import { getConnection } from "./get-connection.ts";

export interface RevealDeps {
  store: ConnectionStore;
  opener: Opener;
  audit: AuditLog;
  clock: Clock;
}

/** A pre-shared key that the broker made; `tunnel` is the tunnel's place in the request, from 0. */
export interface RevealedKey {
  tunnel: number;
  role?: TunnelRole;
  preSharedKey: string;
}

/**
 * The keys that the broker made for a connection, for as long as they may be read. Nothing is shown before the reading
 * stands in the audit log. A key that the caller gave is never shown. Throws `conflict` with the reason.
 */
export async function revealKeys(
  deps: RevealDeps,
  { actor, id, reason }: { actor: Actor; id: string; reason?: string },
): Promise<RevealedKey[]> {
  const record = await getConnection(deps, { tenant: actor.tenant, id });
  const { tunnels } = record.request;
  if (tunnels.every(({ preSharedKey }) => preSharedKey !== undefined)) {
    throw new DomainError("conflict", "the keys of this connection were given by its caller, and are not shown");
  }
  if (record.status !== "succeeded") {
    throw new DomainError("conflict", `keys are shown once the connection has succeeded; it is ${record.status}`);
  }
  const until = revealableUntil(record);
  if (until === undefined || deps.clock.now() >= new Date(until)) {
    throw new DomainError("conflict", `keys are shown for ${revealHours} hours after success, and then erased`);
  }
  await audit(deps, {
    action: "pre_shared_keys.reveal",
    tenant: record.tenant,
    target: id,
    by: actor,
    ...(reason ? { reason } : {}),
  });
  const revealed = tunnels.map(async ({ preSharedKey, role }, tunnel) => {
    const sealed = record.sealedKeys[tunnel];
    if (preSharedKey !== undefined || !sealed) return [];
    return [{ tunnel, ...(role ? { role } : {}), preSharedKey: await deps.opener.open(id, sealed) }];
  });
  return (await Promise.all(revealed)).flat();
}

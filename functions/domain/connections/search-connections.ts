import { cutPage } from "../cut-page.ts";
import type { ConnectionStore, Reference, TenantStore } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { findOperationId, isConnectionId, toConnectionId } from "../record/ids.ts";
import { toResource } from "../record/to-resource.ts";
import { everyTenant } from "../tenants/tenant.ts";
import { clientTokenPattern } from "../values.ts";
import type { Match } from "./matches.ts";

export interface Found {
  matched: Match;
  record: ConnectionRecord;
}

/**
 * The requests of a tenant, or of `everyTenant`, that have met this id, whatever it is of: each once, by the first that it
 * is. Five lookups at most and a read of what they show, however many requests there are; of a gateway the newest 20.
 */
export async function searchConnections(
  deps: { store: ConnectionStore; tenants: Pick<TenantStore, "names"> },
  { text, tenant }: { text: string; tenant: string },
): Promise<Found[]> {
  const lookups: Promise<Found[]>[] = [findByOwnId(deps, text, tenant), findByToken(deps, text, tenant)];
  const byReference = async (matched: Match, reference: Reference, value = text) =>
    (await deps.store.find(reference, value, tenant)).map((record) => ({ matched, record }));
  const operationId = findOperationId(text);
  if (operationId !== undefined) {
    const matched = operationId === text ? "operationId" : "providerConnectionName";
    lookups.push(byReference(matched, "operationId", operationId));
  }
  lookups.push(byReference("providerConnectionId", "providerConnectionId"));
  lookups.push(byReference("createRequestId", "createRequestId"));
  lookups.push(byReference("vpnGatewayId", "vpnGatewayId"));
  const found = (await Promise.all(lookups)).flat();
  const seen = new Set<string>();
  const once = found.filter(({ record: { id } }) => !seen.has(id) && seen.add(id));
  return cutPage(once, ({ record }) => toResource(record));
}

/** Ids in which the request's own stands: `<id>`, `msg_<id>_<run>`, `<id>-<run>[-<restarts>]`, at the end of an ARN too. */
async function findByOwnId({ store }: { store: ConnectionStore }, text: string, tenant: string): Promise<Found[]> {
  const execution = /^(?:arn:.*:)?([a-z2-7]{26})-\d{1,9}(?:-\d{1,9})?$/.exec(text)?.[1];
  const delivery = /^msg_([a-z2-7]{26})_\d{1,9}$/.exec(text)?.[1];
  const id = execution ?? delivery ?? text;
  if (!isConnectionId(id)) return [];
  const matched = execution ? "executionName" : delivery ? "deliveryId" : "id";
  return (await readOf(store, [id], tenant)).map((record) => ({ matched, record }));
}

/** A token's request has an id that is made of it. */
async function findByToken(
  { store, tenants }: { store: ConnectionStore; tenants: Pick<TenantStore, "names"> },
  text: string,
  tenant: string,
): Promise<Found[]> {
  if (!clientTokenPattern.test(text)) return [];
  const owners = tenant === everyTenant ? await tenants.names() : [tenant];
  const ids = owners.map((owner) => toConnectionId(owner, text));
  return (await readOf(store, ids, tenant)).map((record) => ({ matched: "clientToken", record }));
}

/** Another tenant's costs as much as one that nobody has. */
async function readOf(store: ConnectionStore, ids: readonly string[], tenant: string): Promise<ConnectionRecord[]> {
  if (tenant === everyTenant) return store.getMany(ids);
  return (await Promise.all(ids.map((id) => store.getOwn(tenant, id)))).flatMap((record) => record ?? []);
}

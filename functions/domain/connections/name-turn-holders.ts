import { groupBy } from "../group-by.ts";
import type { ConnectionStore, Turns } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { parseTurnName } from "../record/turn-name.ts";
import { needsTurn, toGatewayKey } from "../record/turn.ts";
import { everyTenant } from "../tenants/tenant.ts";
import type { Attention } from "./list-attention.ts";

/** Each is two reads. */
const mostGateways = 10;

/**
 * The same, those that wait too long for another's turn with the request that has it, for the first gateways of a page; where
 * it is of the tenant `reach`, or `everyTenant`.
 */
export async function nameTurnHolders(
  deps: { store: ConnectionStore; turns: Pick<Turns, "holders"> },
  { items, reach }: { items: readonly Attention[]; reach: string },
): Promise<Attention[]> {
  const waiting = items.filter(({ reason, record }) => reason === "queued_too_long" && record.deadlineAt === undefined);
  const gateways = [...groupBy(waiting, ({ record }) => toGatewayKey(record.request)).keys()].slice(0, mostGateways);
  const holders = new Map(
    await Promise.all(gateways.map(async (gateway) => [gateway, await findHolder(deps, gateway, reach)] as const)),
  );
  return items.map((item) => {
    const holder = waiting.includes(item) ? holders.get(toGatewayKey(item.record.request)) : undefined;
    return holder && holder.id !== item.record.id ? { ...item, action: adviseWaiting(item.record, holder) } : item;
  });
}

/** Undefined where nobody has it by now, or somebody whom the caller may not know. */
async function findHolder(
  { store, turns }: { store: ConnectionStore; turns: Pick<Turns, "holders"> },
  gateway: string,
  reach: string,
): Promise<ConnectionRecord | undefined> {
  const [name] = await turns.holders(gateway);
  if (name === undefined) return undefined;
  const { id } = parseTurnName(name);
  const holder = await (reach === everyTenant ? store.get(id) : store.getOwn(reach, id));
  return holder && needsTurn(holder) ? holder : undefined;
}

/** What to do about a request that waits too long for its gateway's turn. */
export function adviseWaiting({ request, statusReason }: ConnectionRecord, holder?: ConnectionRecord): string {
  const turn = `the turn of ${request.vpnGatewayId}`;
  const who = holder
    ? `${holder.id} (${holder.status}), which has ${turn}`
    : `the request that has ${turn}, which may be another tenant's`;
  return `Look at ${who}: ${statusReason}.`;
}

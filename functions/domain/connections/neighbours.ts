import { type PreflightFlaw, unnamedConnection } from "../provider/provider.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { mayHaveConnection } from "../record/turn.ts";
import type { GatewayRecords } from "./gateway-records.ts";

/** Who asks about a gateway: of a record, or of a request that is only tried. */
export type Asking = Pick<ConnectionRecord, "id" | "tenant" | "namesGateways">;

/**
 * Whether one tenant may be told that its networks overlap those of this request: its own, or one whose gateways were
 * given to both tenants by their names. A wildcard gives gateways that nobody meant, and yes and no, asked often enough,
 * are the networks themselves.
 */
export function mayCompare(other: ConnectionRecord, asking: Asking): boolean {
  return other.tenant === asking.tenant || (other.namesGateways === true && asking.namesGateways === true);
}

/** What may be said of the other connections of a gateway. */
export interface Neighbours {
  /** Whether there may be any of other tenants with which nothing may be compared. */
  areUntold: boolean;
  /** Whether this connection may be named, by its id at the vendor, and its networks. */
  mayName: (connectionId: string) => boolean;
}

/** Reads every request of the gateway that may have a connection; those that wait beyond the listed are taken for another tenant's. */
export async function readNeighbours(
  { made, waiting, isWhole, get }: GatewayRecords,
  asking: Asking,
): Promise<Neighbours> {
  const records = (await Promise.all([...made, ...waiting].map(get))).flatMap((record) => record ?? []);
  const others = records.filter(({ tenant }) => tenant !== asking.tenant);
  const ids = (some: ConnectionRecord[]) => new Set(some.map(({ providerConnectionId }) => providerConnectionId));
  const [theirs, ours] = [ids(others), ids(records.filter(({ tenant }) => tenant === asking.tenant))];
  const isUnnamed = (record: ConnectionRecord) =>
    mayHaveConnection(record) && record.providerConnectionId === undefined;
  const allKnown = isWhole && !others.some(isUnnamed);
  return {
    areUntold: !isWhole || others.some((record) => !mayCompare(record, asking)),
    mayName: (connectionId) =>
      connectionId === unnamedConnection
        ? isWhole && others.length === 0
        : ours.has(connectionId) || (allKnown && !theirs.has(connectionId)),
  };
}

/** Those of the flaws that may be told, without whatever they tell of another tenant's connection. */
export function toTold(flaws: readonly PreflightFlaw[], { areUntold, mayName }: Neighbours): PreflightFlaw[] {
  return flaws.flatMap((flaw) => {
    if (flaw.collidesWith === undefined || mayName(flaw.collidesWith)) return flaw;
    return areUntold ? [] : collides(flaw);
  });
}

/**
 * What a refusal says of these flaws. What collides with a connection of which nothing may be told is one sentence, whatever
 * of the request collides, and only where nothing else is wrong: a request that is refused anyway, or names every network
 * there is, would tell the other tenant's for nothing.
 */
export function toRefused(flaws: readonly PreflightFlaw[], neighbours: Neighbours): PreflightFlaw[] {
  const told = toTold(flaws, neighbours);
  return told.length > 0 ? told : [collides({ code: "provider_validation", pointer: "/vpnGatewayId" })];
}

function collides(flaw: Omit<PreflightFlaw, "detail" | "advice">): PreflightFlaw {
  const detail = "collides with a connection on the same gateway that is not this tenant's";
  return { ...flaw, detail, advice: "Give another value, or ask an operator." };
}

import type { Clock } from "../clock.ts";
import type { RequestError } from "../errors.ts";
import { type Network, overlaps, parseNetwork } from "../network/cidr.ts";
import type { Provider } from "../provider/provider.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { toOperationId } from "../record/ids.ts";
import { mayHaveConnection } from "../record/turn.ts";
import type { CreateRequest } from "../request/create-request.ts";
import type { GatewayRecords } from "./gateway-records.ts";
import { type Asking, mayCompare } from "./neighbours.ts";

export type Described = Pick<CreateRequest, "provider" | "region" | "vpnGatewayId" | "routing"> & {
  tunnels: readonly { customerGatewayId: string }[];
};

export interface Duplicate {
  record: ConnectionRecord;
  /** Whether the vendor shows its connection. It may not do so yet: lists lag behind a create. */
  isListed: boolean;
}

/**
 * An earlier request that connects the same gateways for overlapping networks and whose connection the vendor still has,
 * or may have: it is not believed to be gone before its settle window is over. Where another tenant's networks may not be
 * compared, any between the same gateways. Throws `ProviderError` when the vendor cannot be asked.
 */
export async function findDuplicate(
  deps: { provider: Provider; clock: Clock },
  gateway: GatewayRecords,
  request: Described,
  asking: Asking,
): Promise<Duplicate | undefined> {
  const wanted = selectorsOf(request);
  let unlisted: Duplicate | undefined;
  for (const id of earlierOf(gateway, asking.id)) {
    const earlier = await gateway.get(id);
    if (!earlier || !mayHaveConnection(earlier) || !mayJoinSame(earlier, request, asking, wanted)) continue;
    // The time of the question counts: an answer can be older than it arrives.
    const asked = deps.clock.now();
    if (await stillExists(deps.provider, earlier)) return { record: earlier, isListed: true };
    if (asked < new Date(earlier.create?.settledAt ?? 0)) unlisted ??= { record: earlier, isListed: false };
  }
  return unlisted;
}

/** Those that were run again wait for their turn anew, before the one that asks and has it. */
function earlierOf({ made, waiting }: GatewayRecords, ownId: string): string[] {
  return [...made.filter((id) => id !== ownId), ...waiting.slice(0, Math.max(0, waiting.indexOf(ownId)))];
}

async function stillExists(
  provider: Provider,
  { id, request, providerConnectionId }: ConnectionRecord,
): Promise<boolean> {
  if (providerConnectionId) return provider.exists(providerConnectionId);
  const found = await provider.find({
    operationId: toOperationId(id),
    vpnGatewayId: request.vpnGatewayId,
    customerGatewayId: request.tunnels[0]?.customerGatewayId ?? "",
  });
  return found.length > 0;
}

/** Whether two requests connect the same gateways for overlapping networks, as far as that may be told. */
export function mayJoinSame(
  earlier: ConnectionRecord,
  later: Described,
  asking: Asking,
  wanted = selectorsOf(later),
): boolean {
  return mayCompare(earlier, asking)
    ? joinSame(earlier.request, later, wanted)
    : sharesCustomer(earlier.request, later);
}

/** Whether two requests connect the same gateways for overlapping networks. */
export function joinSame(earlier: Described, later: Described, wanted = selectorsOf(later)): boolean {
  return sharesCustomer(earlier, later) && shareTraffic(selectorsOf(earlier), wanted);
}

/** Whether two requests on one gateway connect it with the same customer gateway, or one of two. */
export function sharesCustomer(a: Pick<Described, "tunnels">, b: Pick<Described, "tunnels">): boolean {
  const customers = new Set(a.tunnels.map(({ customerGatewayId }) => customerGatewayId));
  return b.tunnels.some(({ customerGatewayId }) => customers.has(customerGatewayId));
}

function shareTraffic(ours: readonly Selectors[], theirs: readonly Selectors[]): boolean {
  return ours.some((one) =>
    theirs.some((other) => anyOverlaps(one.locals, other.locals) && anyOverlaps(one.remotes, other.remotes)),
  );
}

/** Each local with each remote is what the tunnel carries. */
interface Selectors {
  locals: Network[];
  remotes: Network[];
}

const everything: Network[] = toNetworks(["0.0.0.0/0"]);

/** Everything, where it is not routed by policy. */
function selectorsOf({ routing }: Described): Selectors[] {
  if (routing.mode !== "policy") return [{ locals: everything, remotes: everything }];
  const { localCidrs = [], remoteCidrs = [], pairs } = routing;
  if (!pairs) return [{ locals: toNetworks(localCidrs), remotes: toNetworks(remoteCidrs) }];
  return pairs.map(({ local, remotes }) => ({ locals: toNetworks([local]), remotes: toNetworks(remotes) }));
}

function toNetworks(texts: readonly string[]): Network[] {
  return texts.flatMap((text) => parseNetwork(text) ?? []);
}

function anyOverlaps(some: readonly Network[], others: readonly Network[]): boolean {
  return some.some((one) => others.some((other) => overlaps(one, other)));
}

/** Another request already makes this connection. Its link is shown to its own tenant only. */
export function toDuplicateError(duplicate: ConnectionRecord, asking: Asking): RequestError {
  const { providerConnectionId: connectionId } = duplicate;
  // The same also where the vendor does not list it yet.
  const has = mayCompare(duplicate, asking) ? "has" : "has, or may have,";
  const named = duplicate.tenant === asking.tenant && connectionId !== undefined ? ` (${connectionId})` : "";
  return {
    code: "semantic_duplicate",
    message: `${toLink(duplicate, asking)} ${has} a connection${named} between these gateways ${describeNetworks(duplicate, asking)}`,
    retryable: false,
    advice: "Use that connection, delete it at the vendor, or send a new request with allowDuplicate true.",
  };
}

/** A request that goes first is about to make this connection. */
export function toAheadError(ahead: ConnectionRecord, asking: Asking): RequestError {
  return {
    code: "semantic_duplicate",
    message: `${toLink(ahead, asking)} is about to connect these gateways ${describeNetworks(ahead, asking)}`,
    retryable: false,
    advice: "Wait for that request, cancel it, or set allowDuplicate to true.",
  };
}

/** Why a request waits for one that may be such a duplicate. */
export function describeUnlisted(duplicate: ConnectionRecord, asking: Asking): string {
  const networks = describeNetworks(duplicate, asking);
  return `${toLink(duplicate, asking)} may have a connection between these gateways ${networks}, which the vendor does not list yet`;
}

/** What the asking tenant may know a request by. */
export function toLink({ id, tenant }: ConnectionRecord, asking: Asking): string {
  return tenant === asking.tenant ? `/v1/vpn-connections/${id}` : "another tenant's request";
}

function describeNetworks(other: ConnectionRecord, asking: Asking): string {
  return mayCompare(other, asking) ? "for overlapping networks" : "for networks that are not told";
}

import type { Plan } from "./plans.ts";

/** Whether two want the same connection: between the same gateways, for networks of which some are the same. */
export function wantSame(one: Plan["request"], other: Plan["request"]): boolean {
  return one.tunnels[0]?.customerGatewayId === other.tunnels[0]?.customerGatewayId && mayCollide(one, other);
}

/** Whether a vendor may refuse one for the other: on the same gateway, for networks of which some are the same. */
export function mayCollide(one: Plan["request"], other: Plan["request"]): boolean {
  const [ours, theirs] = [networksOf(one), networksOf(other)];
  const isOnSame = one.vpnGatewayId === other.vpnGatewayId;
  return isOnSame && meet(ours.local, theirs.local) && meet(ours.remote, theirs.remote);
}

function networksOf({ routing }: Plan["request"]): { local: readonly string[]; remote: readonly string[] } {
  if (routing.mode !== "policy") return { local: ["0.0.0.0/0"], remote: ["0.0.0.0/0"] };
  return { local: routing.localCidrs ?? [], remote: routing.remoteCidrs ?? [] };
}

/** Of two networks that share an address, the bits of one begin with those of the other. */
function meet(some: readonly string[], others: readonly string[]): boolean {
  const [ours, theirs] = [some.map(toBits), others.map(toBits)];
  return ours.some((one) => theirs.some((other) => one.startsWith(other) || other.startsWith(one)));
}

function toBits(network: string): string {
  const [address = "", length] = network.split("/");
  const bits = address.split(".").map((byte) => Number(byte).toString(2).padStart(8, "0"));
  return bits.join("").slice(0, Number(length));
}

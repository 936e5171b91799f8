import { DomainError } from "../errors.ts";
import type { CreateRequest } from "../request/create-request.ts";

type Gateways = Pick<CreateRequest, "provider" | "region" | "vpnGatewayId" | "tunnels">;

/** `provider/region/gateway`, each part with `*` for any characters, three of them at most; or `*` for every gateway. */
export const gatewayPattern =
  /^(\*|(?=[^/]{1,20}\/)[a-z]*(\*[a-z]*){0,3}\/(?=[^/]{1,64}\/)[a-z0-9-]*(\*[a-z0-9-]*){0,3}\/(?=[^/]{1,64}$)[A-Za-z0-9-]*(\*[A-Za-z0-9-]*){0,3})$/;

/** Whether the pattern covers the gateway. */
export function covers(
  pattern: string,
  { provider, region, id }: { provider: string; region: string; id: string },
): boolean {
  if (pattern === "*") return true;
  const parts = pattern.split("/");
  return [provider, region, id].every((value, index) => matches(parts[index] ?? "", value));
}

function matches(glob: string, value: string): boolean {
  const expression = glob.replaceAll(/[^*\w]/g, String.raw`\$&`).replaceAll("*", ".*");
  return new RegExp(`^${expression}$`).test(value);
}

/** Why a request is none of this tenant's to make: a gateway of it, a customer gateway too, that no pattern covers. */
export function refusalOfGateways(patterns: readonly string[], request: Gateways): DomainError | undefined {
  const { provider, region } = request;
  const named = [
    { id: request.vpnGatewayId, pointer: "/vpnGatewayId" },
    ...request.tunnels.map(({ customerGatewayId: id }, index) => ({
      id,
      pointer: `/tunnels/${index}/customerGatewayId`,
    })),
  ];
  const foreign = named.filter(({ id }) => !patterns.some((pattern) => covers(pattern, { provider, region, id })));
  if (foreign.length === 0) return undefined;
  const detail = "is not among the gateways that this tenant may touch";
  const flaws = foreign.map(({ pointer }) => ({ pointer, detail }));
  return new DomainError("forbidden", "a gateway is not this tenant's to use; ask an operator to allow it", flaws);
}

/** Throws that refusal. */
export function requireGateways(patterns: readonly string[], request: Gateways): void {
  const refusal = refusalOfGateways(patterns, request);
  if (refusal) throw refusal;
}

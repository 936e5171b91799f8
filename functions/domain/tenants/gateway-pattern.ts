import type { CreateRequest } from "../create-request.ts";
import { DomainError } from "../errors.ts";

type Gateway = Pick<CreateRequest, "provider" | "region" | "vpnGatewayId">;

/** `provider/region/gateway`, each part with `*` for any characters, three of them at most; or `*` for every gateway. */
export const gatewayPattern =
  /^(\*|(?=[^/]{1,20}\/)[a-z]*(\*[a-z]*){0,3}\/(?=[^/]{1,64}\/)[a-z0-9-]*(\*[a-z0-9-]*){0,3}\/(?=[^/]{1,64}$)[A-Za-z0-9-]*(\*[A-Za-z0-9-]*){0,3})$/;

/** Whether the pattern covers the gateway. */
export function covers(pattern: string, { provider, region, vpnGatewayId }: Gateway): boolean {
  if (pattern === "*") return true;
  const parts = pattern.split("/");
  return [provider, region, vpnGatewayId].every((value, index) => matches(parts[index] ?? "", value));
}

function matches(glob: string, value: string): boolean {
  const expression = glob.replaceAll(/[^*\w]/g, String.raw`\$&`).replaceAll("*", ".*");
  return new RegExp(`^${expression}$`).test(value);
}

/** Throws `forbidden` when none of the patterns covers the gateway. */
export function requireGateway(patterns: readonly string[], gateway: Gateway): void {
  if (patterns.some((pattern) => covers(pattern, gateway))) return;
  const detail = "is not among the gateways that this tenant may touch";
  throw new DomainError("forbidden", "this gateway is not yours to use; ask an operator to allow it", [
    { pointer: "/vpnGatewayId", detail },
  ]);
}

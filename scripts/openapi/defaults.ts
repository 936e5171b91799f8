import { applyDefaults } from "../../functions/domain/request/apply-defaults.ts";
import { createRequestSchema } from "../../functions/domain/request/create-request.ts";
import { providers } from "../../functions/domain/values.ts";

const filledIn = providers.map((provider) => {
  const tunnels = [{ customerGatewayId: "cgw" }];
  const routing = { mode: "route" };
  const given = { provider, region: "aa-aa", name: "name", vpnGatewayId: "vpn", routing, tunnels };
  return [provider, applyDefaults(createRequestSchema.parse(given))] as const;
});
const required = ["provider", "region", "name", "vpnGatewayId", "customerGatewayId", "mode"];

/** `x-default` of a member: its value, or where the vendors differ each one's. Nothing for one that has none. */
export function defaultsOf(path: readonly string[]): { "x-default"?: unknown } {
  if (required.includes(path.at(-1) ?? "") && !path.includes("ike")) return {};
  const found = filledIn.map(([provider, request]) => [provider, valueAt(request, path)] as const);
  const told = found.filter(([, value]) => value !== undefined && typeof value !== "object");
  const values = new Set(told.map(([, value]) => value));
  if (told.length === 0) return {};
  return { "x-default": told.length === found.length && values.size === 1 ? [...values][0] : Object.fromEntries(told) };
}

function valueAt(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  return typeof value === "object" && value !== null
    ? valueAt((value as Record<string, unknown>)[step], rest)
    : undefined;
}

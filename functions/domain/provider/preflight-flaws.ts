import type { EffectiveRequest } from "../request/apply-defaults.ts";
import type { PreflightFlaw } from "./provider.ts";

/** A flaw of a value, which the vendor would refuse as invalid. */
export const refuse = (pointer: string, detail: string, advice: string): PreflightFlaw => ({
  code: "provider_validation",
  pointer,
  detail,
  advice,
});

/** The flaw that a request's connection will bring about which goes first; of its values nothing is told. */
export const refuseBehind = (called: string, { detail: _detail, collidesWith: _id, ...flaw }: PreflightFlaw) => ({
  ...flaw,
  detail: `collides with the connection of ${called}, which goes first on this gateway`,
});

/** A gateway that the vendor does not have; `providerCode` is what it would answer the create with. */
const missing = (pointer: string, what: string, region: string, providerCode: string): PreflightFlaw => ({
  code: "provider_not_found",
  pointer,
  detail: `there is no such ${what} in ${region}`,
  advice: "Check the id and the region, and that the account is the right one.",
  providerCode,
});

export const missingGateway = ({ region }: EffectiveRequest, providerCode: string) =>
  missing("/vpnGatewayId", "VPN gateway", region, providerCode);

export const missingCustomerGateway = ({ region }: EffectiveRequest, tunnel: number, providerCode: string) =>
  missing(`/tunnels/${tunnel}/customerGatewayId`, "customer gateway", region, providerCode);

/** A customer gateway that is the VPN gateway, by its address. */
export const peerIsOurselves = (pointer: string) =>
  refuse(pointer, "has the address of the VPN gateway itself", "Use the peer's customer gateway.");

import {
  type Bounds,
  type Capabilities,
  capabilities,
  type Setting,
} from "../../functions/domain/provider/capabilities.ts";
import type { ProviderName } from "../../functions/domain/values.ts";

const list = (values: readonly (string | number)[]) => values.map((value) => `\`${value}\``).join(", ");
const range = ([minimum, maximum]: Bounds) => `${minimum} to ${maximum}`;

/** What one vendor takes of a field, where it is less than the contract has; by the field's place. */
const narrower: Readonly<Record<string, (row: Capabilities) => string | undefined>> = {
  tunnels: ({ tunnelsPerConnection }) => (tunnelsPerConnection === 1 ? "one" : "one or two"),
  "tunnels[].ike.encryption": ({ encryptions }) => list(encryptions),
  "tunnels[].ike.integrity": ({ integrities }) => list(integrities.ike),
  "tunnels[].ike.dhGroup": ({ dhGroups }) => list(dhGroups),
  "tunnels[].ike.lifetimeSeconds": ({ lifetimeSeconds }) => range(lifetimeSeconds.ike),
  "tunnels[].ipsec.encryption": ({ encryptions }) => list(encryptions),
  "tunnels[].ipsec.integrity": ({ integrities }) => list(integrities.ipsec),
  "tunnels[].ipsec.pfsGroup": ({ dhGroups }) => list(["none", ...dhGroups]),
  "tunnels[].ipsec.lifetimeSeconds": ({ lifetimeSeconds }) => range(lifetimeSeconds.ipsec),
  "tunnels[].bgp.tunnelCidr": ({ reservedTunnelCidrs }) =>
    reservedTunnelCidrs.length > 0 ? `not ${list(reservedTunnelCidrs)}` : undefined,
  negotiation: ({ negotiations }) => list(negotiations),
  "routing.localCidrs": ({ policies }) => (policies.most === undefined ? undefined : `${policies.most} at most`),
  "routing.pairs": ({ policies: { arbitraryPairs, most } }) =>
    arbitraryPairs ? (most === undefined ? undefined : `${most} at most`) : "the same `remotes` in all",
  healthCheck: ({ healthCheck: { singleTunnelOnly, routingModes } }) =>
    [singleTunnelOnly ? "with one tunnel" : "", routingModes.length < 3 ? `in the modes ${list(routingModes)}` : ""]
      .filter(Boolean)
      .join(", ") || undefined,
  "healthCheck.intervalSeconds": ({ healthCheck: { intervalSeconds, wholeSeconds } }) =>
    `${intervalSeconds ? range(intervalSeconds) : "1 or more"}${wholeSeconds ? ", whole" : ", with parts of a second"}`,
  "healthCheck.retries": ({ healthCheck: { retries } }) => (retries ? range(retries) : undefined),
  tags: ({ tags }) => tags && `keys and values of ${tags.described}`,
};

/** What this vendor says of a field beyond the contract, in Markdown; undefined when it has nothing to add. */
export function describeAtVendor(provider: ProviderName, place: string): string | undefined {
  const row = capabilities[provider];
  const support = row.settings[place.replaceAll("[]", "").replaceAll(".", "/") as Setting];
  if (support === false) return "no such setting: refused";
  if (typeof support === "object") return `always \`${support.always}\`: any other value is refused`;
  return narrower[place]?.(row);
}

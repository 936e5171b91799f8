import type { Flaw } from "../errors.ts";
import {
  type Capabilities,
  capabilities,
  type RequestSetting,
  type Setting,
  type TunnelSetting,
} from "../provider/capabilities.ts";
import { type CreateRequest, vendorDefault } from "../request/create-request.ts";
import type { ProviderName } from "../values.ts";
import { elsewhere } from "./elsewhere.ts";
import { boundsFlaws, type DeepPartial, eachTunnel, type Rule } from "./rule.ts";

type Tunnel = DeepPartial<CreateRequest["tunnels"][number]>;
type Request = DeepPartial<CreateRequest>;

const requestSettings = (request: Request): Record<RequestSetting, unknown> => ({
  vpcId: request.vpcId,
  autoConfigureRoutes: request.autoConfigureRoutes,
  "healthCheck/timeoutMilliseconds": request.healthCheck?.timeoutMilliseconds,
});

const dpdOf = ({ dpd }: Tunnel) => (dpd === vendorDefault ? undefined : dpd);

const tunnelSettings = (tunnel: Tunnel): Record<TunnelSetting, unknown> => ({
  "tunnels/role": tunnel.role,
  "tunnels/ipsec/lifetimeKilobytes": tunnel.ipsec?.lifetimeKilobytes,
  "tunnels/dpd/timeoutSeconds": dpdOf(tunnel)?.timeoutSeconds,
  "tunnels/dpd/action": dpdOf(tunnel)?.action,
  "tunnels/natTraversal": tunnel.natTraversal,
  "tunnels/bgp/localAsn": tunnel.bgp?.localAsn,
  "tunnels/remoteCaCertificate": tunnel.remoteCaCertificate,
});

/** The settings that were given and that the vendor has not; `pointer` is that of what holds them. */
function settingFlaws(provider: ProviderName, given: Partial<Record<Setting, unknown>>, pointer: string): Flaw[] {
  const { title, settings } = capabilities[provider];
  return (Object.entries(given) as [Setting, unknown][]).flatMap(([setting, value]) => {
    const support = settings[setting];
    // Where there is nothing to set, nothing is sent either way.
    const fits = support === true || value === vendorDefault || (support !== false && support.always === value);
    if (value === undefined || fits) return [];
    const whoHas = elsewhere((row) => row.settings[setting] === true, ["has", "have"]);
    const member = setting.replace("tunnels/", "");
    return [{ pointer: `${pointer}/${member}`, detail: `${title} has no such setting${whoHas}` }];
  });
}

/** A value out of a list, of which a vendor may offer a part. */
interface Choice {
  member: string;
  value: string | number | undefined;
  /** What texts call the value. */
  name?: string;
  offered: (row: Capabilities) => readonly (string | number)[];
}

const tunnelChoices = ({ ike, ipsec }: Tunnel): Choice[] => [
  { member: "ike/encryption", value: ike?.encryption, offered: (row) => row.encryptions },
  { member: "ipsec/encryption", value: ipsec?.encryption, offered: (row) => row.encryptions },
  {
    member: "ike/dhGroup",
    value: ike?.dhGroup,
    name: `group ${ike?.dhGroup}`,
    offered: (row) => row.dhGroups,
  },
  {
    member: "ipsec/pfsGroup",
    value: ipsec?.pfsGroup,
    name: `group ${ipsec?.pfsGroup}`,
    offered: (row) => ["none", ...row.dhGroups],
  },
  {
    member: "ike/integrity",
    value: ike?.integrity,
    name: `${ike?.integrity} for IKE`,
    offered: (row) => row.integrities.ike,
  },
  {
    member: "ipsec/integrity",
    value: ipsec?.integrity,
    name: `${ipsec?.integrity} for IPsec`,
    offered: (row) => row.integrities.ipsec,
  },
];

const requestChoices = ({ negotiation }: Request): Choice[] => [
  { member: "negotiation", value: negotiation, offered: (row) => row.negotiations },
];

/** The values that were chosen and that the vendor does not offer. */
function choiceFlaws(provider: ProviderName, choices: Choice[], pointer: string): Flaw[] {
  return choices.flatMap(({ member, value, name = value, offered }) => {
    const offers = (row: Capabilities) => value === undefined || offered(row).includes(value);
    if (offers(capabilities[provider])) return [];
    const whoOffers = elsewhere(offers, ["does", "do"]);
    const detail = `${capabilities[provider].title} does not offer ${name}${whoOffers}`;
    return [{ pointer: `${pointer}/${member}`, detail }];
  });
}

function lifetimeFlaws(provider: ProviderName, tunnel: Tunnel, pointer: string): Flaw[] {
  const { title, lifetimeSeconds } = capabilities[provider];
  return (["ike", "ipsec"] as const).flatMap((phase) =>
    boundsFlaws(`${pointer}/${phase}/lifetimeSeconds`, tunnel[phase]?.lifetimeSeconds, lifetimeSeconds[phase], title),
  );
}

/** A setting that the chosen vendor lacks is refused, never dropped. */
const providerHasSettings: Rule = (request) => {
  const { provider } = request;
  if (!provider) return [];
  return [
    ...settingFlaws(provider, requestSettings(request), ""),
    ...eachTunnel(request).flatMap(({ tunnel, pointer }) => [
      ...settingFlaws(provider, tunnelSettings(tunnel), pointer),
      ...choiceFlaws(provider, tunnelChoices(tunnel), pointer),
      ...lifetimeFlaws(provider, tunnel, pointer),
    ]),
    ...choiceFlaws(provider, requestChoices(request), ""),
  ];
};

export const providerRules: readonly Rule[] = [providerHasSettings];

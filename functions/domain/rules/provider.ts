import type { Flaw } from "../errors.ts";
import type { CreateRequest } from "../request/create-request.ts";
import type { DhGroup, Encryption, Integrity, ProviderName } from "../values.ts";
import { healthCheckRules } from "./health-check.ts";
import { type DeepPartial, eachTunnel, type Rule } from "./rule.ts";

type Tunnel = DeepPartial<CreateRequest["tunnels"][number]>;
type Request = DeepPartial<CreateRequest>;

const title: Record<ProviderName, string> = { alibaba: "Alibaba Cloud", tencent: "Tencent Cloud" };
const other: Record<ProviderName, ProviderName> = { alibaba: "tencent", tencent: "alibaba" };

/** A member that only one vendor has; `harmless` is the value that means the same at the other. */
interface Exclusive<Holder> {
  only: ProviderName;
  member: string;
  value: (holder: Holder) => unknown;
  harmless?: unknown;
}

const requestMembers: Exclusive<Request>[] = [
  { only: "tencent", member: "vpcId", value: (request) => request.vpcId },
  { only: "alibaba", member: "autoConfigureRoutes", value: (request) => request.autoConfigureRoutes, harmless: false },
  {
    only: "tencent",
    member: "healthCheck/timeoutMilliseconds",
    value: (request) => request.healthCheck?.timeoutMilliseconds,
  },
];

const tunnelMembers: Exclusive<Tunnel>[] = [
  { only: "alibaba", member: "role", value: (tunnel) => tunnel.role, harmless: "primary" },
  { only: "tencent", member: "ipsec/lifetimeKilobytes", value: (tunnel) => tunnel.ipsec?.lifetimeKilobytes },
  { only: "tencent", member: "dpd/timeoutSeconds", value: (tunnel) => tunnel.dpd?.timeoutSeconds },
  { only: "tencent", member: "dpd/action", value: (tunnel) => tunnel.dpd?.action },
  { only: "alibaba", member: "natTraversal", value: (tunnel) => tunnel.natTraversal, harmless: true },
  { only: "alibaba", member: "bgp/localAsn", value: (tunnel) => tunnel.bgp?.localAsn },
  { only: "alibaba", member: "remoteCaCertificate", value: (tunnel) => tunnel.remoteCaCertificate },
];

function exclusiveFlaws<Holder>(
  provider: ProviderName,
  members: Exclusive<Holder>[],
  holder: Holder,
  pointer: string,
): Flaw[] {
  return members.flatMap(({ only, member, value, harmless }) => {
    const given = value(holder);
    if (only === provider || given === undefined || given === harmless) return [];
    return [{ pointer: `${pointer}/${member}`, detail: `${title[provider]} has no such setting; ${title[only]} has` }];
  });
}

/** Values by vendor, where the two differ (the vendors' field tables; Tencent's IKE has neither SHA-384 nor SM3). */
const alibabaLacks = {
  encryption: ["aes128gcm", "aes192gcm", "aes256gcm"] satisfies Encryption[] as Encryption[],
  group: [15, 16, 19, 20, 21, 24] satisfies DhGroup[] as DhGroup[],
};
const tencentIkeLacks: Integrity[] = ["sha384", "sm3"];

function valueFlaws(provider: ProviderName, { ike, ipsec }: Tunnel, pointer: string): Flaw[] {
  const flaws: Flaw[] = [];
  const refuse = (member: string, value: string) =>
    flaws.push({
      pointer: `${pointer}/${member}`,
      detail: `${title[provider]} does not offer ${value}; ${title[other[provider]]} does`,
    });
  if (provider === "alibaba") {
    if (ike?.encryption && alibabaLacks.encryption.includes(ike.encryption)) refuse("ike/encryption", ike.encryption);
    if (ipsec?.encryption && alibabaLacks.encryption.includes(ipsec.encryption))
      refuse("ipsec/encryption", ipsec.encryption);
    if (ike?.dhGroup && alibabaLacks.group.includes(ike.dhGroup)) refuse("ike/dhGroup", `group ${ike.dhGroup}`);
    if (alibabaLacks.group.some((group) => group === ipsec?.pfsGroup))
      refuse("ipsec/pfsGroup", `group ${ipsec?.pfsGroup}`);
  } else if (ike?.integrity && tencentIkeLacks.includes(ike.integrity)) {
    refuse("ike/integrity", `${ike.integrity} for IKE`);
  }
  return flaws;
}

/** The ranges of the vendors' documents, in seconds. */
const lifetimes: Record<ProviderName, { ike: [number, number]; ipsec: [number, number] }> = {
  alibaba: { ike: [0, 86_400], ipsec: [0, 86_400] },
  tencent: { ike: [60, 604_800], ipsec: [180, 604_800] },
};

function lifetimeFlaws(provider: ProviderName, tunnel: Tunnel, pointer: string): Flaw[] {
  return (["ike", "ipsec"] as const).flatMap((phase) => {
    const seconds = tunnel[phase]?.lifetimeSeconds;
    const [minimum, maximum] = lifetimes[provider][phase];
    return seconds !== undefined && (seconds < minimum || seconds > maximum)
      ? [
          {
            pointer: `${pointer}/${phase}/lifetimeSeconds`,
            detail: `must be ${minimum} to ${maximum} at ${title[provider]}`,
          },
        ]
      : [];
  });
}

/** A setting that the chosen vendor lacks is refused, never dropped. */
const providerHasSettings: Rule = (request) => {
  const provider = request.provider;
  if (!provider) return [];
  return [
    ...exclusiveFlaws(provider, requestMembers, request, ""),
    ...eachTunnel(request).flatMap(({ tunnel, pointer }) => [
      ...exclusiveFlaws(provider, tunnelMembers, tunnel, pointer),
      ...valueFlaws(provider, tunnel, pointer),
      ...lifetimeFlaws(provider, tunnel, pointer),
    ]),
    ...(request.negotiation === "passive" && provider === "alibaba"
      ? [{ pointer: "/negotiation", detail: "Alibaba Cloud does not offer passive; Tencent Cloud does" }]
      : []),
  ];
};

/** Two tunnels are one connection at an Alibaba dual-tunnel gateway only, one tunnel of each role. */
const tunnelsFitProvider: Rule = (request) => {
  const tunnels = eachTunnel(request);
  if ((request.tunnels?.length ?? 0) < 2) {
    return tunnels.flatMap(({ tunnel, pointer }) =>
      tunnel.role === "backup" ? [{ pointer: `${pointer}/role`, detail: "a single tunnel has no backup role" }] : [],
    );
  }
  if (request.provider === "tencent") {
    return [{ pointer: "/tunnels/1", detail: "Tencent Cloud has one tunnel per connection; Alibaba Cloud has two" }];
  }
  const flaws: Flaw[] = [];
  for (const { tunnel, pointer } of tunnels) {
    if (!("role" in tunnel)) flaws.push({ pointer: `${pointer}/role`, detail: "is required with two tunnels" });
  }
  const [first, second] = tunnels;
  if (first?.tunnel.role !== undefined && first.tunnel.role === second?.tunnel.role) {
    flaws.push({ pointer: "/tunnels/1/role", detail: "one tunnel must be primary and the other backup" });
  }
  if (request.healthCheck) {
    flaws.push({ pointer: "/healthCheck", detail: "is not available with two tunnels" });
  }
  return flaws;
};

/** Alibaba takes two lists of networks and joins every local with every remote. */
const pairsFitProvider: Rule = ({ provider, routing }) => {
  const pairs = routing?.pairs;
  if (provider !== "alibaba" || !pairs) return [];
  if (!pairs.every((pair) => pair?.remotes?.every((remote) => remote !== undefined))) return [];
  const remotes = new Set(
    pairs.map((pair) =>
      (pair?.remotes ?? [])
        .map(String)
        .toSorted((a, b) => a.localeCompare(b))
        .join(),
    ),
  );
  return remotes.size > 1
    ? [
        {
          pointer: "/routing/pairs",
          detail:
            "Alibaba Cloud joins every local with every remote network; Tencent Cloud can express arbitrary pairs",
        },
      ]
    : [];
};

export const providerRules: readonly Rule[] = [
  providerHasSettings,
  ...healthCheckRules,
  tunnelsFitProvider,
  pairsFitProvider,
];

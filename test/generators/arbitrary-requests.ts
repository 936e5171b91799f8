import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  ipV4,
  oneof,
  record,
  shuffledSubarray,
  string,
  tuple,
} from "fast-check";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import type { DhGroup, Encryption } from "../../functions/domain/values.ts";
import {
  asn,
  bgp,
  certificate,
  type Ciphers,
  common,
  demo,
  given,
  identity,
  maybe,
  phases,
  preSharedKey,
  range,
  type Tunnel,
  isVisible,
  twoSides,
} from "./arbitrary-parts.ts";

type Routing = CreateRequest["routing"];
type Mode = Routing["mode"];

/** `__proto__` is left out: the schema drops a tag of this name. */
const isTagText = (text: string) => !/^(aliyun|acs:)|https?:\/\/|^__proto__$/i.test(text) && isVisible(text);
const alibabaTags = dictionary(
  string({ unit: "grapheme-composite", minLength: 1, maxLength: 64, size: "max" }).filter(isTagText),
  string({ unit: "grapheme-composite", maxLength: 128, size: "max" }).filter(isTagText),
  { maxKeys: 20 },
);
/** Tencent's tag service takes letters, digits, spaces inside and these. */
const tencentTagText = constantFrom(...Array.from("aZ09 +-=._:/@()[],;><é网【】"));
const isTencentTagText = (text: string) => isTagText(text) && text.trim() === text;
const tencentTags = dictionary(
  string({ unit: tencentTagText, minLength: 1, maxLength: 64, size: "max" }).filter(isTencentTagText),
  string({ unit: tencentTagText, maxLength: 128, size: "max" }).filter(isTencentTagText),
  { maxKeys: 20 },
);

/** Adds the lower half of a network beside it: Alibaba does not mind networks within one another. */
function nest(networks: string[]): string[] {
  const [base = "", prefix = ""] = networks[0]?.split("/") ?? [];
  return Number(prefix) < 32 ? [...networks, `${base}/${Number(prefix) + 1}`] : networks;
}

const alibabaPolicy: Arbitrary<Routing> = tuple(twoSides, boolean(), boolean()).chain(
  ([[locals, remotes], pair, deep]) => {
    const local = deep ? nest(locals) : locals;
    if (!pair) return constant<Routing>({ mode: "policy", localCidrs: local, remoteCidrs: remotes });
    const same = shuffledSubarray(remotes, { minLength: remotes.length });
    return tuple(...local.map((one) => same.map((all) => ({ local: one, remotes: all })))).map((pairs): Routing => ({
      mode: "policy",
      pairs,
    }));
  },
);

const tencentPolicy: Arbitrary<Routing> = tuple(twoSides, boolean()).chain(([[all, remotes], pair]) => {
  // One less than it takes, so that one can be added.
  const locals = all.slice(0, 9);
  if (!pair) return constant<Routing>({ mode: "policy", localCidrs: locals, remoteCidrs: remotes });
  const some = shuffledSubarray(remotes, { minLength: 1 });
  return tuple(...locals.map((local) => some.map((chosen) => ({ local, remotes: chosen })))).map((pairs): Routing => ({
    mode: "policy",
    pairs,
  }));
});

/** Alibaba keeps 169.254.0.0/30 … 169.254.6.0/30 and the metadata service's 169.254.169.252/30 for itself. */
const alibabaOwn = [0, 1, 2, 3, 4, 5, 6].map((third) => third * 64).concat((169 * 256 + 252) / 4);
const alibabaBgp = (localAsn: Parameters<typeof bgp>[1]) =>
  bgp(
    range(0, 16_383).filter((number) => !alibabaOwn.includes(number)),
    localAsn,
    ["local", "remote", "both", "none"],
  );
const tencentBgp = bgp(range(0, 16_383), constant(undefined), ["local", "remote", "both"]);
const vendorDefault = constant("vendor-default" as const);

const normal: Ciphers = {
  encryption: ["aes128", "aes192", "aes256", "3des", "des"],
  ikeIntegrity: ["sha256", "sha384", "sha512", "sha1", "md5"],
  ipsecIntegrity: ["sha256", "sha384", "sha512", "sha1", "md5"],
  groups: [1, 2, 5, 14],
};

const alibabaKinds: {
  gateways: Arbitrary<string>;
  modes: Mode[];
  tunnels: 1 | 2;
  national?: true;
  bgp?: true;
  old?: true;
}[] = [
  { gateways: oneof(demo("vpn-demo"), constant("vpn-bp1q8bgx4xnkm")), modes: ["policy", "route"], tunnels: 1 },
  { gateways: constant("vpn-bgp01"), modes: ["bgp", "policy"], tunnels: 1, bgp: true },
  { gateways: constant("vpn-gm01"), modes: ["policy", "route"], tunnels: 1, national: true },
  { gateways: constant("vpn-dual01"), modes: ["policy", "route"], tunnels: 2 },
  { gateways: constant("vpn-dualbgp01"), modes: ["bgp", "policy"], tunnels: 2, bgp: true },
  { gateways: constant("vpn-old01"), modes: ["policy", "route"], tunnels: 1, old: true },
];
const alibabaPeer = oneof(demo("cgw-demo"), constantFrom("cgw-p0w2jemrcj5u61un8", "cgw-p0wy363lucf1uyae8"));

const alibabaHealthCheck = tuple(
  boolean(),
  record({
    sourceIp: maybe(ipV4()),
    targetIp: maybe(ipV4()),
    intervalSeconds: maybe(range(1, 2_147_483_647)),
    retries: maybe(range(1, 2_147_483_647)),
  }),
).map(([enabled, rest]) => ({ enabled, ...given(rest) }));

/** The settings of a national-standard (GM) gateway, spelled out or left to their defaults. */
function toNational(tunnel: Tunnel, remoteId: string, remoteCaCertificate: string, spelled: boolean): Tunnel {
  if (!spelled) {
    return {
      ...given({ ...tunnel, ike: undefined, ipsec: undefined }),
      ike: { remoteId },
      remoteCaCertificate,
    } as Tunnel;
  }
  return {
    ...tunnel,
    ike: { ...tunnel.ike, version: "ikev1", mode: "main", encryption: "sm4", integrity: "sm3", remoteId },
    ipsec: { ...tunnel.ipsec, encryption: "sm4", integrity: "sm3" },
    remoteCaCertificate,
  };
}

/** Any valid request for a gateway of the simulated Alibaba Cloud account that can carry it. */
export const alibabaRequests: Arbitrary<CreateRequest> = tuple(constantFrom(...alibabaKinds), boolean()).chain(
  ([{ gateways, modes, tunnels: count, national, bgp: withBgp, old }, allowWeak]) => {
    const lifetime = range(0, 86_400);
    const tunnel = record({
      customerGatewayId: withBgp ? alibabaPeer : oneof(alibabaPeer, constant("cgw-noasn01")),
      preSharedKey: maybe(preSharedKey),
      ...phases(normal, allowWeak, { ike: lifetime, ipsec: lifetime }),
      dpd: old ? vendorDefault : maybe(oneof(record({ enabled: maybe(boolean()) }).map(given), vendorDefault)),
      natTraversal: old ? vendorDefault : maybe(oneof(boolean(), vendorDefault)),
      bgp: withBgp ? alibabaBgp(count === 2 ? asn : maybe(asn)) : constant(undefined),
    }).map((parts) => given(parts) as Tunnel);
    const single = tuple(tunnel, maybe(constant("primary" as const)), identity, certificate, boolean()).map(
      ([one, role, remoteId, ca, spelled]) => [
        { ...(national ? toNational(one, remoteId, ca, spelled) : one), ...given({ role }) },
      ],
    );
    const dual = tuple(tunnel, tunnel, boolean())
      .filter(([first, second]) => first.bgp === undefined || first.bgp.tunnelCidr !== second.bgp?.tunnelCidr)
      .map(([first, second, swapped]): Tunnel[] => [
        { ...first, role: swapped ? "backup" : "primary" },
        { ...second, role: swapped ? "primary" : "backup" },
      ]);
    const routing = constantFrom(...modes).chain((mode) => (mode === "policy" ? alibabaPolicy : constant({ mode })));
    return record({
      ...common,
      provider: constant("alibaba" as const),
      region: constant("cn-shanghai"),
      vpnGatewayId: gateways,
      routing,
      tunnels: count === 1 ? single : dual,
      negotiation: maybe(constantFrom("immediate" as const, "on-traffic" as const)),
      autoConfigureRoutes: maybe(boolean()),
      healthCheck: count === 1 ? maybe(alibabaHealthCheck) : constant(undefined),
      tags: maybe(alibabaTags),
      allowWeakCryptography: allowWeak ? constant(true) : maybe(constant(false)),
    }).map((parts) => given(parts) as CreateRequest);
  },
);

const everyGroup: readonly DhGroup[] = [1, 2, 5, 14, 15, 16, 19, 20, 21, 24];
const cbc: readonly Encryption[] = ["aes128", "aes192", "aes256", "sm4", "3des", "des"];
const gcm: readonly Encryption[] = ["aes128gcm", "aes192gcm", "aes256gcm"];
/** Present in every region, which is the simulator's way to say that they are the document's samples. */
const sampleRegions = constantFrom("ap-guangzhou", "ap-shanghai", "na-siliconvalley", "ap-shanghai-fsi");
const shanghai = constant("ap-shanghai");
const samplePeer = constantFrom("cgw-qa9sxpy7", "cgw-2wqq41m9");

interface TencentKind {
  gateways: Arbitrary<{ vpnGatewayId: string; vpcId?: string }>;
  regions: Arbitrary<string>;
  peers: Arbitrary<string>;
  modes: Mode[];
  gcm: boolean;
}
const inVpc = (vpnGatewayId: string, vpcId: string) => constant({ vpnGatewayId, vpcId });
const everyPeer = oneof(demo("cgw-demo"), samplePeer);
const tencentKinds: TencentKind[] = [
  {
    gateways: range(1, 20).map((number) => {
      const suffix = `demo${String(number).padStart(2, "0")}`;
      return { vpnGatewayId: `vpngw-${suffix}`, vpcId: `vpc-${suffix}` };
    }),
    regions: shanghai,
    peers: everyPeer,
    modes: ["policy", "route"],
    gcm: false,
  },
  {
    gateways: inVpc("vpngw-1w9tue3d", "vpc-gapcv96p"),
    regions: sampleRegions,
    peers: samplePeer,
    modes: ["policy", "route"],
    gcm: false,
  },
  {
    gateways: constant({ vpnGatewayId: "vpngw-ccn01" }),
    regions: shanghai,
    peers: everyPeer,
    modes: ["policy", "route"],
    gcm: false,
  },
  { gateways: inVpc("vpngw-v4", "vpc-v4"), regions: shanghai, peers: everyPeer, modes: ["policy", "route"], gcm: true },
  {
    gateways: inVpc("vpngw-bgp01", "vpc-bgp01"),
    regions: shanghai,
    peers: oneof(demo("cgw-demo"), constant("cgw-2wqq41m9")),
    modes: ["policy", "route", "bgp"],
    gcm: true,
  },
];

function tencentHealthCheck(mode: Mode) {
  return tuple(
    mode === "policy" ? constant(false) : boolean(),
    record({
      sourceIp: maybe(ipV4()),
      targetIp: maybe(ipV4()),
      intervalSeconds: maybe(range(1000, 5000).map((milliseconds) => milliseconds / 1000)),
      retries: maybe(range(3, 8)),
      timeoutMilliseconds: maybe(range(10, 5000)),
    }),
  )
    .filter(([, { sourceIp, targetIp }]) => sourceIp === undefined || sourceIp !== targetIp)
    .map(([enabled, rest]) => ({ enabled, ...given(rest) }));
}

/** Any valid request for a gateway of the simulated Tencent Cloud account that can carry it. */
export const tencentRequests: Arbitrary<CreateRequest> = tuple(
  constantFrom(...tencentKinds).chain((kind) => tuple(constant(kind), constantFrom(...kind.modes))),
  boolean(),
).chain(([[kind, mode], allowWeak]) => {
  const ciphers: Ciphers = {
    encryption: kind.gcm ? [...cbc, ...gcm] : cbc,
    ikeIntegrity: ["sha256", "sha512", "sha1", "md5"],
    ipsecIntegrity: ["sha256", "sha384", "sha512", "sm3", "sha1", "md5"],
    groups: everyGroup,
  };
  const lifetimes = { ike: range(60, 604_800), ipsec: range(180, 604_800) };
  const { ike, ipsec } = phases(ciphers, allowWeak, lifetimes);
  const tunnel = record({
    role: maybe(constant("primary" as const)),
    customerGatewayId: kind.peers,
    preSharedKey: maybe(preSharedKey),
    ike,
    ipsec: tuple(ipsec, maybe(range(2560, 4_294_967_295))).map(([phase, lifetimeKilobytes]) =>
      lifetimeKilobytes === undefined ? phase : { ...phase, lifetimeKilobytes },
    ),
    dpd: maybe(
      oneof(
        record({
          enabled: maybe(boolean()),
          timeoutSeconds: maybe(range(1, 2_147_483_647)),
          action: maybe(constantFrom("clear" as const, "restart" as const)),
        }).map(given),
        vendorDefault,
      ),
    ),
    natTraversal: maybe(oneof(constant(true), vendorDefault)),
    bgp: mode === "bgp" ? tencentBgp : constant(undefined),
  }).map((parts) => given(parts) as Tunnel);
  return tuple(
    kind.gateways,
    record({
      ...common,
      provider: constant("tencent" as const),
      region: kind.regions,
      routing: mode === "policy" ? tencentPolicy : constant({ mode }),
      tunnels: array(tunnel, { minLength: 1, maxLength: 1 }),
      negotiation: maybe(constantFrom("immediate" as const, "on-traffic" as const, "passive" as const)),
      autoConfigureRoutes: maybe(constant(false)),
      healthCheck: maybe(tencentHealthCheck(mode)),
      tags: maybe(tencentTags),
      allowWeakCryptography: allowWeak ? constant(true) : maybe(constant(false)),
    }),
  ).map(([gateway, parts]) => ({ ...gateway, ...given(parts) }) as CreateRequest);
});

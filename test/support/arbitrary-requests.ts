import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  integer,
  ipV4,
  oneof,
  option,
  record,
  shuffledSubarray,
  string,
  tuple,
} from "fast-check";
import type { CreateRequest } from "../../functions/domain/create-request.ts";
import type { DhGroup, Encryption, Integrity } from "../../functions/domain/values.ts";
import { disjointNetworks, toText } from "./arbitrary-networks.ts";

type Tunnel = CreateRequest["tunnels"][number];
type Routing = CreateRequest["routing"];
type Mode = Routing["mode"];

/** What one kind of gateway takes. */
interface Ciphers {
  encryption: readonly Encryption[];
  ikeIntegrity: readonly Integrity[];
  ipsecIntegrity: readonly Integrity[];
  groups: readonly DhGroup[];
}

const weak: readonly unknown[] = ["des", "3des", "md5", "sha1", 1, 2, 5];
const range = (min: number, max: number) => integer({ min, max });
const demo = (prefix: string) => range(1, 20).map((number) => `${prefix}${String(number).padStart(2, "0")}`);
const maybe = <Value>(arbitrary: Arbitrary<Value>) => option(arbitrary, { nil: undefined });

/** A member that may be missing: absent is absent, never undefined. */
function given<Value extends object>(value: Value): { [Name in keyof Value]?: Exclude<Value[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never;
}

const characters = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));
const printable = characters(0x21, 0x7e);
const clientToken = string({ unit: constantFrom(...printable), minLength: 1, maxLength: 64, size: "max" });
const identity = oneof(
  ipV4(),
  constant("vpn.example.com"),
  string({ unit: constantFrom(...printable), minLength: 1, maxLength: 100, size: "max" }),
);
const keyCharacters = printable.filter((character) => !['"', "\\"].includes(character));
const preSharedKey = string({ unit: constantFrom(...keyCharacters), minLength: 1, maxLength: 100, size: "max" });
const certificate = string({
  unit: constantFrom("A", "z", "0", "+", "/"),
  minLength: 1,
  maxLength: 600,
  size: "max",
}).map((text) => `-----BEGIN CERTIFICATE-----\n${text}==\n-----END CERTIFICATE-----\n`);
const name = string({ unit: "grapheme-composite", minLength: 1, maxLength: 47, size: "max" }).filter(
  (text) => !/^https?:\/\//i.test(text),
);

/** `__proto__` is left out: the schema drops a tag of this name. */
const isTagText = (text: string) => !/^(aliyun|acs:)|https?:\/\/|^__proto__$/i.test(text);
const alibabaTags = dictionary(
  string({ unit: "grapheme-composite", minLength: 1, maxLength: 64, size: "max" }).filter(isTagText),
  string({ unit: "grapheme-composite", maxLength: 128, size: "max" }).filter(isTagText),
  { maxKeys: 20 },
);
/** Tencent's tag service takes letters, digits, spaces and these; names of its own begin with qcs: or tencent. */
const tencentTagText = constantFrom(...Array.from("aZ09 +-=._:/@()[]é网"));
const tencentTags = dictionary(
  string({ unit: tencentTagText, minLength: 1, maxLength: 64, size: "max" }).filter(isTagText),
  string({ unit: tencentTagText, maxLength: 128, size: "max" }).filter(isTagText),
  { maxKeys: 20 },
);

const twoSides = tuple(disjointNetworks, range(1, 99)).map(([networks, share]): [string[], string[]] => {
  const border = Math.max(1, Math.floor((networks.length * share) / 100));
  return [networks.slice(0, border), networks.slice(border)];
});

/** The upper half of a network, to stand beside it: Alibaba does not mind networks within one another. */
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

const tencentPolicy: Arbitrary<Routing> = tuple(twoSides, boolean()).chain(([[locals, remotes], pair]) => {
  if (!pair) return constant<Routing>({ mode: "policy", localCidrs: locals, remoteCidrs: remotes });
  const some = shuffledSubarray(remotes, { minLength: 1 });
  return tuple(...locals.map((local) => some.map((chosen) => ({ local, remotes: chosen })))).map((pairs): Routing => ({
    mode: "policy",
    pairs,
  }));
});

/** A /30 of the link-local range from `lowest` on (Alibaba keeps the first 7 × 64 of them and the metadata one). */
function bgp(lowest: number, localAsn: Arbitrary<number | undefined>): Arbitrary<NonNullable<Tunnel["bgp"]>> {
  return tuple(range(lowest, 16_383), boolean(), boolean(), localAsn).map(([number, second, spelled, asn]) => {
    const base = (169 * 256 + 254) * 65_536 + number * 4;
    const hosts = [toText(base + 1), toText(base + 2)] as const;
    const [localIp, remoteIp] = second ? [hosts[1], hosts[0]] : hosts;
    return {
      tunnelCidr: `${toText(base)}/30`,
      localIp,
      ...given({ remoteIp: spelled ? remoteIp : undefined, localAsn: asn }),
    };
  });
}
const alibabaBgp = bgp(7 * 64, maybe(range(1, 4_294_967_295))).filter(
  ({ tunnelCidr }) => tunnelCidr !== "169.254.169.252/30",
);
const tencentBgp = bgp(0, constant(undefined));

/** Phase 1 and 2 of a tunnel; nothing weak unless that is allowed. */
function phases(ciphers: Ciphers, allowWeak: boolean, lifetimes: { ike: Arbitrary<number>; ipsec: Arbitrary<number> }) {
  const from = <Value>(values: readonly Value[]) =>
    maybe(constantFrom(...values.filter((value) => allowWeak || !weak.includes(value))));
  const ike = record({
    version: maybe(constantFrom("ikev1" as const, "ikev2" as const)),
    mode: maybe(constantFrom("main" as const, "aggressive" as const)),
    encryption: from(ciphers.encryption),
    integrity: from(ciphers.ikeIntegrity),
    dhGroup: from(ciphers.groups),
    lifetimeSeconds: maybe(lifetimes.ike),
    localId: maybe(identity),
    remoteId: maybe(identity),
  }).map(({ mode, ...rest }) =>
    given({
      ...rest,
      mode: rest.version === "ikev1" && mode === "aggressive" && !allowWeak ? ("main" as const) : mode,
    }),
  );
  const ipsec = record({
    encryption: from(ciphers.encryption),
    integrity: from(ciphers.ipsecIntegrity),
    pfsGroup: from(["none" as const, ...ciphers.groups]),
    lifetimeSeconds: maybe(lifetimes.ipsec),
  }).map(given);
  return { ike: maybe(ike), ipsec: maybe(ipsec) };
}

const normal: Ciphers = {
  encryption: ["aes128", "aes192", "aes256", "3des", "des"],
  ikeIntegrity: ["sha256", "sha384", "sha512", "sha1", "md5"],
  ipsecIntegrity: ["sha256", "sha384", "sha512", "sha1", "md5"],
  groups: [1, 2, 5, 14],
};

const alibabaKinds: { gateways: Arbitrary<string>; modes: Mode[]; tunnels: 1 | 2; national?: true }[] = [
  { gateways: oneof(demo("vpn-demo"), constant("vpn-bp1q8bgx4xnkm")), modes: ["policy", "route"], tunnels: 1 },
  { gateways: constant("vpn-bgp01"), modes: ["bgp"], tunnels: 1 },
  { gateways: constant("vpn-gm01"), modes: ["policy", "route"], tunnels: 1, national: true },
  { gateways: constant("vpn-dual01"), modes: ["policy", "route"], tunnels: 2 },
  { gateways: constant("vpn-dualbgp01"), modes: ["bgp"], tunnels: 2 },
];
const alibabaPeer = oneof(demo("cgw-demo"), constantFrom("cgw-p0w2jemrcj5u61un8", "cgw-p0wy363lucf1uyae8"));

const common = {
  clientToken: maybe(clientToken),
  name,
  allowDuplicate: maybe(boolean()),
  timeoutSeconds: maybe(range(60, 86_400)),
  callback: maybe(constant({ url: "https://hooks.example.com/vpn" })),
};

const alibabaHealthCheck = tuple(
  boolean(),
  record({ sourceIp: ipV4(), targetIp: ipV4() }),
  record({ intervalSeconds: maybe(range(1, 60)), retries: maybe(range(1, 10)) }),
  boolean(),
).map(([enabled, addresses, rest, spelled]) => ({ enabled, ...(enabled || spelled ? addresses : {}), ...given(rest) }));

/** The settings of a national-standard (GM) gateway, which has defaults of its own for none of them. */
function toNational(tunnel: Tunnel, remoteId: string, remoteCaCertificate: string): Tunnel {
  return {
    ...tunnel,
    ike: { ...tunnel.ike, version: "ikev1", mode: "main", encryption: "sm4", integrity: "sm3", remoteId },
    ipsec: { ...tunnel.ipsec, encryption: "sm4", integrity: "sm3" },
    remoteCaCertificate,
  };
}

/** Any valid request for a gateway of the simulated Alibaba Cloud account that can carry it. */
export const alibabaRequests: Arbitrary<CreateRequest> = tuple(constantFrom(...alibabaKinds), boolean()).chain(
  ([{ gateways, modes, tunnels: count, national }, allowWeak]) => {
    const lifetime = range(0, 86_400);
    const tunnel = record({
      customerGatewayId: modes.includes("bgp") ? alibabaPeer : oneof(alibabaPeer, constant("cgw-noasn01")),
      preSharedKey: maybe(preSharedKey),
      ...phases(normal, allowWeak, { ike: lifetime, ipsec: lifetime }),
      dpd: maybe(record({ enabled: maybe(boolean()) }).map(given)),
      natTraversal: maybe(boolean()),
      bgp: modes.includes("bgp") ? alibabaBgp : constant(undefined),
    }).map((parts) => given(parts) as Tunnel);
    const single = tuple(tunnel, maybe(constant("primary" as const)), identity, certificate).map(
      ([one, role, remoteId, ca]) => [{ ...(national ? toNational(one, remoteId, ca) : one), ...given({ role }) }],
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
      intervalSeconds: maybe(range(1, 5)),
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
      record({
        enabled: maybe(boolean()),
        timeoutSeconds: maybe(range(30, 60)),
        action: maybe(constantFrom("clear" as const, "restart" as const)),
      }).map(given),
    ),
    natTraversal: maybe(constant(true)),
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

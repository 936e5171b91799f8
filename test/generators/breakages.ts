import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import { type Breakage, breaks, lacks, spoils, type Test, wrong } from "./breakage.ts";

const alibaba: Test = ({ provider }) => provider === "alibaba";
const tencent: Test = ({ provider }) => provider === "tencent";
const single: Test = ({ tunnels }) => tunnels.length === 1;
const dual: Test = ({ tunnels }) => tunnels.length === 2;
const bgp: Test = ({ routing }) => routing.mode === "bgp";
const notBgp: Test = ({ routing }) => routing.mode !== "bgp";
const policy: Test = ({ routing }) => routing.mode === "policy";
const notPolicy: Test = ({ routing }) => routing.mode !== "policy";
const lists: Test = ({ routing }) => routing.localCidrs !== undefined;
const pairs: Test = ({ routing }) => routing.pairs !== undefined;
/** Where there is no word in place of the settings. */
const settable: Test = ({ tunnels }) => tunnels.at(-1)?.dpd !== "vendor-default";
/** Where a weak choice needs a permission that was not given. */
const strict: Test = ({ allowWeakCryptography }) => allowWeakCryptography !== true;

const locals = ({ routing }: CreateRequest) => routing.localCidrs ?? routing.pairs?.map(({ local }) => local) ?? [];
const remotes = ({ routing }: CreateRequest) => routing.remoteCidrs ?? routing.pairs?.[0]?.remotes ?? [];
const next = (list: readonly unknown[] | undefined) => String(list?.length ?? 0);
const hasHalves = (network = "/32") => !network.endsWith("/32");
/** The lower half of a network. */
const half = (network = "") => network.replace(/\d+$/, (prefix) => String(Number(prefix) + 1));
const peering = { tunnelCidr: "169.254.128.0/30", localIp: "169.254.128.1" };
const firstHost = (tunnelCidr: string) => tunnelCidr.replace(/(\d+)\/30$/, (_, octet) => String(Number(octet) + 1));
const networkOf = (tunnelCidr = "") => tunnelCidr.split("/")[0];

const form: Breakage[] = [
  ...["", "/tunnels/{last}", "/tunnels/{last}/ike", "/routing"].map((holder) => wrong(`${holder}/surprise`, 1)),
  ...["/provider", "/region", "/name", "/vpnGatewayId", "/routing", "/routing/mode", "/tunnels"].map((at) => lacks(at)),
  lacks("/tunnels/{last}/customerGatewayId"),
  ...["", "n".repeat(48), "https://x", "a\u0000"].map((name) => wrong("/name", name)),
  ...["", "a b", "k".repeat(101), 'a"b'].map((key) => wrong("/tunnels/{last}/preSharedKey", key)),
  wrong("/clientToken", "a b"),
  wrong("/region", "Shanghai"),
  wrong("/vpnGatewayId", "-x"),
  wrong("/timeoutSeconds", 59),
  wrong("/timeoutSeconds", 86_401),
  wrong("/queueTimeoutSeconds", 59),
  wrong("/queueTimeoutSeconds", 86_401),
  wrong("/negotiation", "later"),
  wrong("/tunnels/{last}/ike/localId", "a b"),
  wrong("/tunnels/{last}/ike/dhGroup", 3),
  wrong("/callback/url", "http://hooks.example.com/"),
  wrong("/callback/url", "ftp://hooks.example.com/"),
  wrong("/callback/url", "https://user:secret@hooks.example.com/"),
  wrong("/tags", Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, ""]))),
  breaks("a tag key too long", `/tags/${"k".repeat(65)}`, () => ({ "/tags": { ["k".repeat(65)]: "" } })),
  breaks("a tag key of the vendor's", "/tags/acs:team", () => ({ "/tags": { "acs:team": "" } })),
  breaks("a tag value too long", "/tags/team", () => ({ "/tags": { team: "v".repeat(129) } })),
];

const networks: Breakage[] = [
  lacks("/routing/localCidrs", lists),
  lacks("/routing/remoteCidrs", lists),
  wrong("/routing/localCidrs/0", "203.0.113.77/24", lists),
  wrong("/routing/pairs/0/local", "203.0.113.77/24", pairs),
  ...["localCidrs", "remoteCidrs"].map((member) => wrong(`/routing/${member}`, ["10.0.0.0/24"], notPolicy)),
  wrong("/routing/pairs", [{ local: "10.0.0.0/24", remotes: ["10.1.0.0/24"] }], notPolicy),
  spoils(
    "pairs beside lists",
    "/routing/pairs",
    (request) => [{ local: locals(request)[0], remotes: remotes(request) }],
    lists,
  ),
  spoils("a remote network that is a local one", "/routing/remoteCidrs/0", (request) => locals(request)[0], lists),
  spoils(
    "a remote network of a pair that is a local one",
    "/routing/pairs/0/remotes/0",
    (request) => locals(request)[0],
    pairs,
    (request) => tencent(request) || locals(request).length === 1,
  ),
  spoils(
    "a local network twice",
    (request) => `/routing/localCidrs/${next(locals(request))}`,
    (request) => locals(request)[0],
    lists,
  ),
  spoils(
    "a remote network twice",
    (request) => `/routing/remoteCidrs/${next(remotes(request))}`,
    (request) => remotes(request)[0],
    lists,
  ),
  breaks(
    "a local network in two pairs",
    (request) => `/routing/pairs/${next(locals(request))}/local`,
    (request) => ({
      [`/routing/pairs/${next(locals(request))}`]: { local: locals(request)[0], remotes: remotes(request) },
    }),
    pairs,
  ),
];

/** Tencent: no two policies overlap on both sides. Alibaba: every local network goes with every remote one. */
const policies: Breakage[] = [
  spoils(
    "a local network within another",
    (request) => `/routing/localCidrs/${next(locals(request))}`,
    (request) => half(locals(request)[0]),
    tencent,
    lists,
    (request) => hasHalves(locals(request)[0]),
  ),
  spoils(
    "a remote network within another",
    (request) => `/routing/remoteCidrs/${next(remotes(request))}`,
    (request) => half(remotes(request)[0]),
    tencent,
    lists,
    (request) => hasHalves(remotes(request)[0]),
  ),
  spoils(
    "a remote network within another of its pair",
    (request) => `/routing/pairs/0/remotes/${next(remotes(request))}`,
    (request) => half(remotes(request)[0]),
    tencent,
    pairs,
    (request) => hasHalves(remotes(request)[0]),
  ),
  breaks(
    "a pair within another",
    (request) => `/routing/pairs/${next(locals(request))}/remotes/0`,
    (request) => ({
      [`/routing/pairs/${next(locals(request))}`]: {
        local: half(locals(request)[0]),
        remotes: remotes(request).slice(0, 1),
      },
    }),
    tencent,
    pairs,
    (request) => hasHalves(locals(request)[0]),
  ),
  breaks(
    "pairs with different remote networks",
    "/routing/pairs",
    (request) => ({
      [`/routing/pairs/${next(locals(request))}`]: { local: "203.0.113.0/28", remotes: ["203.0.113.128/28"] },
    }),
    alibaba,
    pairs,
  ),
];

const peerings: Breakage[] = [
  lacks("/tunnels/{last}/bgp", bgp),
  lacks("/tunnels/{last}/bgp/tunnelCidr", bgp),
  breaks(
    "no BGP address at all",
    "/tunnels/{last}/bgp/localIp",
    () => ({ "/tunnels/{last}/bgp": { tunnelCidr: peering.tunnelCidr } }),
    tencent,
    bgp,
  ),
  lacks("/tunnels/{last}/bgp/localAsn", bgp, dual),
  ...["65536.0", "0.0", "1.2.3", "1"].map((text) => wrong("/tunnels/{last}/bgp/localAsn", text, alibaba, bgp)),
  wrong("/tunnels/{last}/bgp/localAsn", 0, alibaba, bgp),
  wrong("/tunnels/{last}/bgp", peering, tencent, notBgp),
  wrong("/tunnels/{last}/bgp", { ...peering, localAsn: 65_530 }, alibaba, ({ routing }) => routing.mode === "route"),
  wrong("/tunnels/{last}/bgp/tunnelCidr", "169.254.128.0/29", bgp),
  wrong("/tunnels/{last}/bgp/tunnelCidr", "10.0.0.0/30", bgp),
  wrong("/tunnels/{last}/bgp/localIp", "10.0.0.1", bgp),
  wrong("/tunnels/{last}/bgp/remoteIp", "10.0.0.1", bgp),
  spoils(
    "our BGP address is the network's own",
    "/tunnels/{last}/bgp/localIp",
    ({ tunnels }) => networkOf(tunnels.at(-1)?.bgp?.tunnelCidr),
    bgp,
  ),
  spoils(
    "both BGP addresses are the same",
    "/tunnels/{last}/bgp/remoteIp",
    ({ tunnels }) => tunnels.at(-1)?.bgp?.localIp,
    bgp,
    ({ tunnels }) => tunnels.at(-1)?.bgp?.localIp !== undefined,
  ),
  ...["169.254.0.0/30", "169.254.6.0/30", "169.254.169.252/30"].map((tunnelCidr) =>
    breaks(
      `${tunnelCidr} is Alibaba's own`,
      "/tunnels/{last}/bgp/tunnelCidr",
      () => ({ "/tunnels/{last}/bgp": { tunnelCidr, localIp: firstHost(tunnelCidr), localAsn: 65_530 } }),
      alibaba,
      bgp,
    ),
  ),
  breaks(
    "both tunnels have the same BGP network",
    "/tunnels/1/bgp/tunnelCidr",
    ({ tunnels }) => ({ "/tunnels/1/bgp": tunnels[0]?.bgp }),
    dual,
    bgp,
  ),
];

/** Tencent: one policy for each local network, ten at most. */
const limits: Breakage[] = [
  spoils(
    "too many local networks",
    "/routing/localCidrs",
    () => Array.from({ length: 11 }, (_, index) => `203.0.113.${index}/32`),
    tencent,
    lists,
  ),
  spoils(
    "too many pairs",
    "/routing/pairs",
    () => Array.from({ length: 11 }, (_, index) => ({ local: `203.0.113.${index}/32`, remotes: ["198.51.100.0/24"] })),
    tencent,
    pairs,
  ),
  ...["qcs:team", "projectTeam"].map((key) =>
    breaks(`the reserved tag key ${key}`, `/tags/${key}`, () => ({ "/tags": { [key]: "" } }), tencent),
  ),
  breaks("a character that tag keys have not", "/tags/a*", () => ({ "/tags": { "a*": "" } }), tencent),
  breaks("a character that tag values have not", "/tags/team", () => ({ "/tags": { team: "a*" } }), tencent),
];

const settings: Breakage[] = [
  wrong("/tunnels/{last}/dpd", "default"),
  wrong("/tunnels/{last}/dpd/surprise", 1, settable),
  wrong("/tunnels/{last}/dpd/timeoutSeconds", 0, settable),
  wrong("/tunnels/{last}/natTraversal", "default"),
];

const cryptography: Breakage[] = [
  ...["ike", "ipsec"].flatMap((phase) => [
    ...["des", "3des"].map((value) => wrong(`/tunnels/{last}/${phase}/encryption`, value, strict)),
    ...["md5", "sha1"].map((value) => wrong(`/tunnels/{last}/${phase}/integrity`, value, strict)),
    ...[1, 2, 5].map((value) =>
      wrong(`/tunnels/{last}/${phase}/${phase === "ike" ? "dhGroup" : "pfsGroup"}`, value, strict),
    ),
    wrong(`/tunnels/{last}/${phase}/encryption`, "aes128gcm", alibaba),
    wrong(`/tunnels/{last}/${phase}/lifetimeSeconds`, 86_401, alibaba),
    wrong(`/tunnels/{last}/${phase}/lifetimeSeconds`, phase === "ike" ? 59 : 179, tencent),
    wrong(`/tunnels/{last}/${phase}/lifetimeSeconds`, 604_801),
  ]),
  breaks(
    "ikev1 in aggressive mode",
    "/tunnels/{last}/ike/mode",
    () => ({ "/tunnels/{last}/ike/version": "ikev1", "/tunnels/{last}/ike/mode": "aggressive" }),
    strict,
  ),
  wrong("/tunnels/{last}/ike/dhGroup", 15, alibaba),
  wrong("/tunnels/{last}/ipsec/pfsGroup", 24, alibaba),
  wrong("/tunnels/{last}/ike/integrity", "sha384", tencent),
  wrong("/tunnels/{last}/ike/integrity", "sm3", tencent),
];

const healthChecks: Breakage[] = [
  wrong("/healthCheck", { enabled: true }, dual),
  wrong("/healthCheck", { enabled: true }, tencent, policy),
  ...[
    ["timeoutMilliseconds", 500, alibaba] as const,
    ["intervalSeconds", 1.5, alibaba] as const,
    ["intervalSeconds", 1.0005, tencent] as const,
    ["intervalSeconds", 6, tencent] as const,
    ["retries", 2, tencent] as const,
    ["retries", 9, tencent] as const,
  ].map(([member, value, provider]) =>
    breaks(
      `a health check with ${member} ${value}`,
      `/healthCheck/${member}`,
      () => ({ "/healthCheck": { enabled: false, [member]: value } }),
      provider,
      single,
    ),
  ),
  breaks(
    "a health check of an address by itself",
    "/healthCheck/targetIp",
    () => ({ "/healthCheck": { enabled: false, sourceIp: "10.0.0.1", targetIp: "10.0.0.1" } }),
    tencent,
  ),
];

const otherProviders: Breakage[] = [
  wrong("/vpcId", "vpc-1", alibaba),
  wrong("/negotiation", "passive", alibaba),
  wrong("/tunnels/{last}/ipsec/lifetimeKilobytes", 2560, alibaba),
  wrong("/tunnels/{last}/dpd/timeoutSeconds", 30, alibaba, settable),
  wrong("/tunnels/{last}/dpd/action", "clear", alibaba, settable),
  wrong("/autoConfigureRoutes", true, tencent),
  wrong("/tunnels/{last}/natTraversal", false, tencent),
  wrong("/tunnels/{last}/bgp/localAsn", 65_000, tencent, bgp),
  wrong("/tunnels/{last}/remoteCaCertificate", "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----", tencent),
];

const tunnels: Breakage[] = [
  wrong("/tunnels/0/role", "backup", single),
  wrong("/tunnels/1", { customerGatewayId: "cgw-demo01" }, tencent, notBgp),
  lacks("/tunnels/{last}/role", dual),
  spoils("two tunnels of one role", "/tunnels/1/role", (request) => request.tunnels[0]?.role, dual),
  spoils("three tunnels", "/tunnels", (request) => [...request.tunnels, request.tunnels[0]], dual),
];

/** A way to break each rule of the contract, and only that one. */
export const breakages: readonly Breakage[] = [
  form,
  networks,
  policies,
  peerings,
  limits,
  settings,
  cryptography,
  healthChecks,
  otherProviders,
  tunnels,
].flat();

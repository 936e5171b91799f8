import type { EffectiveRequest, EffectiveTunnel } from "../../functions/domain/request/apply-defaults.ts";

type Fields = Record<string, unknown>;

/** Another value in a vendor's description, and the only member of the request that it makes different. */
export interface Change {
  pointer: string;
  change: (described: Fields) => void;
}

const set = (pointer: string, place: (described: Fields) => Fields, fields: Fields): Change => ({
  pointer,
  change: (described) => void Object.assign(place(described), fields),
});
const top = (described: Fields) => described;
const within =
  (name: string, place = top) =>
  (described: Fields) =>
    place(described)[name] as Fields;

/** Only changes of what was asked for: nobody is told of the others. */
function given(
  asked: object | string | undefined,
  pointer: string,
  changes: Readonly<Record<string, Change>>,
): Change[] {
  if (typeof asked !== "object") return [];
  const members = asked as Fields;
  const isOff = members["enabled"] === false;
  return Object.entries(changes).flatMap(([member, change]) =>
    members[member] === undefined || (isOff && member !== "enabled")
      ? []
      : [{ ...change, pointer: `${pointer}/${member}` }],
  );
}

const elsewhere = "192.0.2.0/24";
const toTagPointer = (key: string) => `/tags/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

function tagChanges({ tags = {} }: EffectiveRequest, rowsOf: (described: Fields) => Fields[]): Change[] {
  return Object.keys(tags).map((key) => ({
    pointer: toTagPointer(key),
    change: (described) =>
      rowsOf(described)
        .filter((row) => row["Key"] === key)
        .forEach((row) => Object.assign(row, { Value: "another" })),
  }));
}

function alibabaTunnel(tunnel: EffectiveTunnel, index: number, isDual: boolean): Change[] {
  const place = (described: Fields) => {
    if (!isDual) return described;
    const { TunnelOptions } = described["TunnelOptionsSpecification"] as { TunnelOptions: Fields[] };
    return TunnelOptions.find(({ Role }) => Role === (tunnel.role === "primary" ? "master" : "slave")) ?? {};
  };
  const pointer = `/tunnels/${index}`;
  const change = (part: (described: Fields) => Fields, fields: Fields) => set("", part, fields);
  const ike = within(isDual ? "TunnelIkeConfig" : "IkeConfig", place);
  const ipsec = within(isDual ? "TunnelIpsecConfig" : "IpsecConfig", place);
  const bgp = within(isDual ? "TunnelBgpConfig" : "VpnBgpConfig", place);
  const dpd = typeof tunnel.dpd === "object" ? tunnel.dpd.enabled : true;
  return [
    set(`${pointer}/customerGatewayId`, place, { CustomerGatewayId: "cgw-another" }),
    ...given(tunnel.ike, `${pointer}/ike`, {
      version: change(ike, { IkeVersion: "ikev3" }),
      mode: change(ike, { IkeMode: "quick" }),
      encryption: change(ike, { IkeEncAlg: "chacha20" }),
      integrity: change(ike, { IkeAuthAlg: "blake3" }),
      dhGroup: change(ike, { IkePfs: "group31" }),
      lifetimeSeconds: change(ike, { IkeLifetime: 86_401 }),
      localId: change(ike, { LocalId: "another one" }),
      remoteId: change(ike, { RemoteId: "another one" }),
    }),
    ...given(tunnel.ipsec, `${pointer}/ipsec`, {
      encryption: change(ipsec, { IpsecEncAlg: tunnel.ipsec.encryption === "des" ? "3des" : "des" }),
      integrity: change(ipsec, { IpsecAuthAlg: tunnel.ipsec.integrity === "md5" ? "sha1" : "md5" }),
      pfsGroup: change(ipsec, { IpsecPfs: tunnel.ipsec.pfsGroup === "none" ? "group2" : "disabled" }),
      lifetimeSeconds: change(ipsec, { IpsecLifetime: "86401" }),
    }),
    ...given(tunnel.dpd, `${pointer}/dpd`, { enabled: change(place, { EnableDpd: !dpd }) }),
    ...given({ natTraversal: typeof tunnel.natTraversal === "boolean" ? true : undefined }, pointer, {
      natTraversal: change(place, { EnableNatTraversal: String(tunnel.natTraversal !== true) }),
    }),
    ...given(tunnel.bgp, `${pointer}/bgp`, {
      localAsn: change(bgp, { LocalAsn: tunnel.bgp?.localAsn === 7 ? 8 : 7 }),
      tunnelCidr: change(bgp, { TunnelCidr: elsewhere }),
      localIp: change(bgp, { LocalBgpIp: "192.0.2.1" }),
      remoteIp: change(bgp, { PeerBgpIp: "192.0.2.2" }),
    }),
  ];
}

export function alibabaChanges(request: EffectiveRequest): Change[] {
  const { routing, tunnels, healthCheck } = request;
  const check = within("VcoHealthCheck");
  const change = (fields: Fields) => set("", check, fields);
  const networks = routing.pairs ? ["/routing/pairs"] : ["/routing/localCidrs", "/routing/remoteCidrs"];
  return [
    set("/name", top, { Name: "renamed" }),
    set("/vpnGatewayId", top, { VpnGatewayId: "vpn-another" }),
    ...(routing.mode === "policy"
      ? ["LocalSubnet", "RemoteSubnet"].map((field, side): Change => ({
          pointer: networks[side] ?? "/routing/pairs",
          change: (described) => Object.assign(described, { [field]: `${String(described[field])}, ${elsewhere}` }),
        }))
      : [set("/routing/mode", top, { LocalSubnet: elsewhere })]),
    ...tunnels.flatMap((tunnel, index) => alibabaTunnel(tunnel, index, tunnels.length > 1)),
    set("/negotiation", top, { EffectImmediately: request.negotiation !== "immediate" }),
    ...given(healthCheck, "/healthCheck", {
      enabled: change({ Enable: String(!healthCheck?.enabled) }),
      sourceIp: change({ Sip: "192.0.2.300" }),
      targetIp: change({ Dip: "192.0.2.300" }),
      intervalSeconds: change({ Interval: 9_999_999_999 }),
      retries: change({ Retry: "9999999999" }),
    }),
    ...tagChanges(request, (described) => (described["Tags"] as { Tag: Fields[] }).Tag),
  ];
}

function tencentTunnel({ ike, ipsec, dpd, bgp }: EffectiveTunnel): Change[] {
  const phase1 = within("IKEOptionsSpecification");
  const phase2 = within("IPSECOptionsSpecification");
  const change = (part: (described: Fields) => Fields, fields: Fields) => set("", part, fields);
  const isOn = typeof dpd === "object" && dpd.enabled;
  return [
    set("/tunnels/0/customerGatewayId", top, { CustomerGatewayId: "cgw-another" }),
    ...given(ike, "/tunnels/0/ike", {
      version: change(phase1, { IKEVersion: "IKEV3" }),
      mode: change(phase1, { ExchangeMode: "QUICK" }),
      encryption: change(phase1, { PropoEncryAlgorithm: "CHACHA20" }),
      integrity: change(phase1, { PropoAuthenAlgorithm: ike.integrity === "md5" ? "SHA" : "MD5" }),
      dhGroup: change(phase1, { DhGroupName: "GROUP31" }),
      lifetimeSeconds: change(phase1, { IKESaLifetimeSeconds: 604_801 }),
      localId: change(phase1, { LocalIdentity: "FQDN", LocalFqdnName: "another one" }),
      remoteId: change(phase1, { RemoteIdentity: "ADDRESS", RemoteAddress: "192.0.2.300" }),
    }),
    ...given(ipsec, "/tunnels/0/ipsec", {
      encryption: change(phase2, { EncryptAlgorithm: "NULL" }),
      integrity: change(phase2, { IntegrityAlgorith: ipsec.integrity === "sha1" ? "SM3" : "SHA1" }),
      pfsGroup: change(phase2, { PfsDhGroup: ipsec.pfsGroup === "none" ? "DH-GROUP2" : "NULL" }),
      lifetimeSeconds: change(phase2, { IPSECSaLifetimeSeconds: 604_801 }),
      lifetimeKilobytes: change(phase2, { IPSECSaLifetimeTraffic: 2559 }),
    }),
    ...given(dpd, "/tunnels/0/dpd", {
      enabled: change(top, { DpdEnable: isOn ? 0 : 1 }),
      timeoutSeconds: change(top, { DpdTimeout: "9999999999" }),
      action: change(top, { DpdAction: "hold" }),
    }),
    ...given(bgp, "/tunnels/0/bgp", {
      tunnelCidr: change(within("BgpConfig"), { TunnelCidr: elsewhere }),
      localIp: change(within("BgpConfig"), { LocalBgpIp: "192.0.2.1" }),
      remoteIp: change(within("BgpConfig"), { RemoteBgpIp: "192.0.2.2" }),
    }),
  ];
}

export function tencentChanges(request: EffectiveRequest): Change[] {
  const { routing, tunnels, healthCheck } = request;
  const change = (fields: Fields) => set("", top, fields);
  const probe = (fields: Fields) => set("", within("HealthCheckConfig"), fields);
  const policies = (described: Fields) => described["SecurityPolicyDatabaseSet"] as Fields[];
  return [
    set("/name", top, { VpnConnectionName: "renamed" }),
    set("/vpnGatewayId", top, { VpnGatewayId: "vpngw-another" }),
    ...given({ vpcId: request.vpcId }, "", { vpcId: change({ VpcId: "vpc-another" }) }),
    set("/routing/mode", top, { RouteType: "STATIC" }),
    ...(routing.mode === "policy"
      ? [
          {
            pointer: routing.pairs ? "/routing/pairs" : "/routing/localCidrs",
            change: (described: Fields) =>
              void policies(described).push({ ...policies(described)[0], LocalCidrBlock: elsewhere }),
          },
          {
            pointer: routing.pairs ? "/routing/pairs" : "/routing/remoteCidrs",
            change: (described: Fields) =>
              void Object.assign(policies(described)[0] ?? {}, { RemoteCidrBlock: [elsewhere] }),
          },
        ]
      : []),
    ...tunnels.flatMap(tencentTunnel),
    set("/negotiation", top, { NegotiationType: "never" }),
    ...given(healthCheck, "/healthCheck", {
      enabled: change({ EnableHealthCheck: !healthCheck?.enabled }),
      sourceIp: change({ HealthCheckLocalIp: "192.0.2.300" }),
      targetIp: change({ HealthCheckRemoteIp: "192.0.2.300" }),
      intervalSeconds: probe({ ProbeInterval: 5001 }),
      retries: probe({ ProbeThreshold: 9 }),
      timeoutMilliseconds: probe({ ProbeTimeout: 5001 }),
    }),
    ...tagChanges(request, (described) => described["TagSet"] as Fields[]),
  ];
}

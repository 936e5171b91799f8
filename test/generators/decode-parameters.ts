import type { CreateRequest } from "../../functions/domain/request/create-request.ts";

type Fields = Record<string, unknown>;
type Words = Readonly<Record<string, unknown>>;

/** A create as the vendor understood it, in the broker's words; networks as the pairs that may talk to one another. */
export interface Decoded {
  request: Fields;
  /** `<local> <remote>`, sorted. */
  pairs: string[];
}

/** The vendors' documents, read backwards: written without a look at the broker's own tables. */
const alibabaCiphers = { aes: "aes128", aes192: "aes192", aes256: "aes256", des: "des", "3des": "3des", sm4: "sm4" };
const alibabaHashes = { md5: "md5", sha1: "sha1", sha256: "sha256", sha384: "sha384", sha512: "sha512", sm3: "sm3" };
const alibabaGroups = { group1: 1, group2: 2, group5: 5, group14: 14, disabled: "none" };
const tencentCiphers = {
  "3DES-CBC": "3des",
  "AES-CBC-128": "aes128",
  "AES-CBC-192": "aes192",
  "AES-CBC-256": "aes256",
  "DES-CBC": "des",
  SM4: "sm4",
  AES128GCM128: "aes128gcm",
  AES192GCM128: "aes192gcm",
  AES256GCM128: "aes256gcm",
};
const tencentHashes = { MD5: "md5", "SHA-256": "sha256", "SHA-512": "sha512" };
const groupNumbers = [1, 2, 5, 14, 15, 16, 19, 20, 21, 24];
const boolean = { true: true, false: false };

function word(table: Words, value: unknown): unknown {
  if (value === undefined) return undefined;
  const known = `${value as string | number}`;
  if (!Object.hasOwn(table, known)) throw new Error(`the vendor has no such word: ${known}`);
  return table[known];
}

const number = (value: unknown) => (value === undefined ? undefined : Number(value));

/** Leaves out what is not there, and parts with nothing in them. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, compact(member)] as const);
  const kept = members.filter(([, member]) => member !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

const json = (value: unknown) => (value === undefined ? {} : JSON.parse(value as string)) as Fields;

/** Builds the tree that dotted names such as `Tags.1.Key` describe. */
function unflatten(flat: Readonly<Record<string, string>>): Fields {
  const root: Fields = {};
  for (const [path, value] of Object.entries(flat)) {
    const steps = path.split(".");
    let holder = root;
    for (const step of steps.slice(0, -1)) holder = (holder[step] ??= {}) as Fields;
    holder[steps.at(-1) ?? ""] = value;
  }
  return root;
}

const items = (list: unknown) => Object.values((list ?? {}) as Fields) as Fields[];

function alibabaTunnel(role: unknown, fields: Fields, ike: Fields, ipsec: Fields, bgp: Fields): Fields {
  return {
    role: word({ master: "primary", slave: "backup" }, role),
    customerGatewayId: fields["CustomerGatewayId"],
    preSharedKey: ike["Psk"],
    ike: {
      version: ike["IkeVersion"],
      mode: ike["IkeMode"],
      encryption: word(alibabaCiphers, ike["IkeEncAlg"]),
      integrity: word(alibabaHashes, ike["IkeAuthAlg"]),
      dhGroup: word(alibabaGroups, ike["IkePfs"]),
      lifetimeSeconds: number(ike["IkeLifetime"]),
      localId: ike["LocalId"],
      remoteId: ike["RemoteId"],
    },
    ipsec: {
      encryption: word(alibabaCiphers, ipsec["IpsecEncAlg"]),
      integrity: word(alibabaHashes, ipsec["IpsecAuthAlg"]),
      pfsGroup: word(alibabaGroups, ipsec["IpsecPfs"]),
      lifetimeSeconds: number(ipsec["IpsecLifetime"]),
    },
    dpd: { enabled: word(boolean, fields["EnableDpd"]) },
    natTraversal: word(boolean, fields["EnableNatTraversal"]),
    bgp: { localAsn: number(bgp["LocalAsn"]), tunnelCidr: bgp["TunnelCidr"], localIp: bgp["LocalBgpIp"] },
    remoteCaCertificate: fields["RemoteCaCertificate"],
  };
}

/** Reads Alibaba's flat parameters as they come out of a form body. */
export function decodeAlibaba(flat: Readonly<Record<string, string>>): Decoded {
  const fields = unflatten(flat);
  const dual = items(fields["TunnelOptionsSpecification"]);
  const health = json(fields["HealthCheckConfig"]);
  const singleBgp = json(fields["BgpConfig"]);
  const single = () =>
    alibabaTunnel(undefined, fields, json(fields["IkeConfig"]), json(fields["IpsecConfig"]), singleBgp);
  const locals = String(fields["LocalSubnet"]).split(",");
  const remotes = String(fields["RemoteSubnet"]).split(",");
  const usesBgp = word(boolean, fields["EnableTunnelsBgp"] ?? singleBgp["EnableBgp"] ?? "false");
  const everything = locals.concat(remotes).every((network) => network === "0.0.0.0/0");
  const request = {
    region: fields["RegionId"],
    name: fields["Name"],
    vpnGatewayId: fields["VpnGatewayId"],
    routing: { mode: everything ? (usesBgp ? "bgp" : "route") : "policy" },
    tunnels:
      dual.length > 0
        ? dual.map((tunnel) => {
            const part = (name: string) => (tunnel[name] ?? {}) as Fields;
            const bgp = part("TunnelBgpConfig");
            return alibabaTunnel(tunnel["Role"], tunnel, part("TunnelIkeConfig"), part("TunnelIpsecConfig"), bgp);
          })
        : [single()],
    negotiation: word({ true: "immediate", false: "on-traffic" }, fields["EffectImmediately"]),
    autoConfigureRoutes: word(boolean, fields["AutoConfigRoute"]),
    healthCheck: {
      enabled: word(boolean, health["enable"]),
      sourceIp: health["sip"],
      targetIp: health["dip"],
      intervalSeconds: number(health["interval"]),
      retries: number(health["retry"]),
    },
    tags: Object.fromEntries(items(fields["Tags"]).map(({ Key, Value }) => [Key, Value])),
  };
  const pairs = everything ? [] : locals.flatMap((local) => remotes.map((remote) => `${local} ${remote}`));
  return { request: compact(request) as Fields, pairs: pairs.toSorted() };
}

function tencentIdentity(ike: Fields, side: "Local" | "Remote"): unknown {
  const kind = ike[`${side}Identity`];
  if (kind === undefined) return undefined;
  return kind === "ADDRESS" ? ike[`${side}Address`] : ike[`${side}FqdnName`];
}

/** Reads the JSON body of a create at Tencent. */
export function decodeTencent(body: Fields, region: string): Decoded {
  const part = (name: string) => (body[name] ?? {}) as Fields;
  const [ike, ipsec, bgp, probes] = [
    part("IKEOptionsSpecification"),
    part("IPSECOptionsSpecification"),
    part("BgpConfig"),
    part("HealthCheckConfig"),
  ];
  const groups = (prefix: string) => Object.fromEntries(groupNumbers.map((group) => [`${prefix}${group}`, group]));
  const policies = (body["SecurityPolicyDatabases"] ?? []) as { LocalCidrBlock: string; RemoteCidrBlock: string[] }[];
  const interval = number(probes["ProbeInterval"]);
  const request = {
    region,
    name: body["VpnConnectionName"],
    vpnGatewayId: body["VpnGatewayId"],
    vpcId: body["VpcId"],
    routing: { mode: word({ Policy: "policy", StaticRoute: "route", Bgp: "bgp" }, body["RouteType"]) },
    tunnels: [
      {
        customerGatewayId: body["CustomerGatewayId"],
        preSharedKey: body["PreShareKey"],
        ike: {
          version: word({ IKEV1: "ikev1", IKEV2: "ikev2" }, ike["IKEVersion"]),
          mode: word({ MAIN: "main", AGGRESSIVE: "aggressive" }, ike["ExchangeMode"]),
          encryption: word(tencentCiphers, ike["PropoEncryAlgorithm"]),
          integrity: word({ ...tencentHashes, SHA: "sha1" }, ike["PropoAuthenAlgorithm"]),
          dhGroup: word(groups("GROUP"), ike["DhGroupName"]),
          lifetimeSeconds: ike["IKESaLifetimeSeconds"],
          localId: tencentIdentity(ike, "Local"),
          remoteId: tencentIdentity(ike, "Remote"),
        },
        ipsec: {
          encryption: word(tencentCiphers, ipsec["EncryptAlgorithm"]),
          integrity: word(
            { ...tencentHashes, SHA1: "sha1", "SHA-384": "sha384", SM3: "sm3" },
            ipsec["IntegrityAlgorith"],
          ),
          pfsGroup: word({ ...groups("DH-GROUP"), NULL: "none" }, ipsec["PfsDhGroup"]),
          lifetimeSeconds: ipsec["IPSECSaLifetimeSeconds"],
          lifetimeKilobytes: ipsec["IPSECSaLifetimeTraffic"],
        },
        dpd: {
          enabled: word({ 0: false, 1: true }, body["DpdEnable"]),
          timeoutSeconds: number(body["DpdTimeout"]),
          action: body["DpdAction"],
        },
        bgp: { tunnelCidr: bgp["TunnelCidr"], localIp: bgp["LocalBgpIp"], remoteIp: bgp["RemoteBgpIp"] },
      },
    ],
    negotiation: word({ active: "immediate", flowTrigger: "on-traffic", passive: "passive" }, body["NegotiationType"]),
    healthCheck: {
      enabled: body["EnableHealthCheck"],
      sourceIp: body["HealthCheckLocalIp"],
      targetIp: body["HealthCheckRemoteIp"],
      intervalSeconds: interval === undefined ? undefined : interval / 1000,
      retries: probes["ProbeThreshold"],
      timeoutMilliseconds: probes["ProbeTimeout"],
    },
    tags: Object.fromEntries(((body["Tags"] ?? []) as Fields[]).map(({ Key, Value }) => [Key, Value])),
  };
  const pairs = policies.flatMap(({ LocalCidrBlock: local, RemoteCidrBlock: remotes }) =>
    remotes.map((remote) => `${local} ${remote}`),
  );
  return { request: compact(request) as Fields, pairs: pairs.toSorted() };
}

/** The pairs of networks that a request asks for, in the form of {@link Decoded.pairs}. */
export function pairsOf({ routing }: CreateRequest): string[] {
  const { localCidrs = [], remoteCidrs = [], pairs = [] } = routing;
  const listed = localCidrs.flatMap((local) => remoteCidrs.map((remote) => `${local} ${remote}`));
  return [
    ...listed,
    ...pairs.flatMap(({ local, remotes }) => remotes.map((remote) => `${local} ${remote}`)),
  ].toSorted();
}

import type { ProviderName } from "../../functions/domain/values.ts";
import type { AlibabaCloud } from "../../packages/simulators/src/alibaba/cloud.ts";
import type { Connection as AlibabaConnection } from "../../packages/simulators/src/alibaba/resources.ts";
import type { TencentCloud } from "../../packages/simulators/src/tencent/cloud.ts";
import type { Connection as TencentConnection } from "../../packages/simulators/src/tencent/resources.ts";
import { customerGateways, type World } from "./world.ts";

interface Clouds {
  alibaba: AlibabaCloud;
  tencent: TencentCloud;
}

/** Many connections of others, on every gateway and between the same two as ours. */
export function settle(clouds: Clouds, { gateways, strangers, plans }: World): void {
  for (const { provider, id } of gateways) {
    const { region = "" } = plans.find(({ request }) => request.provider === provider)?.request ?? {};
    const cloud = clouds[provider];
    const connections = cloud.tables.connections as Map<string, AlibabaConnection | TencentConnection>;
    for (let n = 0; n < strangers; n += 1) {
      // At Alibaba those between the same two gateways have to have the same phase 1.
      const customer = provider === "alibaba" ? "cgw-theirs" : `cgw-${(n % customerGateways) + 1}`;
      const network = `${100 + (n % 100)}.${Math.floor(n / 100)}.0/24`;
      // The first one has a remote network of ours, and nothing else.
      const remote = n === 0 ? "172.16.1.0/24" : `11.${network}`;
      const place = { id: `other-${id}-${n}`, gateway: id, region, customer, local: `10.${network}`, remote };
      connections.set(place.id, stranger(provider, place));
    }
  }
}

/** A connection of somebody else, which was there before. */
function stranger(
  vendor: ProviderName,
  {
    id,
    gateway,
    region,
    customer,
    local,
    remote,
  }: Record<"id" | "gateway" | "region" | "customer" | "local" | "remote", string>,
): AlibabaConnection | TencentConnection {
  const times = { visibleAt: 0, settledAt: 0 };
  const healthCheck = { enable: false, sip: "", dip: "", interval: 3, retry: 3 };
  if (vendor === "alibaba") {
    const ike = {
      Psk: "x",
      IkeVersion: "ikev2",
      IkeMode: "main",
      IkeEncAlg: "aes",
      IkeAuthAlg: "sha256",
      IkePfs: "group14",
    };
    const tunnel = {
      TunnelId: `t-${id}`,
      Role: "master",
      CustomerGatewayId: customer,
      InternetIp: "203.0.113.1",
      EnableDpd: true,
      EnableNatTraversal: true,
      RemoteCaCertificate: "",
      ike: { ...ike, IkeLifetime: 86_400, LocalId: "", RemoteId: "" },
      ipsec: { IpsecEncAlg: "aes", IpsecAuthAlg: "sha256", IpsecPfs: "group14", IpsecLifetime: 3600 },
    };
    const switches = { EffectImmediately: true, AutoConfigRoute: true, dualTunnel: false, EnableBgp: false };
    const networks = { LocalSubnet: local, RemoteSubnet: remote };
    const place = { VpnConnectionId: id, RegionId: region, VpnGatewayId: gateway, Name: `theirs-${id}` };
    return { ...place, ...networks, ...switches, tunnels: [tunnel], healthCheck, tags: {}, CreateTime: 0, ...times };
  }
  return {
    VpnConnectionId: id,
    Region: region,
    VpcId: "vpc-demo",
    VpnGatewayId: gateway,
    CustomerGatewayId: customer,
    VpnConnectionName: `theirs-${id}`,
    PreShareKey: "x",
    RouteType: "Policy",
    SecurityPolicyDatabaseSet: [{ LocalCidrBlock: local, RemoteCidrBlock: [remote] }],
    IKEOptionsSpecification: {
      PropoEncryAlgorithm: "AES-CBC-128",
      PropoAuthenAlgorithm: "SHA-256",
      ExchangeMode: "MAIN",
      LocalIdentity: "ADDRESS",
      RemoteIdentity: "ADDRESS",
      LocalAddress: "203.0.113.1",
      RemoteAddress: "198.51.100.1",
      LocalFqdnName: "",
      RemoteFqdnName: "",
      DhGroupName: "GROUP14",
      IKESaLifetimeSeconds: 86_400,
      IKEVersion: "IKEV2",
    },
    IPSECOptionsSpecification: {
      EncryptAlgorithm: "AES-CBC-128",
      IntegrityAlgorith: "SHA-256",
      IPSECSaLifetimeSeconds: 3600,
      PfsDhGroup: "NULL",
      IPSECSaLifetimeTraffic: 1_843_200,
    },
    NegotiationType: "active",
    DpdEnable: 1,
    DpdTimeout: "30",
    DpdAction: "restart",
    EnableHealthCheck: false,
    HealthCheckLocalIp: "",
    HealthCheckRemoteIp: "",
    tags: {},
    createdAt: 0,
    ...times,
  };
}

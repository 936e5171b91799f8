import type { IdSource } from "../ids.ts";
import { formatAddress } from "../ipv4.ts";
import type { ConnectionRequest } from "./connection-request.ts";
import type { CreateContext } from "./gateway-rules.ts";
import type { Connection, IkeOptions, IpsecOptions } from "./resources.ts";
import { tagsByKey } from "./tag-rules.ts";

type Placement = "VpnConnectionId" | "Region" | "createdAt" | "visibleAt" | "settledAt" | "goneAt" | "leaving";

/** A connection with every default filled in, those of the SDK where the document says otherwise. */
export function resolveConnection(
  request: ConnectionRequest,
  { gateway, customerGateway }: CreateContext,
  ids: IdSource,
): Omit<Connection, Placement> {
  const checked = request.EnableHealthCheck ?? false;
  const addresses = checked ? healthCheckAddresses(ids) : { local: "", remote: "" };
  const { BgpConfig: bgp, HealthCheckConfig: probes } = request;
  return {
    VpcId: request.VpcId ?? "",
    VpnGatewayId: request.VpnGatewayId,
    CustomerGatewayId: request.CustomerGatewayId,
    VpnConnectionName: request.VpnConnectionName,
    PreShareKey: request.PreShareKey,
    RouteType: request.RouteType ?? "STATIC",
    SecurityPolicyDatabaseSet: request.SecurityPolicyDatabases ?? [],
    IKEOptionsSpecification: resolveIke(request, gateway.PublicIpAddress, customerGateway.IpAddress),
    IPSECOptionsSpecification: resolveIpsec(request),
    NegotiationType: request.NegotiationType ?? "active",
    DpdEnable: request.DpdEnable ?? 0,
    DpdTimeout: request.DpdTimeout ?? "30",
    DpdAction: request.DpdAction ?? "restart",
    EnableHealthCheck: checked,
    HealthCheckLocalIp: request.HealthCheckLocalIp || addresses.local,
    HealthCheckRemoteIp: request.HealthCheckRemoteIp || addresses.remote,
    ...(checked && {
      HealthCheckConfig: {
        ProbeType: "NQA",
        ProbeInterval: probes?.ProbeInterval ?? 5_000,
        ProbeThreshold: probes?.ProbeThreshold ?? 3,
        ProbeTimeout: probes?.ProbeTimeout ?? 150,
      },
    }),
    ...(bgp && {
      BgpConfig: {
        ...bgp,
        LocalBgpAsn: String(gateway.BgpAsn),
        RemoteBgpAsn: String(customerGateway.BgpAsn),
      },
    }),
    tags: tagsByKey(request.Tags ?? []),
  };
}

/** A pair of neighbours in 169.254.128.0/17, from which the cloud takes such addresses. */
export function healthCheckAddresses(ids: IdSource): { local: string; remote: string } {
  const block = (169 * 256 + 254) * 65_536 + 32_768 + ids.integer(8_192) * 4;
  return { local: formatAddress(block + 1), remote: formatAddress(block + 2) };
}

function resolveIke(
  { IKEOptionsSpecification: ike = {} }: ConnectionRequest,
  gatewayAddress: string,
  customerAddress: string,
): IkeOptions {
  const localByName = ike.LocalIdentity === "FQDN";
  const remoteByName = ike.RemoteIdentity === "FQDN";
  return {
    PropoEncryAlgorithm: ike.PropoEncryAlgorithm ?? "3DES-CBC",
    PropoAuthenAlgorithm: ike.PropoAuthenAlgorithm ?? "SHA",
    ExchangeMode: ike.ExchangeMode ?? "MAIN",
    LocalIdentity: ike.LocalIdentity ?? "ADDRESS",
    RemoteIdentity: ike.RemoteIdentity ?? "ADDRESS",
    LocalAddress: localByName ? "" : ike.LocalAddress || gatewayAddress,
    RemoteAddress: remoteByName ? "" : ike.RemoteAddress || customerAddress,
    LocalFqdnName: localByName ? (ike.LocalFqdnName ?? "") : "",
    RemoteFqdnName: remoteByName ? (ike.RemoteFqdnName ?? "") : "",
    DhGroupName: ike.DhGroupName ?? "GROUP1",
    IKESaLifetimeSeconds: ike.IKESaLifetimeSeconds ?? 86_400,
    IKEVersion: ike.IKEVersion ?? "IKEV1",
  };
}

/** The misspelt member is the older one and the one that is always answered. */
function resolveIpsec({ IPSECOptionsSpecification: ipsec = {} }: ConnectionRequest): IpsecOptions {
  return {
    EncryptAlgorithm: ipsec.EncryptAlgorithm ?? "AES-CBC-128",
    IntegrityAlgorith: ipsec.IntegrityAlgorith ?? ipsec.IntegrityAlgorithm ?? "SHA1",
    IPSECSaLifetimeSeconds: ipsec.IPSECSaLifetimeSeconds ?? 14_400,
    PfsDhGroup: ipsec.PfsDhGroup ?? "NULL",
    IPSECSaLifetimeTraffic: ipsec.IPSECSaLifetimeTraffic ?? 4_096_000_000,
  };
}

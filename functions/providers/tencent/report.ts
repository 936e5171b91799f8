import * as z from "zod";
import { flag, maybeObject, maybeRows, shown, shownList, shownTags, whole } from "../../domain/provider/answer.ts";
import { type ReportedParameters, toReported } from "../../domain/provider/reported.ts";
import { words } from "./mapping.ts";

/** What DescribeVpnConnections shows of the parameters of a create. The key is beside them, and is not named. */
export const described = {
  VpnConnectionName: shown,
  VpnGatewayId: shown,
  VpcId: shown,
  CustomerGatewayId: shown,
  RouteType: shown,
  SecurityPolicyDatabaseSet: maybeRows({ LocalCidrBlock: shown, RemoteCidrBlock: shownList }),
  IKEOptionsSpecification: maybeObject({
    IKEVersion: shown,
    ExchangeMode: shown,
    PropoEncryAlgorithm: shown,
    PropoAuthenAlgorithm: shown,
    DhGroupName: shown,
    IKESaLifetimeSeconds: whole,
    LocalIdentity: shown,
    LocalAddress: shown,
    LocalFqdnName: shown,
    RemoteIdentity: shown,
    RemoteAddress: shown,
    RemoteFqdnName: shown,
  }),
  IPSECOptionsSpecification: maybeObject({
    EncryptAlgorithm: shown,
    // Sic; the SDK has both.
    IntegrityAlgorith: shown,
    IntegrityAlgorithm: shown,
    PfsDhGroup: shown,
    IPSECSaLifetimeSeconds: whole,
    IPSECSaLifetimeTraffic: whole,
  }),
  NegotiationType: shown,
  DpdEnable: flag,
  DpdTimeout: whole,
  DpdAction: shown,
  BgpConfig: maybeObject({ TunnelCidr: shown, LocalBgpIp: shown, RemoteBgpIp: shown }),
  EnableHealthCheck: flag,
  HealthCheckLocalIp: shown,
  HealthCheckRemoteIp: shown,
  HealthCheckConfig: maybeObject({ ProbeInterval: whole, ProbeThreshold: whole, ProbeTimeout: whole }),
  TagSet: shownTags,
};
const schema = z.object(described);

type Described = z.infer<typeof schema>;

/** The inverse of `toCreateRequest`, of what the vendor shows. */
export function toReport(seen: Described): ReportedParameters {
  const { BgpConfig: peering, HealthCheckConfig: probe } = seen;
  const interval = probe?.ProbeInterval;
  return toReported({
    name: seen.VpnConnectionName,
    vpnGatewayId: seen.VpnGatewayId,
    vpcId: seen.VpcId,
    routing: { mode: words.routeType.toValue(seen.RouteType), pairs: toPairs(seen) },
    tunnels: [
      {
        customerGatewayId: seen.CustomerGatewayId,
        ike: toIke(seen),
        ipsec: toIpsec(seen),
        dpd: { enabled: seen.DpdEnable, timeoutSeconds: seen.DpdTimeout, action: seen.DpdAction },
        bgp: peering && {
          tunnelCidr: peering.TunnelCidr,
          localIp: peering.LocalBgpIp,
          remoteIp: peering.RemoteBgpIp,
        },
      },
    ],
    negotiation: words.negotiation.toValue(seen.NegotiationType),
    healthCheck: {
      enabled: seen.EnableHealthCheck,
      sourceIp: seen.HealthCheckLocalIp,
      targetIp: seen.HealthCheckRemoteIp,
      intervalSeconds: interval === undefined ? undefined : interval / 1000,
      retries: probe?.ProbeThreshold,
      timeoutMilliseconds: probe?.ProbeTimeout,
    },
    tags: seen.TagSet,
  });
}

function toPairs({ SecurityPolicyDatabaseSet }: Described): { local: string; remotes: string[] }[] {
  return SecurityPolicyDatabaseSet.flatMap(({ LocalCidrBlock: local, RemoteCidrBlock: remotes = [] }) =>
    local === undefined || remotes.length === 0 ? [] : [{ local, remotes }],
  );
}

function toIke({ IKEOptionsSpecification: phase }: Described) {
  return (
    phase && {
      version: words.version.toValue(phase.IKEVersion),
      mode: words.mode.toValue(phase.ExchangeMode),
      encryption: words.encryption.toValue(phase.PropoEncryAlgorithm),
      integrity: words.ikeIntegrity.toValue(phase.PropoAuthenAlgorithm),
      dhGroup: words.dhGroup.toValue(phase.DhGroupName),
      lifetimeSeconds: phase.IKESaLifetimeSeconds,
      localId: toIdentity(phase.LocalIdentity, phase.LocalAddress, phase.LocalFqdnName),
      remoteId: toIdentity(phase.RemoteIdentity, phase.RemoteAddress, phase.RemoteFqdnName),
    }
  );
}

function toIpsec({ IPSECOptionsSpecification: phase }: Described) {
  return (
    phase && {
      encryption: words.encryption.toValue(phase.EncryptAlgorithm),
      integrity: words.ipsecIntegrity.toValue(phase.IntegrityAlgorith ?? phase.IntegrityAlgorithm),
      pfsGroup: words.pfsGroup.toValue(phase.PfsDhGroup),
      lifetimeSeconds: phase.IPSECSaLifetimeSeconds,
      lifetimeKilobytes: phase.IPSECSaLifetimeTraffic,
    }
  );
}

/** An identity is an address or a name, and the other field may still have something in it. */
function toIdentity(kind: string | undefined, address: string | undefined, name: string | undefined) {
  return kind?.toUpperCase() === "FQDN" ? name : (address ?? name);
}

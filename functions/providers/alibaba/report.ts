import * as z from "zod";
import {
  flag,
  maybeJson,
  maybeObject,
  maybeRows,
  label,
  shown,
  shownList,
  shownTags,
  whole,
} from "../../domain/provider/answer.ts";
import { type ReportedParameters, type ReportedTunnel, type Seen, toReported } from "../../domain/provider/reported.ts";
import { toAsNumber } from "../../domain/request/apply-defaults.ts";
import { everything, words } from "./mapping.ts";

/** A number, or its two halves, as the create takes it too. */
const asn = label.transform((text = "") =>
  /^\d{1,10}$/.test(text) ? Number(text) : /^\d{1,5}\.\d{1,5}$/.test(text) ? toAsNumber(text) : undefined,
);

const ike = {
  IkeVersion: shown,
  IkeMode: shown,
  IkeEncAlg: shown,
  IkeAuthAlg: shown,
  IkePfs: shown,
  IkeLifetime: whole,
  LocalId: shown,
  RemoteId: shown,
};
const ipsec = { IpsecEncAlg: shown, IpsecAuthAlg: shown, IpsecPfs: shown, IpsecLifetime: whole };
const bgp = { LocalAsn: asn, TunnelCidr: shown, LocalBgpIp: shown, PeerBgpIp: shown };
const switches = { CustomerGatewayId: shown, EnableDpd: flag, EnableNatTraversal: flag };

/** What DescribeVpnConnection shows of the parameters of a create. The key is beside them, and is not named. */
export const described = {
  Name: shown,
  VpnGatewayId: shown,
  LocalSubnet: shownList,
  RemoteSubnet: shownList,
  EffectImmediately: flag,
  ...switches,
  IkeConfig: maybeJson(ike),
  IpsecConfig: maybeJson(ipsec),
  VpnBgpConfig: maybeJson({ ...bgp, EnableBgp: flag }),
  VcoHealthCheck: maybeJson({ Enable: flag, Sip: shown, Dip: shown, Interval: whole, Retry: whole }),
  EnableTunnelsBgp: flag,
  TunnelOptionsSpecification: maybeObject({
    TunnelOptions: maybeRows({
      Role: shown,
      ...switches,
      TunnelIkeConfig: maybeJson(ike),
      TunnelIpsecConfig: maybeJson(ipsec),
      TunnelBgpConfig: maybeJson(bgp),
    }),
  }),
  Tags: maybeObject({ Tag: shownTags }),
};
const schema = z.object(described);

type Described = z.infer<typeof schema>;
type DescribedTunnel = NonNullable<Described["TunnelOptionsSpecification"]>["TunnelOptions"][number];

/** The inverse of `toCreateRequest`, of what the vendor shows. */
export function toReport(seen: Described): ReportedParameters {
  const dual = seen.TunnelOptionsSpecification?.TunnelOptions ?? [];
  const usesBgp = dual.length > 0 ? seen.EnableTunnelsBgp : seen.VpnBgpConfig?.EnableBgp;
  const { IkeConfig, IpsecConfig, VpnBgpConfig, VcoHealthCheck: check } = seen;
  const single = {
    ...seen,
    Role: undefined,
    TunnelIkeConfig: IkeConfig,
    TunnelIpsecConfig: IpsecConfig,
    TunnelBgpConfig: VpnBgpConfig,
  };
  return toReported({
    name: seen.Name,
    vpnGatewayId: seen.VpnGatewayId,
    routing: toRouting(seen, usesBgp ?? false),
    tunnels: (dual.length > 0 ? dual : [single]).map((tunnel) => toTunnel(tunnel, usesBgp ?? true)),
    negotiation: toNegotiation(seen.EffectImmediately),
    healthCheck: check && {
      enabled: check.Enable,
      sourceIp: check.Sip,
      targetIp: check.Dip,
      intervalSeconds: check.Interval,
      retries: check.Retry,
    },
    tags: seen.Tags?.Tag,
  });
}

function toNegotiation(immediately: boolean | undefined): string | undefined {
  if (immediately === undefined) return undefined;
  return immediately ? "immediate" : "on-traffic";
}

function toRouting({ LocalSubnet = [], RemoteSubnet = [] }: Described, usesBgp: boolean) {
  if (LocalSubnet.length === 0 || RemoteSubnet.length === 0) return undefined;
  if ([...LocalSubnet, ...RemoteSubnet].every((network) => network === everything)) {
    return { mode: usesBgp ? "bgp" : "route" };
  }
  return { mode: "policy", localCidrs: LocalSubnet, remoteCidrs: RemoteSubnet };
}

function toTunnel(tunnel: DescribedTunnel, usesBgp: boolean): Partial<Seen<ReportedTunnel>> {
  const { TunnelIkeConfig: phase1, TunnelIpsecConfig: phase2, TunnelBgpConfig: peering } = tunnel;
  return {
    role: words.role.toValue(tunnel.Role),
    customerGatewayId: tunnel.CustomerGatewayId,
    ike: phase1 && {
      version: words.version.toValue(phase1.IkeVersion),
      mode: words.mode.toValue(phase1.IkeMode),
      encryption: words.encryption.toValue(phase1.IkeEncAlg),
      integrity: words.integrity.toValue(phase1.IkeAuthAlg),
      dhGroup: words.group.toValue(phase1.IkePfs),
      lifetimeSeconds: phase1.IkeLifetime,
      localId: phase1.LocalId,
      remoteId: phase1.RemoteId,
    },
    ipsec: phase2 && {
      encryption: words.encryption.toValue(phase2.IpsecEncAlg),
      integrity: words.integrity.toValue(phase2.IpsecAuthAlg),
      pfsGroup: words.group.toValue(phase2.IpsecPfs),
      lifetimeSeconds: phase2.IpsecLifetime,
    },
    dpd: { enabled: tunnel.EnableDpd },
    natTraversal: tunnel.EnableNatTraversal,
    bgp: usesBgp
      ? peering && {
          localAsn: peering.LocalAsn,
          tunnelCidr: peering.TunnelCidr,
          localIp: peering.LocalBgpIp,
          remoteIp: peering.PeerBgpIp,
        }
      : undefined,
  };
}

import { showInstead } from "../show-instead.ts";
import type { AlibabaAccount } from "./account.ts";
import type { Connection, CustomerGateway, Gateway, Tunnel } from "./resources.ts";

type View = Record<string, unknown>;

/** A gateway as DescribeVpnGateway and DescribeVpnGateways show it. */
export function viewGateway(account: AlibabaAccount, gateway: Gateway): View {
  const { RegionId: _region, traits, ...documented } = gateway;
  return {
    ...documented,
    Status: account.gatewayStatus(gateway),
    NetworkType: "public",
    SslMaxConnections: 5,
    AutoPropagate: true,
    EndTime: 0,
    ResourceGroupId: "",
    Tag: JSON.stringify({
      VpnEnableBgp: String(traits.supportsBgp),
      VpnNewImage: "true",
      VpnVersion: traits.supportsDpd ? "v1.2.9" : "v1.0.0",
    }),
    Tags: { Tag: [] },
  };
}

/** A customer gateway as the describe calls show it. */
export function viewCustomerGateway(customerGateway: CustomerGateway): View {
  const { RegionId: _region, ...documented } = customerGateway;
  return { ...documented, ResourceGroupId: "", Tags: { Tag: [] } };
}

/** A connection as DescribeVpnConnection shows it, pre-shared keys in clear like the real cloud. */
export function viewConnection(account: AlibabaAccount, connection: Connection): View {
  return showInstead(describeConnection(account, connection), account.settings.shownInstead);
}

function describeConnection(account: AlibabaAccount, connection: Connection): View {
  const [first] = connection.tunnels;
  const single = connection.dualTunnel ? undefined : first;
  return {
    VpnConnectionId: connection.VpnConnectionId,
    VpnGatewayId: connection.VpnGatewayId,
    CustomerGatewayId: single?.CustomerGatewayId ?? "",
    Name: connection.Name,
    LocalSubnet: connection.LocalSubnet,
    RemoteSubnet: connection.RemoteSubnet,
    EffectImmediately: connection.EffectImmediately,
    CreateTime: connection.CreateTime,
    State: connectionState(account, connection),
    Status: tunnelStatus(single),
    NetworkType: "public",
    AttachType: "VPNGW",
    AttachInstanceId: "",
    InternetIp: single?.InternetIp ?? "",
    Spec: "1000M",
    CrossAccountAuthorized: false,
    ResourceGroupId: "",
    RemoteCaCertificate: single?.RemoteCaCertificate ?? "",
    EnableTunnelsBgp: connection.dualTunnel && connection.EnableBgp,
    // Whether the real cloud leaves these out in dual-tunnel mode is unknown; empty suits both readers.
    IkeConfig: single?.ike ?? {},
    IpsecConfig: single?.ipsec ?? {},
    ...(single && {
      EnableDpd: single.EnableDpd,
      EnableNatTraversal: single.EnableNatTraversal,
      VcoHealthCheck: viewHealthCheck(connection),
      VpnBgpConfig: viewBgp(single),
    }),
    TunnelOptionsSpecification: {
      TunnelOptions: connection.dualTunnel
        ? connection.tunnels.map((tunnel, index) => viewTunnel(account, connection, tunnel, index))
        : [],
    },
  };
}

/** How far a tunnel has negotiated: nowhere, as long as the control API says nothing else. */
export function tunnelStatus(tunnel: Tunnel | undefined): string {
  return tunnel?.negotiation?.Status ?? "ike_sa_not_established";
}

/** Tags in the vendor's list form. */
export function viewTags(tags: Readonly<Record<string, string>>): View[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function connectionState(account: AlibabaAccount, connection: Connection): string {
  if (connection.leaving === "deleted") return "deleting";
  return account.now() < connection.settledAt ? "updating" : "active";
}

function viewHealthCheck({ healthCheck }: Connection): View {
  const { enable, sip, dip, interval, retry } = healthCheck;
  return {
    Enable: String(enable),
    Sip: sip,
    Dip: dip,
    Interval: interval,
    Retry: retry,
    Policy: "revoke_route",
    Status: enable ? "failed" : "",
  };
}

function viewBgp({ bgp }: Tunnel): View {
  return bgp ? { ...bgp, EnableBgp: "true", Status: "failed", AuthKey: "" } : { EnableBgp: "false" };
}

/** Typed as Terraform's provider reads it; the models of the JavaScript SDK have text, as the setting has it. */
function viewTunnel(account: AlibabaAccount, connection: Connection, tunnel: Tunnel, index: number): View {
  const scalar = (value: boolean | number) => (account.settings.dualTunnelText ? String(value) : value);
  return {
    TunnelId: tunnel.TunnelId,
    TunnelIndex: index + 1,
    Role: tunnel.Role,
    CustomerGatewayId: tunnel.CustomerGatewayId,
    InternetIp: tunnel.InternetIp,
    ZoneNo: index === 0 ? "cn-shanghai-a" : "cn-shanghai-b",
    State: connectionState(account, connection),
    Status: tunnelStatus(tunnel),
    EnableDpd: scalar(tunnel.EnableDpd),
    EnableNatTraversal: scalar(tunnel.EnableNatTraversal),
    RemoteCaCertificate: tunnel.RemoteCaCertificate,
    TunnelIkeConfig: { ...tunnel.ike, IkeLifetime: scalar(tunnel.ike.IkeLifetime) },
    TunnelIpsecConfig: { ...tunnel.ipsec, IpsecLifetime: scalar(tunnel.ipsec.IpsecLifetime) },
    ...(tunnel.bgp && {
      TunnelBgpConfig: {
        ...tunnel.bgp,
        LocalAsn: scalar(tunnel.bgp.LocalAsn),
        PeerAsn: scalar(tunnel.bgp.PeerAsn),
        BgpStatus: "false",
      },
    }),
  };
}

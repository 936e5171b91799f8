import type { IdSource } from "../ids.ts";
import { formatAddress, otherHost, parseAddress, parseNetwork } from "../ipv4.ts";
import type { TunnelRequest } from "./connection-request.ts";
import { optional } from "./parameters.ts";
import type { BgpConfig, CustomerGateway, Gateway, Tunnel } from "./resources.ts";

/** What a tunnel is made from besides the request. */
interface Ends {
  readonly gateway: Gateway;
  readonly customerGateway: CustomerGateway;
  readonly enableBgp: boolean;
}

/** A tunnel with every default of the document filled in; the request has passed the tunnel rules. */
export function resolveTunnel(request: TunnelRequest, ends: Ends, ids: IdSource): Tunnel {
  const { gateway, customerGateway } = ends;
  const national = gateway.VpnType === "NationalStandard";
  const cipher = national ? "sm4" : "aes";
  const hash = national ? "sm3" : "md5";
  const { ike, ipsec } = request;
  const internetIp =
    request.role === "slave" ? (gateway.DisasterRecoveryInternetIp ?? gateway.InternetIp) : gateway.InternetIp;
  return {
    TunnelId: `tun-${ids.word(17)}`,
    Role: request.role ?? "master",
    CustomerGatewayId: customerGateway.CustomerGatewayId,
    InternetIp: internetIp,
    EnableDpd: request.enableDpd ?? gateway.traits.supportsDpd,
    EnableNatTraversal: request.enableNatTraversal ?? gateway.traits.supportsNatTraversal,
    RemoteCaCertificate: request.remoteCaCertificate ?? "",
    ike: {
      Psk: optional(ike, "Psk") ?? ids.word(16),
      IkeVersion: optional(ike, "IkeVersion") ?? "ikev1",
      IkeMode: optional(ike, "IkeMode") ?? "main",
      IkeEncAlg: optional(ike, "IkeEncAlg") ?? cipher,
      IkeAuthAlg: optional(ike, "IkeAuthAlg") ?? hash,
      IkePfs: optional(ike, "IkePfs") ?? "group2",
      IkeLifetime: Number(optional(ike, "IkeLifetime") ?? 86_400),
      LocalId: optional(ike, "LocalId") ?? internetIp,
      RemoteId: optional(ike, "RemoteId") ?? customerGateway.IpAddress,
    },
    ipsec: {
      IpsecEncAlg: optional(ipsec, "IpsecEncAlg") ?? cipher,
      IpsecAuthAlg: optional(ipsec, "IpsecAuthAlg") ?? hash,
      IpsecPfs: optional(ipsec, "IpsecPfs") ?? "group2",
      IpsecLifetime: Number(optional(ipsec, "IpsecLifetime") ?? 86_400),
    },
    ...(ends.enableBgp && { bgp: resolveBgp(request, customerGateway) }),
  };
}

/** An autonomous system number, plain or in two parts: 123.456 is 123 * 65536 + 456. */
export function parseAsn(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length > 2 || parts.some((part) => !/^\d+$/.test(part))) return undefined;
  const [high = 0, low] = parts.map(Number);
  if (low === undefined) return inRange(high, 1, 2 ** 32 - 1);
  if (high > 65_535 || low > 65_535) return undefined;
  return inRange(high * 65_536 + low, 1, 2 ** 32 - 1);
}

function inRange(value: number, from: number, to: number): number | undefined {
  return value >= from && value <= to ? value : undefined;
}

/** The peer's address is no parameter: it is the other host of the /30. */
function resolveBgp({ bgp }: TunnelRequest, customerGateway: CustomerGateway): BgpConfig {
  const tunnelCidr = optional(bgp, "TunnelCidr") ?? "";
  const network = parseNetwork(tunnelCidr) ?? { first: 0, prefix: 30, canonical: true };
  const local = parseAddress(optional(bgp, "LocalBgpIp") ?? "") ?? network.first + 1;
  return {
    LocalAsn: parseAsn(optional(bgp, "LocalAsn") ?? "45104") ?? 45_104,
    TunnelCidr: tunnelCidr,
    LocalBgpIp: formatAddress(local),
    PeerAsn: customerGateway.Asn ?? 0,
    PeerBgpIp: formatAddress(otherHost(network, local)),
  };
}

import type { Connection as AlibabaConnection } from "../../packages/simulators/src/alibaba/resources.ts";
import type { Connection as TencentConnection } from "../../packages/simulators/src/tencent/resources.ts";
import type { Plan } from "./plans.ts";

/*
 * What a connection has to be for a request, in the vendor's words as its document has them. Nothing here is taken from
 * the code under test: not its defaults, not its words, not its form of a name.
 */

type Request = Plan["request"];
/** A field of the vendor's connection, and what stands there in place of what should. */
export type Difference = `${string}: ${string}, not ${string}`;

const ciphers = {
  alibaba: { aes128: "aes", aes256: "aes256" },
  tencent: { aes128: "AES-CBC-128", aes256: "AES-CBC-256" },
} as Record<string, Record<string, string>>;

/** Of the contract: what counts where the request says nothing. */
function asked({ tunnels, negotiation = "immediate", ...request }: Request) {
  const [tunnel] = tunnels;
  const { ike, ipsec, dpd } = tunnel ?? {};
  const cipher = (name: string | undefined) => ciphers[request.provider]?.[name ?? "aes256"];
  return {
    customer: tunnel?.customerGatewayId,
    key: tunnel?.preSharedKey,
    negotiation,
    ikeCipher: cipher(ike?.encryption),
    ikeLifetime: ike?.lifetimeSeconds ?? 28_800,
    localId: ike?.localId,
    remoteId: ike?.remoteId,
    ipsecCipher: cipher(ipsec?.encryption),
    ipsecLifetime: ipsec?.lifetimeSeconds ?? 3600,
    pfs: ipsec?.pfsGroup ?? 14,
    dpd: typeof dpd === "object" ? dpd : {},
    natTraversal: tunnel?.natTraversal ?? true,
    local: request.routing.mode === "policy" ? request.routing.localCidrs?.[0] : undefined,
    remote: request.routing.mode === "policy" ? request.routing.remoteCidrs?.[0] : undefined,
  };
}

/** `address` is that of the customer gateway, `sent` what the create said: a vendor may fill in what it left out. */
export function differsFromTencent(
  made: TencentConnection,
  request: Request,
  { address, sent }: { address: string; sent: Readonly<Record<string, unknown>> },
): Difference[] {
  const said = sent["IKEOptionsSpecification"] as { LocalAddress?: string } | undefined;
  const wanted = asked(request);
  const { IKEOptionsSpecification: ike, IPSECOptionsSpecification: ipsec, SecurityPolicyDatabaseSet: policies } = made;
  const routed = wanted.local === undefined;
  return compare([
    ["VpnGatewayId", made.VpnGatewayId, request.vpnGatewayId],
    ["VpcId", made.VpcId, request.vpcId],
    ["CustomerGatewayId", made.CustomerGatewayId, wanted.customer],
    ["PreShareKey", made.PreShareKey, wanted.key],
    ["RouteType", made.RouteType, routed ? "StaticRoute" : "Policy"],
    ["LocalCidrBlock", policies[0]?.LocalCidrBlock, wanted.local],
    ["RemoteCidrBlock", policies[0]?.RemoteCidrBlock.join(), wanted.remote],
    ["policies", policies.length, routed ? 0 : 1],
    ["IKEVersion", ike.IKEVersion, "IKEV2"],
    ["ExchangeMode", ike.ExchangeMode, "MAIN"],
    ["PropoEncryAlgorithm", ike.PropoEncryAlgorithm, wanted.ikeCipher],
    ["PropoAuthenAlgorithm", ike.PropoAuthenAlgorithm, "SHA-256"],
    ["DhGroupName", ike.DhGroupName, "GROUP14"],
    ["IKESaLifetimeSeconds", ike.IKESaLifetimeSeconds, wanted.ikeLifetime],
    ["LocalIdentity", ike.LocalIdentity, "ADDRESS"],
    ["LocalAddress", ike.LocalAddress, wanted.localId ?? "203.0.113.1"],
    ["LocalAddress as sent", said?.LocalAddress, wanted.localId ?? "203.0.113.1"],
    ["RemoteIdentity", ike.RemoteIdentity, "ADDRESS"],
    ["RemoteAddress", ike.RemoteAddress, wanted.remoteId ?? address],
    ["EncryptAlgorithm", ipsec.EncryptAlgorithm, wanted.ipsecCipher],
    ["IntegrityAlgorith", ipsec.IntegrityAlgorith, "SHA-256"],
    ["IPSECSaLifetimeSeconds", ipsec.IPSECSaLifetimeSeconds, wanted.ipsecLifetime],
    ["PfsDhGroup", ipsec.PfsDhGroup, wanted.pfs === "none" ? "NULL" : "DH-GROUP14"],
    ["NegotiationType", made.NegotiationType, wanted.negotiation === "immediate" ? "active" : "flowTrigger"],
    ["DpdEnable", made.DpdEnable, 1],
    ["DpdTimeout", made.DpdTimeout, String(wanted.dpd.timeoutSeconds ?? 30)],
    ["DpdAction", made.DpdAction, wanted.dpd.action ?? "restart"],
  ]);
}

export function differsFromAlibaba(made: AlibabaConnection, request: Request): Difference[] {
  const wanted = asked(request);
  const [tunnel] = made.tunnels;
  const { ike, ipsec } = tunnel ?? {};
  return compare([
    ["VpnGatewayId", made.VpnGatewayId, request.vpnGatewayId],
    ["tunnels", made.tunnels.length, 1],
    ["CustomerGatewayId", tunnel?.CustomerGatewayId, wanted.customer],
    ["LocalSubnet", made.LocalSubnet, wanted.local ?? "0.0.0.0/0"],
    ["RemoteSubnet", made.RemoteSubnet, wanted.remote ?? "0.0.0.0/0"],
    ["EffectImmediately", made.EffectImmediately, wanted.negotiation === "immediate"],
    ["AutoConfigRoute", made.AutoConfigRoute, true],
    ["EnableBgp", made.EnableBgp, false],
    ["EnableDpd", tunnel?.EnableDpd, true],
    ["EnableNatTraversal", tunnel?.EnableNatTraversal, wanted.natTraversal],
    ["Psk", ike?.Psk, wanted.key],
    ["IkeVersion", ike?.IkeVersion, "ikev2"],
    ["IkeMode", ike?.IkeMode, "main"],
    ["IkeEncAlg", ike?.IkeEncAlg, wanted.ikeCipher],
    ["IkeAuthAlg", ike?.IkeAuthAlg, "sha256"],
    ["IkePfs", ike?.IkePfs, "group14"],
    ["IkeLifetime", ike?.IkeLifetime, wanted.ikeLifetime],
    ["LocalId", ike?.LocalId, wanted.localId],
    ["RemoteId", ike?.RemoteId, wanted.remoteId],
    ["IpsecEncAlg", ipsec?.IpsecEncAlg, wanted.ipsecCipher],
    ["IpsecAuthAlg", ipsec?.IpsecAuthAlg, "sha256"],
    ["IpsecPfs", ipsec?.IpsecPfs, wanted.pfs === "none" ? "disabled" : "group14"],
    ["IpsecLifetime", ipsec?.IpsecLifetime, wanted.ipsecLifetime],
  ]);
}

type Value = string | number | boolean | undefined;

/** A key is never told; what the request left to the vendor or the broker is as it is. */
function compare(fields: readonly (readonly [name: string, is: Value, should: Value])[]): Difference[] {
  return fields.flatMap(([name, is, should]): Difference[] => {
    if (is === should || should === undefined) return [];
    const isKey = name === "Psk" || name === "PreShareKey";
    return [isKey ? `${name}: another key, not that of the request` : `${name}: ${String(is)}, not ${String(should)}`];
  });
}

import { parseAddress } from "../ipv4.ts";
import type { Problem, Rule } from "../rules.ts";
import type { ConnectionRequest } from "./connection-request.ts";
import type { Gateway } from "./resources.ts";

/** A connection as asked for, and the gateway it is to end at. */
export interface TunnelContext {
  readonly request: ConnectionRequest;
  readonly gateway: Gateway;
}

const gcmCiphers = ["AES128GCM128", "AES192GCM128", "AES256GCM128"];
const ciphers = ["3DES-CBC", "AES-CBC-128", "AES-CBC-192", "AES-CBC-256", "DES-CBC", "SM4"];
const groups = ["1", "2", "5", "14", "15", "16", "19", "20", "21", "24"];
const identities = ["ADDRESS", "FQDN"];

/** Source: the comments of CreateVpnConnectionRequest in the SDK; IKE says `SHA` where IPsec says `SHA1`. */
const allowed = {
  ike: {
    PropoEncryAlgorithm: [...ciphers, ...gcmCiphers],
    PropoAuthenAlgorithm: ["MD5", "SHA", "SHA-256", "SHA-512"],
    ExchangeMode: ["MAIN", "AGGRESSIVE"],
    LocalIdentity: identities,
    RemoteIdentity: identities,
    DhGroupName: groups.map((group) => `GROUP${group}`),
    IKEVersion: ["IKEV1", "IKEV2"],
  },
  ipsec: {
    EncryptAlgorithm: [...ciphers, ...gcmCiphers, "NULL"],
    IntegrityAlgorith: ["MD5", "SHA1", "SHA-256", "SHA-512", "SHA-384", "SM3"],
    IntegrityAlgorithm: ["MD5", "SHA1", "SHA-256"],
    PfsDhGroup: ["NULL", ...groups.map((group) => `DH-GROUP${group}`)],
  },
  connection: {
    RouteType: ["STATIC", "StaticRoute", "Policy", "Bgp"],
    NegotiationType: ["active", "passive", "flowTrigger"],
    DpdAction: ["clear", "restart"],
  },
} as const;

/** What the document and the SDK ask of names, keys, algorithms, lifetimes, identities and DPD. */
export const tunnelRules: readonly Rule<TunnelContext>[] = [
  ({ request }) => empty(request, ["VpnConnectionName", "PreShareKey"]),
  ({ request }) =>
    [...request.VpnConnectionName].length > 60
      ? { code: "InvalidParameterValue.TooLong", detail: "VpnConnectionName" }
      : undefined,
  ({ request }) => notAllowed(request.IKEOptionsSpecification, allowed.ike),
  ({ request }) => notAllowed(request.IPSECOptionsSpecification, allowed.ipsec),
  ({ request }) => notAllowed(request, allowed.connection),
  ({ request, gateway }) => {
    const used = [
      request.IKEOptionsSpecification?.PropoEncryAlgorithm,
      request.IPSECOptionsSpecification?.EncryptAlgorithm,
    ];
    return used.some((cipher = "") => gcmCiphers.includes(cipher)) && Number(gateway.Version) < 4
      ? { code: "UnsupportedOperation.VersionNotSupported" }
      : undefined;
  },
  ({ request: { IKEOptionsSpecification: ike } }) =>
    outside(ike?.IKESaLifetimeSeconds, 60, 604_800, "IKESaLifetimeSeconds"),
  ({ request: { IPSECOptionsSpecification: ipsec } }) =>
    outside(ipsec?.IPSECSaLifetimeSeconds, 180, 604_800, "IPSECSaLifetimeSeconds"),
  ({ request: { IPSECOptionsSpecification: ipsec } }) =>
    outside(ipsec?.IPSECSaLifetimeTraffic, 2_560, 4_294_967_295, "IPSECSaLifetimeTraffic"),
  // The local address may be left out: it defaults to the gateway's; the remote one has no default.
  ({ request: { IKEOptionsSpecification: ike } }) =>
    ike && ike.RemoteIdentity !== "FQDN" && !ike.RemoteAddress
      ? { code: "InvalidParameterValue.Empty", detail: "RemoteAddress" }
      : undefined,
  ({ request: { IKEOptionsSpecification: ike } }) =>
    ike?.LocalIdentity === "FQDN" ? empty(ike, ["LocalFqdnName"]) : undefined,
  ({ request: { IKEOptionsSpecification: ike } }) =>
    ike?.RemoteIdentity === "FQDN" ? empty(ike, ["RemoteFqdnName"]) : undefined,
  ({ request: { IKEOptionsSpecification: ike } }) => malformedAddress(ike, ["LocalAddress", "RemoteAddress"]),
  ({ request }) => outside(request.DpdEnable, 0, 1, "DpdEnable"),
  ({ request: { DpdTimeout } }) =>
    DpdTimeout === undefined || /^[1-9]\d{0,9}$/.test(DpdTimeout)
      ? undefined
      : { code: "InvalidParameterValue.Malformed", detail: "DpdTimeout" },
];

/** The empty ones among the named members; an absent one is empty too. */
function empty(part: object, names: readonly string[]): Problem | undefined {
  const detail = names.find((name) => !(part as Record<string, unknown>)[name]);
  return detail ? { code: "InvalidParameterValue.Empty", detail } : undefined;
}

function notAllowed(part: object | undefined, table: Readonly<Record<string, readonly string[]>>): Problem | undefined {
  for (const [name, values] of Object.entries(table)) {
    const value = (part as Record<string, string | undefined> | undefined)?.[name];
    if (value !== undefined && !values.includes(value)) {
      return { code: "InvalidParameterValue.Malformed", detail: name };
    }
  }
  return undefined;
}

/** A number outside its documented range. */
export function outside(value: number | undefined, from: number, to: number, detail: string): Problem | undefined {
  return value === undefined || (value >= from && value <= to)
    ? undefined
    : { code: "InvalidParameterValue.Malformed", detail };
}

/** The first of the named members that is there and is no IPv4 address. */
export function malformedAddress(part: object | undefined, names: readonly string[]): Problem | undefined {
  const members = part as Record<string, string | undefined> | undefined;
  const detail = names.find((name) => members?.[name] && parseAddress(members[name]) === undefined);
  return detail ? { code: "InvalidParameterValue.Malformed", detail } : undefined;
}

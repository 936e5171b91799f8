import type { Problem, Rule } from "../rules.ts";
import type { TunnelRequest } from "./connection-request.ts";
import { optional } from "./parameters.ts";
import type { Gateway } from "./resources.ts";

/** One tunnel as asked for, and the gateway it is to end at. */
export interface TunnelContext {
  readonly tunnel: TunnelRequest;
  readonly gateway: Gateway;
}

type Values = Readonly<Record<string, readonly string[]>>;

const groups = ["group1", "group2", "group5", "group14"];
const hashes = ["md5", "sha1", "sha256", "sha384", "sha512"];
const ciphers = ["aes", "aes192", "aes256", "des", "3des"];

/** What each gateway type takes. */
const ikeValues: Readonly<Record<Gateway["VpnType"], Values>> = {
  Normal: {
    IkeVersion: ["ikev1", "ikev2"],
    IkeMode: ["main", "aggressive"],
    IkeEncAlg: ciphers,
    IkeAuthAlg: hashes,
    IkePfs: groups,
  },
  NationalStandard: {
    IkeVersion: ["ikev1"],
    IkeMode: ["main"],
    IkeEncAlg: ["sm4"],
    IkeAuthAlg: ["sm3"],
    IkePfs: groups,
  },
};

const ipsecValues: Readonly<Record<Gateway["VpnType"], Values>> = {
  Normal: { IpsecEncAlg: ciphers, IpsecAuthAlg: hashes, IpsecPfs: ["disabled", ...groups] },
  NationalStandard: {
    IpsecEncAlg: ["sm4"],
    IpsecAuthAlg: ["sm3"],
    IpsecPfs: ["disabled", ...groups],
  },
};

/** Letters, digits and the listed specials of the document; neither space nor double quote. */
const preSharedKey = /^[A-Za-z0-9~!\\`@#$%^&*()_\-+={}[\]|;:',.<>/?]{1,100}$/;
const identifier = /^\S{1,100}$/;

/** What the document asks of one tunnel's keys, algorithms, lifetimes and certificate. */
export const tunnelRules: readonly Rule<TunnelContext>[] = [
  ({ tunnel, gateway }) => unsupported(tunnel.ike, ikeValues[gateway.VpnType]),
  ({ tunnel, gateway }) => unsupported(tunnel.ipsec, ipsecValues[gateway.VpnType]),
  ({ tunnel }) => lifetime(tunnel.ike["IkeLifetime"], "IkeLifetime"),
  ({ tunnel }) => lifetime(tunnel.ipsec["IpsecLifetime"], "IpsecLifetime"),
  ({ tunnel }) => malformed(tunnel.ike["Psk"], preSharedKey, "Psk"),
  ({ tunnel }) => malformed(tunnel.ike["LocalId"], identifier, "LocalId"),
  ({ tunnel }) => malformed(tunnel.ike["RemoteId"], identifier, "RemoteId"),
  ({ tunnel, gateway }) =>
    isNationalStandard(gateway) && !optional(tunnel.ike, "RemoteId") ? { code: "MissingParam.RemoteId" } : undefined,
  ({ tunnel, gateway }) =>
    isNationalStandard(gateway) && tunnel.remoteCaCertificate === undefined
      ? { code: "MissingParam.RemoteCaCertificate" }
      : undefined,
  ({ tunnel, gateway }) =>
    !isNationalStandard(gateway) && tunnel.remoteCaCertificate !== undefined
      ? { code: "IllegalParam.RemoteCaCertificate" }
      : undefined,
  ({ gateway }) =>
    isNationalStandard(gateway) && !gateway.traits.certificate
      ? { code: "OperationFailed.MissCertificate" }
      : undefined,
  ({ tunnel, gateway }) =>
    tunnel.enableDpd !== undefined && !gateway.traits.supportsDpd ? { code: "OperationUnsupported.SetDPD" } : undefined,
  ({ tunnel, gateway }) =>
    tunnel.enableNatTraversal !== undefined && !gateway.traits.supportsNatTraversal
      ? { code: "OperationUnsupported.SetNatTraversal" }
      : undefined,
];

function isNationalStandard(gateway: Gateway): boolean {
  return gateway.VpnType === "NationalStandard";
}

/** Two codes of this family are documented (IpsecPfs, IpsecAuthAlg); the others are made alike. */
function unsupported(config: TunnelRequest["ike"], allowed: Values): Problem | undefined {
  for (const [name, values] of Object.entries(allowed)) {
    const value = optional(config, name);
    if (value !== undefined && !values.includes(value)) {
      return { code: `NotSupportVpnConnectionParameter.${name}` };
    }
  }
  return undefined;
}

function lifetime(value: string | undefined, name: string): Problem | undefined {
  if (value === undefined || value === "") return undefined;
  const seconds = Number(value);
  return Number.isInteger(seconds) && seconds >= 0 && seconds <= 86_400
    ? undefined
    : { code: `NotSupportVpnConnectionParameter.${name}` };
}

function malformed(value: string | undefined, form: RegExp, name: string): Problem | undefined {
  return value === undefined || value === "" || form.test(value) ? undefined : { code: `IllegalParam.${name}` };
}

import type { Connection } from "@vpn-broker/client";

/** A parameter as it was asked for, and what the vendor says of it where it says anything. */
export interface Parameter {
  /** `tunnels.0.ike.encryption`. */
  path: string;
  /** Absent = it was left to the vendor. */
  asked?: string;
  /** What the vendor has. */
  reported?: string;
  /** Whether that is not what was asked for. */
  isOther: boolean;
  /** What the peer's side has, where the vendor's diagnosis tells. */
  peer?: string;
  /** Whether the vendor names it as a reason why the tunnel is not up. */
  differs: boolean;
}

/** Every parameter with a value, in the order of the resource; what only the vendor has at the end. */
export function compareParameters({ request, tunnels, reported: report }: Connection): Parameter[] {
  const named = tunnels.flatMap(({ state, reason }, index) =>
    state === "up" ? [] : findNamed(reason).map((one) => ({ ...one, path: `tunnels.${index}.${one.path}` })),
  );
  const asked = new Map(flatten(request, ""));
  const told = new Map(flatten(report?.parameters ?? {}, ""));
  const others = report?.differences.map(toPath) ?? [];
  return [...new Set([...asked.keys(), ...told.keys()])].map((path) => {
    const found = named.find((one) => one.path === path);
    const isWithin = others.some((other) => `${path}.`.startsWith(`${other}.`));
    return {
      path,
      differs: found !== undefined,
      isOther: isWithin && asked.get(path) !== told.get(path),
      ...toMember("asked", asked.get(path)),
      ...toMember("reported", told.get(path) ?? found?.vendor),
      ...toMember("peer", found?.peer),
    };
  });
}

const toMember = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value });

/** Of a JSON pointer. */
const toPath = (pointer: string) => pointer.slice(1).replaceAll("/", ".").replaceAll("~1", "/").replaceAll("~0", "~");

function flatten(value: unknown, path: string): [path: string, text: string][] {
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return [[path, value.join(", ")]];
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, member]) => flatten(member, path === "" ? name : `${path}.${name}`));
}

interface Named {
  path: string;
  vendor?: string;
  peer?: string;
}

/** What the API's reasons name a parameter by, as it words the vendor's diagnosis. */
const phrases: readonly [phrase: RegExp, paths: readonly string[]][] = [
  [/the encryption of phase 2/, ["ipsec.encryption"]],
  [/the encryption, authentication or DH group/, ["ike.encryption", "ike.integrity", "ike.dhGroup"]],
  [/the integrity algorithm of phase 1/, ["ike.integrity"]],
  [/the DH group of phase 1/, ["ike.dhGroup"]],
  [/the PFS group of phase 2/, ["ipsec.pfsGroup"]],
  [/the IKE version or mode/, ["ike.version", "ike.mode"]],
  [/the IKE mode/, ["ike.mode"]],
  [/the local or remote identity/, ["ike.localId", "ike.remoteId"]],
  [/the peer does not answer DPD|DPD payloads/, ["dpd.enabled"]],
  [/NAT traversal differs/, ["natTraversal"]],
  [/a lifetime differs/, ["ike.lifetimeSeconds", "ipsec.lifetimeSeconds"]],
  [/another address than the customer gateway's/, ["customerGatewayId"]],
];

function findNamed(reason: string): Named[] {
  const paths = phrases.find(([phrase]) => phrase.test(reason))?.[1] ?? [];
  const vendor = /(?:\(|, )(\S+) at (?:Alibaba|Tencent) Cloud/.exec(reason)?.[1];
  const peer = /(?:\(|, )(\S+) at the peer/.exec(reason)?.[1];
  return paths.map((path) => ({
    path,
    ...(vendor === undefined ? {} : { vendor }),
    ...(peer === undefined ? {} : { peer }),
  }));
}

import {
  type Arbitrary,
  boolean,
  constant,
  constantFrom,
  integer,
  ipV4,
  oneof,
  option,
  record,
  string,
  tuple,
} from "fast-check";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import { type DhGroup, type Encryption, type Integrity, visibleText } from "../../functions/domain/values.ts";
import { disjointNetworks, toText } from "./arbitrary-networks.ts";

export type Tunnel = CreateRequest["tunnels"][number];

/** What one kind of gateway takes. */
export interface Ciphers {
  encryption: readonly Encryption[];
  ikeIntegrity: readonly Integrity[];
  ipsecIntegrity: readonly Integrity[];
  groups: readonly DhGroup[];
}

const weak: readonly unknown[] = ["des", "3des", "md5", "sha1", 1, 2, 5];
export const range = (min: number, max: number) => integer({ min, max });
export const demo = (prefix: string) => range(1, 20).map((number) => `${prefix}${String(number).padStart(2, "0")}`);
export const maybe = <Value>(arbitrary: Arbitrary<Value>) => option(arbitrary, { nil: undefined });

/** The members that are there: absent is absent, never undefined. */
export function given<Value extends object>(value: Value): { [Name in keyof Value]?: Exclude<Value[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never;
}

const characters = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));
const printable = characters(0x21, 0x7e);
const clientToken = string({ unit: constantFrom(...printable), minLength: 1, maxLength: 64, size: "max" });
export const identity = oneof(
  ipV4(),
  constant("vpn.example.com"),
  string({ unit: constantFrom(...printable), minLength: 1, maxLength: 100, size: "max" }),
);
const keyCharacters = printable.filter((character) => !['"', "\\"].includes(character));
export const preSharedKey = string({ unit: constantFrom(...keyCharacters), minLength: 1, maxLength: 100, size: "max" });
export const certificate = string({
  unit: constantFrom("A", "z", "0", "+", "/"),
  minLength: 1,
  maxLength: 600,
  size: "max",
}).map((text) => `-----BEGIN CERTIFICATE-----\n${text}==\n-----END CERTIFICATE-----\n`);
/** Nothing that cannot be seen, as the request's own rule has it. */
export const isVisible = (text: string) => visibleText.pattern.test(text);
const name = string({ unit: "grapheme-composite", minLength: 1, maxLength: 47, size: "max" }).filter(
  (text) => !/^https?:\/\//i.test(text) && isVisible(text) && text.trim() === text,
);

/** Local and remote networks, of which no two overlap. */
export const twoSides = tuple(disjointNetworks, range(1, 99)).map(([networks, share]): [string[], string[]] => {
  const border = Math.max(1, Math.floor((networks.length * share) / 100));
  return [networks.slice(0, border), networks.slice(border)];
});

/** A number of 32 bits, plain or in its two halves. */
export const asn = tuple(range(1, 4_294_967_295), boolean()).map(([number, halves]) =>
  halves ? `${Math.floor(number / 65_536)}.${number % 65_536}` : number,
);

/** The /30s of the link-local range by their number, and our host and the peer's in it, or those that are spelled. */
export function bgp(
  numbers: Arbitrary<number>,
  localAsn: Arbitrary<number | string | undefined>,
  spellings: readonly ("local" | "remote" | "both" | "none")[],
) {
  return tuple(numbers, boolean(), constantFrom(...spellings), localAsn).map(([number, second, spelled, ours]) => {
    const base = (169 * 256 + 254) * 65_536 + number * 4;
    const hosts = [toText(base + 1), toText(base + 2)] as const;
    const [localIp, remoteIp] = second ? [hosts[1], hosts[0]] : hosts;
    const spells = (side: typeof spelled) => spelled === side || spelled === "both";
    return {
      tunnelCidr: `${toText(base)}/30`,
      ...given({
        localIp: spells("local") ? localIp : undefined,
        remoteIp: spells("remote") ? remoteIp : undefined,
        localAsn: ours,
      }),
    };
  });
}
/** Phase 1 and 2 of a tunnel; nothing weak unless that is allowed. */
export function phases(
  ciphers: Ciphers,
  allowWeak: boolean,
  lifetimes: { ike: Arbitrary<number>; ipsec: Arbitrary<number> },
) {
  const from = <Value>(values: readonly Value[]) =>
    maybe(constantFrom(...values.filter((value) => allowWeak || !weak.includes(value))));
  const ike = record({
    version: maybe(constantFrom("ikev1" as const, "ikev2" as const)),
    mode: maybe(constantFrom("main" as const, "aggressive" as const)),
    encryption: from(ciphers.encryption),
    integrity: from(ciphers.ikeIntegrity),
    dhGroup: from(ciphers.groups),
    lifetimeSeconds: maybe(lifetimes.ike),
    localId: maybe(identity),
    remoteId: maybe(identity),
  }).map(({ mode, ...rest }) =>
    given({
      ...rest,
      mode: rest.version === "ikev1" && mode === "aggressive" && !allowWeak ? ("main" as const) : mode,
    }),
  );
  const ipsec = record({
    encryption: from(ciphers.encryption),
    integrity: from(ciphers.ipsecIntegrity),
    pfsGroup: from(["none" as const, ...ciphers.groups]),
    lifetimeSeconds: maybe(lifetimes.ipsec),
  }).map(given);
  return { ike: maybe(ike), ipsec: maybe(ipsec) };
}

/** What both vendors have. */
export const common = {
  clientToken: maybe(clientToken),
  name,
  allowDuplicate: maybe(boolean()),
  timeoutSeconds: maybe(range(60, 86_400)),
  queueTimeoutSeconds: maybe(range(60, 86_400)),
  callback: maybe(constant({ url: "https://hooks.example.com/vpn" })),
};

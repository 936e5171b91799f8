import ipaddr from "ipaddr.js";

const { IPv4 } = ipaddr;

/** An IPv4 network: `base` is its network address, `prefix` the length of its mask in bits. */
export interface Network {
  base: string;
  prefix: number;
}

/** The network a text names in dotted-quad CIDR form, host bits dropped; undefined when it names none. */
export function parseNetwork(text: string): Network | undefined {
  // The library also reads leading zeros, which some systems take for octal.
  if (!IPv4.isValidCIDRFourPartDecimal(text) || /(^|[./])0\d/.test(text)) return undefined;
  const [, prefix] = IPv4.parseCIDR(text);
  return { base: IPv4.networkAddressFromCIDR(text).toString(), prefix };
}

/** The canonical text of a network, e.g. `10.0.0.0/24`. */
export function formatNetwork(network: Network): string {
  return `${network.base}/${network.prefix}`;
}

/** Whether the text is a dotted-quad IPv4 address without leading zeros. */
export function isAddress(text: string): boolean {
  return IPv4.isValidFourPartDecimal(text) && IPv4.parse(text).toString() === text;
}

/** Whether two networks share an address. */
export function overlaps(a: Network, b: Network): boolean {
  return IPv4.parse(a.base).match(IPv4.parse(b.base), Math.min(a.prefix, b.prefix));
}

/** The addresses of a network as numbers, both ends included: for comparing many with many. */
export interface Range {
  first: number;
  last: number;
}

/** The addresses of the network that a text names; undefined when it names none. */
export function parseRange(text: string): Range | undefined {
  const network = parseNetwork(text);
  if (!network) return undefined;
  const first = network.base.split(".").reduce((number, octet) => number * 256 + Number(octet), 0);
  return { first, last: first + 2 ** (32 - network.prefix) - 1 };
}

/** Whether two ranges share an address. */
export function rangesOverlap(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: Network, inner: Network): boolean {
  return inner.prefix >= outer.prefix && overlaps(outer, inner);
}

/** The two usable addresses of a /30. */
export function hostsOf30(network: Network): [string, string] {
  const octets = IPv4.parse(network.base).octets;
  const host = (offset: number) => [...octets.slice(0, 3), (octets[3] ?? 0) + offset].join(".");
  return [host(1), host(2)];
}

import ipaddr from "ipaddr.js";

const { IPv4 } = ipaddr;

/** An IPv4 network by its first and last address, as numbers: lists are compared with lists of thousands. */
export interface Network {
  first: number;
  last: number;
}

/** The network a text names in dotted-quad CIDR form, host bits dropped; undefined when it names none. */
export function parseNetwork(text: string): Network | undefined {
  // The library also reads leading zeros, which some systems take for octal.
  if (!IPv4.isValidCIDRFourPartDecimal(text) || /(^|[./])0\d/.test(text)) return undefined;
  const [address, prefix] = IPv4.parseCIDR(text);
  const size = 2 ** (32 - prefix);
  const number = address.octets.reduce((all, octet) => all * 256 + octet, 0);
  const first = number - (number % size);
  return { first, last: first + size - 1 };
}

/** The canonical text of a network, e.g. `10.0.0.0/24`. */
export function formatNetwork(network: Network): string {
  return `${formatAddress(network.first)}/${prefixOf(network)}`;
}

/** The length of a network's mask, in bits. */
export function prefixOf({ first, last }: Network): number {
  return 32 - Math.log2(last - first + 1);
}

/** Whether the text is a dotted-quad IPv4 address without leading zeros. */
export function isAddress(text: string): boolean {
  return IPv4.isValidFourPartDecimal(text) && IPv4.parse(text).toString() === text;
}

/** Whether two networks share an address. */
export function overlaps(a: Network, b: Network): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: Network, inner: Network): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** The two usable addresses of a /30. */
export function hostsOf30({ first }: Network): [string, string] {
  return [formatAddress(first + 1), formatAddress(first + 2)];
}

function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

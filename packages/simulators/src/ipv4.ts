/** An IPv4 network: its first address as a number, and its prefix length. */
export interface Network {
  readonly first: number;
  readonly prefix: number;
  /** False when the text had host bits set, as in 10.0.0.5/24. */
  readonly canonical: boolean;
}

const octet = /^(0|[1-9]\d{0,2})$/;

/** The address as an unsigned 32-bit number, or undefined when the text is no dotted-quad address. */
export function parseAddress(text: string): number | undefined {
  const octets = text.split(".");
  if (octets.length !== 4) return undefined;
  let address = 0;
  for (const part of octets) {
    if (!octet.test(part) || Number(part) > 255) return undefined;
    address = address * 256 + Number(part);
  }
  return address;
}

/** The dotted-quad form of an address. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

/** The network that `a.b.c.d/n` lies in, or undefined when the text is not of that form. */
export function parseNetwork(text: string): Network | undefined {
  const [addressText = "", prefixText = "", ...rest] = text.split("/");
  const address = parseAddress(addressText);
  if (address === undefined || rest.length > 0 || !/^(0|[1-9]\d?)$/.test(prefixText)) {
    return undefined;
  }
  const prefix = Number(prefixText);
  if (prefix > 32) return undefined;
  const first = address - (address % size(prefix));
  return { first, prefix, canonical: first === address };
}

/** True when the two networks share an address. */
export function overlaps(a: Network, b: Network): boolean {
  return contains(a, b.first) || contains(b, a.first);
}

/** True when any network of one list shares an address with any of the other. */
export function anyOverlap(a: readonly Network[], b: readonly Network[]): boolean {
  return a.some((left) => b.some((right) => overlaps(left, right)));
}

/** True when the address lies in the network. */
export function contains(network: Network, address: number): boolean {
  return address >= network.first && address < network.first + size(network.prefix);
}

/** True when the address is a host of the network: neither its first nor its last address. */
export function isHost(network: Network, address: number): boolean {
  const last = network.first + size(network.prefix) - 1;
  return address > network.first && address < last;
}

/** The other one of the two hosts of a /30. */
export function otherHost(network: Network, address: number): number {
  return address === network.first + 1 ? network.first + 2 : network.first + 1;
}

function size(prefix: number): number {
  return 2 ** (32 - prefix);
}

import * as fc from "fast-check";

// What may never be called, block by block, and plain arithmetic on it: nothing here comes from the code under test.

/** An address as a number. IPv4 and IPv6 are two spaces. */
export interface Address {
  version: 4 | 6;
  value: bigint;
}

export interface Block {
  cidr: string;
  version: 4 | 6;
  first: bigint;
  last: bigint;
}

const listed = `
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24
  192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4
  240.0.0.0/4 255.255.255.255/32
  ::/128 ::1/128 ::/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 ::/8 100::/64 100:0:0:1::/64 100::/8 200::/7 400::/6
  800::/5 1000::/4 2001::/23 2001::/32 2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 2001:20::/28 2001:30::/28
  2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 4000::/3 5f00::/16 6000::/3 8000::/3 a000::/3 c000::/3 e000::/4
  f000::/5 f800::/6 fc00::/7 fe00::/9 fe80::/10 fec0::/10 ff00::/8`;

/** IPv4-mapped addresses, which lie in ::/8. */
const mapped = toBlock("::ffff:0:0/96");

export const blocks: readonly Block[] = listed.trim().split(/\s+/).map(toBlock);

export function toBlock(cidr: string): Block {
  const [network = "", length = ""] = cidr.split("/");
  const { version, value } = toAddress(network);
  const size = 1n << BigInt((version === 4 ? 32 : 128) - Number(length));
  const first = value - (value % size);
  return { cidr, version, first, last: first + size - 1n };
}

export function isIn({ version, first, last }: Block, address: Address): boolean {
  return address.version === version && first <= address.value && address.value <= last;
}

/** Whether an address may be called: it is in no block; one that maps an IPv4 address is judged by that. */
export function isPublic(address: Address): boolean {
  if (isIn(mapped, address)) return isPublic({ version: 4, value: address.value - mapped.first });
  return !blocks.some((block) => isIn(block, address));
}

function toAddress(text: string): Address {
  if (!text.includes(":")) return { version: 4, value: joined(text.split("."), 8n, 10) };
  const [left = [], right] = text.split("::").map((half) => half.split(":").filter(Boolean));
  const gap = right ? Array.from({ length: 8 - left.length - right.length }, () => "0") : [];
  return { version: 6, value: joined([...left, ...gap, ...(right ?? [])], 16n, 16) };
}

function joined(parts: string[], bits: bigint, radix: number): bigint {
  return parts.reduce((sum, part) => (sum << bits) + BigInt(Number.parseInt(part, radix)), 0n);
}

/** The parts of an address from the left, `bits` wide each. */
export function partsOf({ version, value }: Address, bits: 8 | 16): number[] {
  const count = (version === 4 ? 32 : 128) / bits;
  return Array.from({ length: count }, (_, index) =>
    Number((value >> BigInt((count - 1 - index) * bits)) % (1n << BigInt(bits))),
  );
}

/** An address as text: IPv6 in eight groups without leading zeros. */
export function toText(address: Address): string {
  if (address.version === 4) return partsOf(address, 8).join(".");
  return partsOf(address, 16)
    .map((part) => part.toString(16))
    .join(":");
}

/** An address as resolvers and URL parsers may write it: in full, short, and with its end as an IPv4 address. */
export function spellingsOf(address: Address): string[] {
  const text = toText(address);
  if (address.version === 4) return [text];
  const dotted = text.replace(/[^:]+:[^:]+$/, toText({ version: 4, value: address.value % (1n << 32n) }));
  return [text, dotted].flatMap((spelling) => [spelling, shortened(spelling)]);
}

/** Its first run of zeros as `::`. */
export function shortened(text: string): string {
  return text.replace(/(?<![^:])0(:0)+(:|$)/, ":").replace(/^:(?!:)/, "::");
}

/** Addresses from everywhere, many of them at the edges of a block and just outside. */
export function arbitraryAddress(version: 4 | 6): fc.Arbitrary<Address> {
  const last = (1n << (version === 4 ? 32n : 128n)) - 1n;
  const edges = blocks
    .filter((block) => block.version === version)
    .flatMap((block) => [block.first - 1n, block.first, block.last, block.last + 1n])
    .filter((value) => value >= 0n && value <= last);
  const mappedOnes = fc.bigInt({ min: mapped.first, max: mapped.last });
  const globalUnicast = fc.bigInt({ min: 1n << 125n, max: (1n << 126n) - 1n });
  const everywhere = fc.bigInt({ min: 0n, max: last });
  return fc
    .oneof(everywhere, fc.constantFrom(...edges), ...(version === 6 ? [mappedOnes, globalUnicast] : []))
    .map((value) => ({ version, value }));
}

import { type Arbitrary, constantFrom, integer, oneof, tuple, uniqueArray } from "fast-check";

interface Placed {
  /** Networks of one block may overlap, networks of two never do. */
  block: number;
  network: string;
}

/** The dotted-quad form of an address. */
export function toText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Any network within one of these blocks of `bits` bits, each given by its first address. */
function inBlocks(blocks: Arbitrary<number>, bits: number): Arbitrary<Placed> {
  return tuple(blocks, integer({ min: bits, max: 32 }), integer({ min: 0, max: 2 ** (32 - bits) - 1 })).map(
    ([block, prefix, host]) => {
      const size = 2 ** (32 - prefix);
      return { block, network: `${toText(block + host - (host % size))}/${prefix}` };
    },
  );
}

const byte = integer({ min: 0, max: 255 });
const wide = inBlocks(
  integer({ min: 24, max: 31 }).map((first) => first * 2 ** 24),
  8,
);
// 10.8 is the VPC of a simulated gateway, 10.77 the neighbours below.
const medium = inBlocks(
  tuple(constantFrom(10, 100, 172, 192), byte)
    .filter(([first, second]) => first !== 10 || (second !== 8 && second !== 77))
    .map(([first, second]) => first * 2 ** 24 + second * 2 ** 16),
  16,
);
const neighbours = inBlocks(
  byte.map((third) => (10 * 256 + 77) * 2 ** 16 + third * 2 ** 8),
  24,
);

/** Two or more networks of which no two overlap, and none of which holds an address of the simulated gateways. */
export const disjointNetworks: Arbitrary<string[]> = uniqueArray(oneof(wide, medium, neighbours), {
  minLength: 2,
  maxLength: 40,
  size: "medium",
  selector: ({ block }) => block,
}).map((placed) => placed.map(({ network }) => network));

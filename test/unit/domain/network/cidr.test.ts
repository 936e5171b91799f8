import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contains,
  formatNetwork,
  hostsOf30,
  isAddress,
  type Network,
  overlaps,
  parseNetwork,
  prefixOf,
} from "../../../../functions/domain/network/cidr.ts";

/** Networks as plain numbers: the naive arithmetic that the broker's must agree with. */
const size = (prefix: number) => 2 ** (32 - prefix);
const toText = (address: number) => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
const baseOf = (address: number, prefix: number) => address - (address % size(prefix));

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const prefix = fc.integer({ min: 0, max: 32 });
/** Networks near one another, so that overlapping is as likely as not; also where an address has its first bit set. */
const network = fc
  .tuple(
    fc.constantFrom(0x0a00_0000, 0x7fff_8000, 0x8000_0000, 0xffff_0000),
    fc.integer({ min: 0, max: 0xffff }),
    fc.integer({ min: 12, max: 32 }),
  )
  .map(([block, host, bits]): Network => {
    const first = baseOf(block + host, bits);
    return { first, last: first + size(bits) - 1 };
  });
const everything: Network = { first: 0, last: 2 ** 32 - 1 };

describe("parseNetwork", () => {
  it("drops the host bits, and is written with its network address", () => {
    fc.assert(
      fc.property(address, prefix, (host, bits) => {
        const text = `${toText(host)}/${bits}`;
        const first = baseOf(host, bits);
        const parsed = parseNetwork(text) as Network;
        expect(parsed).toEqual({ first, last: first + size(bits) - 1 });
        expect(formatNetwork(parsed)).toBe(`${toText(first)}/${bits}`);
        expect(prefixOf(parsed)).toBe(bits);
      }),
    );
  });

  it.each(["", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "256.0.0.0/8", "010.0.0.0/8"])(
    "takes '%s' for none",
    (text) => expect(parseNetwork(text)).toBeUndefined(),
  );

  it.each([" 10.0.0.0/8", "10.0.0.0/8\n", "0x0a.0.0.0/8", "::/0", "10.0.0.0/8.0", "10.0.0.0/255.0.0.0"])(
    "takes %j for none",
    (text) => expect(parseNetwork(text)).toBeUndefined(),
  );
});

describe("overlaps", () => {
  it("is true of two networks exactly when one contains the other, in both directions", () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(network, network, (a, b) => {
        const bits = Math.min(prefixOf(a), prefixOf(b));
        const expected = baseOf(a.first, bits) === baseOf(b.first, bits);
        seen.add(expected);
        expect(overlaps(a, b)).toBe(expected);
        expect(overlaps(b, a)).toBe(expected);
        expect(contains(a, b) || contains(b, a)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
    expect(seen.size).toBe(2);
  });

  it("is true of a network and itself, and of everything and anything", () => {
    fc.assert(
      fc.property(network, (some) => {
        expect(overlaps(some, some)).toBe(true);
        expect(overlaps(everything, some)).toBe(true);
      }),
    );
  });
});

describe("contains", () => {
  it("is true of a network and one with at least as long a mask, when they overlap", () => {
    fc.assert(
      fc.property(network, network, (outer, inner) => {
        expect(contains(outer, inner)).toBe(prefixOf(inner) >= prefixOf(outer) && overlaps(outer, inner));
      }),
      { numRuns: 500 },
    );
  });
});

describe("isAddress", () => {
  it("takes every dotted quad as it is written", () => {
    fc.assert(
      fc.property(address, (value) => {
        expect(isAddress(toText(value))).toBe(true);
      }),
    );
  });

  it.each(["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4/32", "1.2.3.4 ", "::1", "localhost"])(
    "takes '%s' for none",
    (text) => expect(isAddress(text)).toBe(false),
  );
});

describe("hostsOf30", () => {
  it("is the two addresses between the network's own and its broadcast", () => {
    fc.assert(
      fc.property(address, (value) => {
        const base = baseOf(value, 30);
        expect(hostsOf30({ first: base, last: base + 3 })).toEqual([toText(base + 1), toText(base + 2)]);
      }),
    );
  });
});

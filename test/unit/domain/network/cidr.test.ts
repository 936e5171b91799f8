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
  parseRange,
  rangesOverlap,
} from "../../../../functions/domain/network/cidr.ts";

/** Networks as plain numbers: the naive arithmetic that the broker's must agree with. */
const size = (prefix: number) => 2 ** (32 - prefix);
const toText = (address: number) => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
const baseOf = (address: number, prefix: number) => address - (address % size(prefix));

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const prefix = fc.integer({ min: 0, max: 32 });
// Networks near one another, so that overlapping is as likely as not.
const range = fc
  .tuple(fc.integer({ min: 0x0a00_0000, max: 0x0a00_ffff }), fc.integer({ min: 12, max: 32 }))
  .map(([near, bits]) => ({ first: baseOf(near, bits), last: baseOf(near, bits) + size(bits) - 1, bits }));
const toNetwork = ({ first, bits }: { first: number; bits: number }): Network => ({
  base: toText(first),
  prefix: bits,
});

describe("parseNetwork", () => {
  it("drops the host bits, so that a text is canonical exactly when it names its network address", () => {
    fc.assert(
      fc.property(address, prefix, (host, bits) => {
        const text = `${toText(host)}/${bits}`;
        const network = parseNetwork(text);
        expect(network).toEqual({ base: toText(baseOf(host, bits)), prefix: bits });
        expect(formatNetwork(network as Network) === text).toBe(host === baseOf(host, bits));
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
  it("agrees with arithmetic, in both directions", () => {
    fc.assert(
      fc.property(range, range, (a, b) => {
        const expected = a.first <= b.last && b.first <= a.last;
        expect(overlaps(toNetwork(a), toNetwork(b))).toBe(expected);
        expect(overlaps(toNetwork(b), toNetwork(a))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("is true of a network and itself, and of everything and anything", () => {
    fc.assert(
      fc.property(range, (some) => {
        expect(overlaps(toNetwork(some), toNetwork(some))).toBe(true);
        expect(overlaps({ base: "0.0.0.0", prefix: 0 }, toNetwork(some))).toBe(true);
      }),
    );
  });
});

describe("a range", () => {
  // Also where an address has its first bit set, and where the first with it begins.
  const block = fc.constantFrom(0, 0x0a00_0000, 0x7fff_8000, 0x8000_0000, 0xffff_0000);
  const text = fc
    .tuple(block, fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 8, max: 32 }))
    .map(([start, host, bits]) => `${toText(start + host)}/${bits}`);

  it("is of the first and the last address, host bits dropped", () => {
    fc.assert(
      fc.property(address, prefix, (host, bits) => {
        const first = baseOf(host, bits);
        expect(parseRange(`${toText(host)}/${bits}`)).toEqual({ first, last: first + size(bits) - 1 });
      }),
    );
  });

  it.each(["", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "010.0.0.0/8", "::/0"])("is none of '%s'", (none) =>
    expect(parseRange(none)).toBeUndefined(),
  );

  it("meets another exactly when their networks overlap", () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [one, other] = [parseRange(a), parseRange(b)];
        const [network, another] = [parseNetwork(a), parseNetwork(b)];
        if (!one || !other || !network || !another) throw new Error("not a network");
        const expected = overlaps(network, another);
        seen.add(expected);
        expect(rangesOverlap(one, other)).toBe(expected);
        expect(rangesOverlap(other, one)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
    expect(seen.size).toBe(2);
  });
});

describe("contains", () => {
  it("agrees with arithmetic", () => {
    fc.assert(
      fc.property(range, range, (outer, inner) => {
        expect(contains(toNetwork(outer), toNetwork(inner))).toBe(
          outer.first <= inner.first && inner.last <= outer.last,
        );
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
        expect(hostsOf30({ base: toText(base), prefix: 30 })).toEqual([toText(base + 1), toText(base + 2)]);
      }),
    );
  });
});

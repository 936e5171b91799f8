import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressScope } from "../../../../functions/domain/network/public-address.ts";
import {
  type Address,
  arbitraryAddress,
  blocks,
  isIn,
  isPublic,
  spellingsOf,
  toBlock,
  toText,
} from "../../../support/closed-blocks.ts";

const places = {
  public: [
    "8.8.8.8",
    "47.0.0.1",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2001:200::1",
    "::ffff:8.8.8.8",
    "::FFFF:808:808",
  ],
  loopback: ["127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::ffff:7f00:1"],
  internal: [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "::ffff:0:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "3fff:fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "",
    "localhost",
    "999.1.1.1",
  ],
};

describe.each(Object.entries(places))("%s", (place, addresses) => {
  it.each(addresses)("'%s'", (address) => expect(addressScope(address)).toBe(place));
});

it.each(["8.8.8", "134744072", "0x08080808", "010.8.8.8", "8.8.8.8.", " 8.8.8.8", "8.8.8.8%1", "[2606:4700::1111]"])(
  "'%s' is written as no resolver writes it, and nobody's to guess at",
  (address) => expect(addressScope(address)).toBe("internal"),
);

describe("an address is public exactly if it is in no block, by plain arithmetic", () => {
  const agree = (address: Address): void => {
    for (const spelling of spellingsOf(address)) {
      expect(addressScope(spelling) === "public", spelling).toBe(isPublic(address));
    }
  };

  it.each([4, 6] as const)("of IPv%i", (version) => {
    fc.assert(fc.property(arbitraryAddress(version), agree), { numRuns: 5000 });
  });

  it.each(blocks.map((block) => [block.cidr, block] as const))("at the edges of %s", (_, { version, first, last }) => {
    for (const value of [first - 1n, first, last, last + 1n]) {
      if (value >= 0n && value < 1n << (version === 4 ? 32n : 128n)) agree({ version, value });
    }
  });

  it("and this computer's exactly if it is in 127.0.0.0/8", () => {
    fc.assert(
      fc.property(arbitraryAddress(4), (address) => {
        expect(addressScope(toText(address)) === "loopback").toBe(isIn(toBlock("127.0.0.0/8"), address));
      }),
    );
  });
});

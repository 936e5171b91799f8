import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  covers,
  flawOfPattern,
  gatewayPattern,
  namesGateways,
  requireGateways,
} from "../../../../functions/domain/tenants/gateway-pattern.ts";
import { refusalOf } from "../../../support/refusal.ts";

const gateway = { provider: "alibaba" as const, region: "cn-shanghai", id: "vpn-Bp1q8bgx4" };

describe("the grammar", () => {
  it.each([
    "*",
    "*/*/*",
    "alibaba/cn-shanghai/vpn-bp1q8bgx4xnkm",
    "alibaba/*/*",
    "alibaba/cn-*/vpn-*",
    "tencent/ap-*-fsi/vpngw-*a*Z*",
    "a*/*b*c*/***",
    "t*/1/A",
    `${"a".repeat(20)}/${"b".repeat(64)}/${"C".repeat(64)}`,
  ])("has: %s", (pattern) => {
    expect(gatewayPattern.test(pattern)).toBe(true);
  });

  it.each([
    "",
    "**",
    "/",
    "//",
    "*/*",
    "*/*/*/*",
    "*/*/*/",
    "/*/*/*",
    "alibaba",
    "alibaba//vpn-1",
    "/cn-shanghai/vpn-1",
    "alibaba/cn-shanghai/",
    "Alibaba/*/*",
    "alibaba/CN-shanghai/*",
    "ali1/*/*",
    "alibaba/cn_shanghai/*",
    "alibaba/*/vpn.1",
    "alibaba/*/.*",
    "alibaba/*/[a-z]",
    "alibaba/*/vpn-?",
    "alibaba/*/vpn 1",
    " */*/*",
    "*/*/*\n",
    "alibaba/*/vpn-\u00fc",
    "alibaba/*/*a*b*c*",
    "alibaba/*a*b*c*/*",
    "*a*b*c*/*/*",
    `${"*".repeat(20)}/*/*`,
    `${"a".repeat(21)}/*/*`,
    `*/${"b".repeat(65)}/*`,
    `*/*/${"c".repeat(65)}`,
  ])("has not: %j", (pattern) => {
    expect(gatewayPattern.test(pattern)).toBe(false);
  });
});

describe("a pattern", () => {
  it.each([
    "*",
    "*/*/*",
    "alibaba/cn-shanghai/vpn-Bp1q8bgx4",
    "alibaba/cn-*/*",
    "alibaba/*/vpn-*",
    "al*ba/*-*/*q8*",
    "alibaba/***/vpn-Bp1q8bgx4*",
  ])("covers a gateway: %s", (pattern) => {
    expect(covers(pattern, gateway)).toBe(true);
  });

  it.each([
    ["another provider", "tencent/cn-shanghai/vpn-Bp1q8bgx4"],
    ["another provider, whatever the rest", "tencent/*/*"],
    ["another region", "alibaba/cn-beijing/*"],
    ["a region of another country", "alibaba/ap-*/*"],
    ["another gateway", "alibaba/cn-shanghai/vpn-other"],
    ["one whose name only begins like it", "alibaba/cn-shanghai/vpn-Bp1q8"],
    ["one whose name only ends like it", "alibaba/cn-shanghai/Bp1q8bgx4"],
    ["one in other letters", "alibaba/cn-shanghai/vpn-bp1q8bgx4"],
    ["a region whose name only begins like it", "alibaba/cn/*"],
    ["what a dot would stand for", "alibaba/cn.shanghai/*"],
    ["nothing", ""],
    ["nothing, with too few parts", "alibaba/*"],
  ])("does not cover %s", (_, pattern) => {
    expect(covers(pattern, gateway)).toBe(false);
  });

  it("is no way from one part into the next", () => {
    expect(covers("alibaba/*/vpn-1", { ...gateway, id: "x/vpn-1" })).toBe(false);
    expect(covers("alibaba/cn-shanghai/vpn-1\n", { ...gateway, id: "vpn-1" })).toBe(false);
    expect(covers("alibaba/cn-shanghai/vpn-1", { ...gateway, id: "vpn-1\n" })).toBe(false);
  });

  it("of the most stars there can be is quick on the longest of ids, also on one that it does not cover", () => {
    const id = "a".repeat(64);
    const started = process.cpuUsage();
    for (const part of ["*a*a*b", "*a*a*", "***b"]) {
      expect(gatewayPattern.test(`*l*b*x/${part}/${part}`)).toBe(true);
      for (let round = 0; round < 20; round += 1) {
        covers(`*/${part}/${part}`, { provider: "alibaba", region: id, id });
        covers(`*/*/${part}`, { provider: "alibaba", region: id, id });
      }
    }
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});

/** Two lists of states instead of a regular expression: which beginnings of the glob can stand for what was read. */
function matchesByStates(glob: string, text: string): boolean {
  const skipStars = (states: Set<number>) => {
    for (const state of states) if (glob[state] === "*") states.add(state + 1);
    return states;
  };
  let states = skipStars(new Set([0]));
  for (const letter of text) {
    const next = [...states].flatMap((state) =>
      glob[state] === "*" ? [state] : glob[state] === letter ? [state + 1] : [],
    );
    states = skipStars(new Set(next));
  }
  return states.has(glob.length);
}

describe("any pattern and any gateway", () => {
  // Few letters, so that many pairs match.
  const word = (letters: string, length = 8) =>
    fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: length });
  const glob = (letters: string) =>
    fc
      .tuple(
        fc.string({ unit: fc.constantFrom(...letters), maxLength: 3 }),
        fc.array(fc.string({ unit: fc.constantFrom(...letters), maxLength: 2 }), { maxLength: 3 }),
      )
      .map(([head, rest]) => [head, ...rest].join("*"))
      .filter((text) => text !== "");
  const patterns = fc.tuple(
    fc.oneof(glob("al"), fc.constantFrom("alibaba", "tencent", "*", "*a", "t*")),
    glob("a1-"),
    glob("aA1-"),
  );
  const gateways = fc.record({
    provider: fc.constantFrom("alibaba" as const, "tencent" as const),
    region: word("a1-"),
    id: word("aA1-"),
  });

  it("agree as an independent matcher says, and every such pattern is of the grammar", () => {
    fc.assert(
      fc.property(patterns, gateways, (parts, of) => {
        const pattern = parts.join("/");
        expect(gatewayPattern.test(pattern)).toBe(true);
        const values = [of.provider, of.region, of.id];
        const expected = parts.every((part, index) => matchesByStates(part, values[index] ?? ""));
        expect(covers(pattern, of)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("agree for no other provider and no other region than a pattern names", () => {
    fc.assert(
      fc.property(gateways, gateways, glob("aA1-"), (named, of, gatewayGlob) => {
        const covered = covers(`${named.provider}/${named.region}/${gatewayGlob}`, of);
        expect(covered && (of.provider !== named.provider || of.region !== named.region)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("agree always where the pattern is *", () => {
    fc.assert(fc.property(gateways, (of) => covers("*", of)));
  });
});

describe("requireGateways", () => {
  const { provider, region } = gateway;
  const request = {
    provider,
    region,
    vpnGatewayId: "vpn-1",
    tunnels: [{ customerGatewayId: "cgw-1" }, { customerGatewayId: "cgw-2" }],
  };
  const refused = (patterns: string[]) => refusalOf(() => requireGateways(patterns, request));
  const pointersOf = async (patterns: string[]) => (await refused(patterns)).errors.map(({ pointer }) => pointer);

  it.each([[["*"]], [["tencent/*/*", "alibaba/cn-shanghai/*"]], [["alibaba/*/vpn-1", "alibaba/cn-shanghai/cgw-*"]]])(
    "lets through what %j covers together",
    (patterns) => {
      expect(() => requireGateways(patterns, request)).not.toThrow();
    },
  );

  it("refuses with a pointer to each gateway that no pattern covers, customer gateways too", async () => {
    expect(await refused([])).toMatchObject({ code: "forbidden" });
    expect(await pointersOf([])).toEqual([
      "/vpnGatewayId",
      "/tunnels/0/customerGatewayId",
      "/tunnels/1/customerGatewayId",
    ]);
    expect(await pointersOf(["alibaba/*/vpn-*"])).toEqual([
      "/tunnels/0/customerGatewayId",
      "/tunnels/1/customerGatewayId",
    ]);
    expect(await pointersOf(["alibaba/*/*-1"])).toEqual(["/tunnels/1/customerGatewayId"]);
    expect(await pointersOf(["alibaba/cn-beijing/*", "tencent/*/*"])).toHaveLength(3);
  });
});

describe("a pattern that can never match", () => {
  it.each([
    ["aws/cn-shanghai/vpn-1", "names no vendor of the broker's: alibaba or tencent"],
    ["a/*/*", "names no vendor of the broker's: alibaba or tencent"],
    ["*z*/*/*", "names no vendor of the broker's: alibaba or tencent"],
    ["alibaba/shanghai/*", "can match no region such as cn-shanghai"],
    ["alibaba/cn/*", "can match no region such as cn-shanghai"],
    ["alibaba/1*/*", "can match no region such as cn-shanghai"],
    ["alibaba/*-/*", "can match no region such as cn-shanghai"],
    ["*/cn--*/*", "can match no region such as cn-shanghai"],
    ["alibaba/*a-*1--*/*", "can match no region such as cn-shanghai"],
    ["tencent/*/-vpngw*", "can match no gateway's id"],
  ])("is told why: %s", (pattern, why) => {
    expect(gatewayPattern.test(pattern)).toBe(true);
    expect(flawOfPattern(pattern)).toBe(why);
  });

  it("is none that a region and an id are covered by, wherever its stars are", () => {
    const word = (pattern: RegExp) => fc.stringMatching(pattern);
    const region = word(/^[a-z]{2}(-[a-z0-9]{1,6}){1,3}$/);
    const id = word(/^[A-Za-z0-9][A-Za-z0-9-]{0,20}$/);
    const cuts = fc.array(fc.tuple(fc.nat(20), fc.nat(6)), { maxLength: 3 });
    /** The text with stars in place of some of it. */
    const star = (text: string, at: [number, number][]) =>
      at.reduce((cut, [from, length]) => `${cut.slice(0, from)}*${cut.slice(from + length)}`, text);
    const provider = fc.constantFrom("alibaba" as const, "tencent" as const);
    fc.assert(
      fc.property(provider, region, id, cuts, cuts, (vendor, place, gatewayId, some, others) => {
        const pattern = `${vendor}/${star(place, some)}/${star(gatewayId, others)}`;
        fc.pre(gatewayPattern.test(pattern) && covers(pattern, { provider: vendor, region: place, id: gatewayId }));
        expect(flawOfPattern(pattern)).toBeUndefined();
      }),
    );
  });

  it.each(["*", "*/*/*", "a*/c*/v*", "*t/*1/*-", "*l*b*/*-*/***", "tencent/ap-shanghai-fsi/vpngw-1"])(
    "is not: %s",
    (pattern) => expect(flawOfPattern(pattern)).toBeUndefined(),
  );
});

describe("namesGateways", () => {
  const request = {
    provider: "tencent" as const,
    region: "ap-shanghai",
    vpnGatewayId: "vpngw-1",
    tunnels: [{ customerGatewayId: "cgw-1" }],
  };
  const [vpn, customer] = ["tencent/ap-shanghai/vpngw-1", "tencent/ap-shanghai/cgw-1"];

  it.each([
    [[vpn, customer], true],
    [["*", customer, "tencent/*/*", vpn], true],
    [[vpn], false],
    [[vpn, "tencent/ap-shanghai/cgw-*"], false],
    [["tencent/*/vpngw-1", customer], false],
    [["*"], false],
    [[], false],
  ])("by the patterns %j: %s", (patterns, expected) => {
    expect(namesGateways(patterns, request)).toBe(expected);
  });
});

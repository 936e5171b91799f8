import { describe, expect, it } from "vitest";
import { edit } from "../../../generators/json-edit.ts";
import { validAlibabaRequest, validPairsRequest, validTencentRequest } from "../../../support/create-requests.ts";
import { flaw, flawsOf } from "../../../support/flaws.ts";

const routed = (routing: unknown) => flawsOf(edit(validAlibabaRequest(), { "/routing": routing }));
const paired = (pairs: unknown) => flawsOf(edit(validPairsRequest(), { "/routing/pairs": pairs }));

describe("networks fit the mode", () => {
  it("mode policy needs both lists", () => {
    expect(routed({ mode: "policy" })).toEqual([
      flaw("/routing/localCidrs", "is required for mode policy"),
      flaw("/routing/remoteCidrs", "is required for mode policy"),
    ]);
    const oneOnly = { mode: "policy", localCidrs: ["10.0.0.0/24"] };
    expect(routed(oneOnly)).toEqual([flaw("/routing/remoteCidrs", "is required for mode policy")]);
  });

  it("or pairs, and not both", () => {
    const pairs = validPairsRequest().routing.pairs;
    expect(flawsOf(edit(validPairsRequest(), { "/routing/localCidrs": ["10.8.4.0/24"] }))).toEqual([
      flaw("/routing/pairs", "either pairs, or localCidrs and remoteCidrs"),
    ]);
    expect(flawsOf(edit(validPairsRequest(), { "/routing": { mode: "policy", pairs } }))).toEqual([]);
  });

  it.each(["localCidrs", "remoteCidrs"])("modes route and bgp have no %s", (member) => {
    const networks = ["10.0.0.0/24"];
    expect(routed({ mode: "route", [member]: networks })).toEqual([flaw(`/routing/${member}`, "for mode policy only")]);
    expect(flawsOf(edit(validTencentRequest(), { [`/routing/${member}`]: networks }))).toEqual([
      flaw(`/routing/${member}`, "for mode policy only, not for mode bgp"),
    ]);
  });

  it("modes route and bgp have no pairs", () => {
    const pairs = [{ local: "10.0.0.0/24", remotes: ["10.1.0.0/24"] }];
    expect(routed({ mode: "route", pairs })).toEqual([
      flaw("/routing/pairs", "for mode policy only, not for mode route"),
    ]);
  });

  it("mode route needs nothing", () => {
    expect(routed({ mode: "route" })).toEqual([]);
  });

  it("a list that was given but is wrong is not called missing", () => {
    expect(routed({ mode: "policy", localCidrs: "x", remoteCidrs: ["10.0.0.0/24"] })).toEqual([
      flaw("/routing/localCidrs", "must be an array"),
    ]);
    expect(routed({ mode: "policy", pairs: null })).toEqual([flaw("/routing/pairs", "must be an array")]);
  });
});

describe("local and remote networks are disjoint", () => {
  it.each([
    ["the same", "10.10.1.0/24", "10.10.1.0/24"],
    ["one in the other", "10.10.0.0/16", "10.10.1.0/24"],
    ["one around the other", "10.10.1.0/24", "10.0.0.0/8"],
    ["everything", "0.0.0.0/0", "10.10.1.0/24"],
  ])("%s is refused at the remote one, with the local one named", (_, local, remote) => {
    expect(routed({ mode: "policy", localCidrs: [local], remoteCidrs: ["192.168.0.0/24", remote] })).toContainEqual(
      flaw("/routing/remoteCidrs/1", `${remote} overlaps the local network ${local}`),
    );
  });

  it("each remote network is named once, however many local ones it overlaps", () => {
    const localCidrs = ["10.10.1.0/24", "10.10.2.0/24"];
    expect(routed({ mode: "policy", localCidrs, remoteCidrs: ["10.10.0.0/16"] })).toEqual([
      flaw("/routing/remoteCidrs/0", "overlaps the local network 10.10.1.0/24"),
    ]);
  });

  it("neighbours do not overlap", () => {
    expect(routed({ mode: "policy", localCidrs: ["10.0.0.0/25"], remoteCidrs: ["10.0.0.128/25"] })).toEqual([]);
  });

  it("a network that is none is left out, the others are compared", () => {
    expect(routed({ mode: "policy", localCidrs: ["nonsense", "10.0.0.0/8"], remoteCidrs: ["10.1.0.0/16"] })).toEqual([
      flaw("/routing/localCidrs/0", "must be an IPv4 network"),
      flaw("/routing/remoteCidrs/0", "overlaps the local network 10.0.0.0/8"),
    ]);
  });

  it("in pairs too, also across them", () => {
    const pairs = [
      { local: "10.8.4.0/24", remotes: ["58.211.1.0/24"] },
      { local: "10.8.5.0/24", remotes: ["58.211.2.0/24", "10.8.4.0/25"] },
    ];
    expect(paired(pairs)).toEqual([flaw("/routing/pairs/1/remotes/1", "overlaps the local network 10.8.4.0/24")]);
  });
});

describe("no network is listed twice", () => {
  it.each(["localCidrs", "remoteCidrs"])("in %s", (member) => {
    const routing = { mode: "policy", localCidrs: ["10.0.0.0/24"], remoteCidrs: ["10.1.0.0/24"] };
    const twice = ["10.9.0.0/24", "10.8.0.0/24", "10.9.0.0/24"];
    expect(routed({ ...routing, [member]: twice })).toEqual([
      flaw(`/routing/${member}/2`, "10.9.0.0/24 is listed twice"),
    ]);
  });

  it("among the remotes of a pair", () => {
    const pairs = [{ local: "10.8.4.0/24", remotes: ["58.211.1.0/24", "58.211.1.0/24"] }];
    expect(paired(pairs)).toEqual([flaw("/routing/pairs/0/remotes/1", "58.211.1.0/24 is listed twice")]);
  });

  it("among the locals of all pairs; a remote may stand in several", () => {
    const remotes = ["58.211.1.0/24"];
    expect(
      paired([
        { local: "10.8.4.0/24", remotes },
        { local: "10.8.4.0/24", remotes },
      ]),
    ).toEqual([flaw("/routing/pairs/1/local", "10.8.4.0/24 is listed twice")]);
    expect(
      paired([
        { local: "10.8.4.0/24", remotes },
        { local: "10.8.5.0/24", remotes },
      ]),
    ).toEqual([]);
  });
});

describe("pairs at Alibaba Cloud", () => {
  const paired = (...remotes: string[][]) => {
    const pairs = remotes.map((list, index) => ({ local: `10.8.${index}.0/24`, remotes: list }));
    return flawsOf(edit(validAlibabaRequest(), { "/routing": { mode: "policy", pairs } }));
  };

  it("are accepted when every local network is joined with every remote one", () => {
    expect(paired(["58.0.0.0/24"])).toEqual([]);
    expect(paired(["58.0.0.0/24", "59.0.0.0/24"], ["59.0.0.0/24", "58.0.0.0/24"])).toEqual([]);
  });

  it("are refused otherwise, and the vendor that can named", () => {
    expect(paired(["58.0.0.0/24"], ["59.0.0.0/24"])).toEqual([
      flaw("/routing/pairs", "Tencent Cloud can express arbitrary pairs"),
    ]);
    expect(paired(["58.0.0.0/24"], ["58.0.0.0/24", "59.0.0.0/24"])).toHaveLength(1);
  });
});

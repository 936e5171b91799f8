import { describe, expect, it } from "vitest";
import { edit } from "../../../generators/json-edit.ts";
import { validAlibabaRequest, validDualTunnelRequest, validTencentRequest } from "../../../support/create-requests.ts";
import { flaw, flawsOf } from "../../../support/flaws.ts";

const at = "/tunnels/0/bgp";

function atTencent(bgp: unknown) {
  return flawsOf(edit(validTencentRequest(), { [at]: bgp }));
}

function atAlibaba(bgp: unknown) {
  return flawsOf(edit(validAlibabaRequest(), { "/routing": { mode: "bgp" }, [at]: bgp }));
}

describe("BGP settings", () => {
  it("stand on every tunnel in mode bgp", () => {
    expect(atTencent(undefined)).toEqual([flaw(at, "is required for routing mode bgp")]);
    expect(flawsOf(edit(validDualTunnelRequest(), { "/tunnels/1/bgp": undefined }))).toEqual([
      flaw("/tunnels/1/bgp", "is required for routing mode bgp"),
    ]);
  });

  it("stand with networks where the vendor takes both, on every tunnel or none", () => {
    const bgp = { tunnelCidr: "169.254.20.0/30", localIp: "169.254.20.1" };
    expect(flawsOf(edit(validAlibabaRequest(), { [at]: bgp }))).toEqual([]);
    const routing = { mode: "policy", localCidrs: ["10.0.0.0/24"], remoteCidrs: ["10.1.0.0/24"] };
    const dual = edit(validDualTunnelRequest(), { "/routing": routing });
    expect(flawsOf(dual)).toEqual([]);
    expect(flawsOf(edit(dual, { "/tunnels/1/bgp": undefined }))).toEqual([flaw("/tunnels/1/bgp", "is required")]);
    expect(flawsOf(edit(dual, { "/tunnels/0/bgp": undefined, "/tunnels/1/bgp": undefined }))).toEqual([]);
    const healthCheck = { "/healthCheck": undefined };
    expect(flawsOf(edit(validTencentRequest(), { ...healthCheck, "/routing": routing }))).toEqual([
      flaw(at, "for routing mode bgp only, not for mode policy; Alibaba Cloud has both"),
    ]);
  });

  it("stand on none without networks", () => {
    const bgp = { tunnelCidr: "169.254.20.0/30", localIp: "169.254.20.1" };
    expect(flawsOf(edit(validAlibabaRequest(), { [at]: bgp, "/routing": { mode: "route" } }))).toEqual([
      flaw(at, "not for mode route"),
    ]);
  });

  it("have our ASN for each of two tunnels", () => {
    expect(flawsOf(edit(validDualTunnelRequest(), { "/tunnels/1/bgp/localAsn": undefined }))).toEqual([
      flaw("/tunnels/1/bgp/localAsn", "is required with two tunnels at Alibaba Cloud"),
    ]);
  });

  it("that were given but are wrong are not called missing", () => {
    expect(atTencent("x")).toEqual([flaw(at, "must be an object")]);
  });
});

describe("the tunnel's network", () => {
  it.each([
    "169.254.128.0/29",
    "169.254.128.0/31",
    "169.254.0.0/16",
    "169.253.255.252/30",
    "10.0.0.0/30",
    "170.0.0.0/30",
  ])("must be a /30 of the link-local range: not %s", (tunnelCidr) => {
    const flaws = atTencent({ tunnelCidr, localIp: "169.254.128.1" });
    expect(flaws).toEqual([flaw(`${at}/tunnelCidr`, "must be a /30 inside 169.254.0.0/16")]);
  });

  it.each([
    "169.254.0.0",
    "169.254.1.0",
    "169.254.2.0",
    "169.254.3.0",
    "169.254.4.0",
    "169.254.5.0",
    "169.254.6.0",
    "169.254.169.252",
  ])("may be %s/30 at Tencent Cloud, not at Alibaba Cloud", (base) => {
    const host = base.replace(/\d+$/, (last) => String(Number(last) + 1));
    const bgp = { tunnelCidr: `${base}/30`, localIp: host };
    expect(atTencent(bgp)).toEqual([]);
    expect(atAlibaba(bgp)).toEqual([flaw(`${at}/tunnelCidr`, `${base}/30 is reserved by Alibaba Cloud`)]);
  });

  it.each(["169.254.0.4/30", "169.254.6.4/30", "169.254.7.0/30", "169.254.169.248/30"])(
    "may be %s at both",
    (tunnelCidr) => {
      const [base = ""] = tunnelCidr.split("/");
      const bgp = { tunnelCidr, localIp: base.replace(/\d+$/, (last) => String(Number(last) + 2)) };
      expect(atTencent(bgp)).toEqual([]);
      expect(atAlibaba(bgp)).toEqual([]);
    },
  );

  it("is another one for each tunnel of a pair", () => {
    const bgp = { localAsn: 65_530, tunnelCidr: "169.254.10.0/30", localIp: "169.254.10.1" };
    expect(flawsOf(edit(validDualTunnelRequest(), { "/tunnels/1/bgp": bgp }))).toEqual([
      flaw("/tunnels/1/bgp/tunnelCidr", "must differ from the first tunnel's"),
    ]);
  });
});

describe("the two addresses", () => {
  const tunnelCidr = "169.254.128.4/30";
  const mustBeHost = "must be 169.254.128.5 or 169.254.128.6, the two hosts of 169.254.128.4/30";

  it.each(["169.254.128.4", "169.254.128.7", "169.254.128.1", "10.0.0.1"])(
    "are hosts of the network: not %s",
    (address) => {
      expect(atTencent({ tunnelCidr, localIp: address })).toEqual([flaw(`${at}/localIp`, mustBeHost)]);
      expect(atTencent({ tunnelCidr, localIp: "169.254.128.5", remoteIp: address })).toEqual([
        flaw(`${at}/remoteIp`, mustBeHost),
      ]);
    },
  );

  it("are both told when both are wrong", () => {
    expect(atTencent({ tunnelCidr, localIp: "10.0.0.1", remoteIp: "10.0.0.1" })).toEqual([
      flaw(`${at}/localIp`, mustBeHost),
      flaw(`${at}/remoteIp`, mustBeHost),
    ]);
  });

  it.each([
    ["169.254.128.5", "169.254.128.6"],
    ["169.254.128.6", "169.254.128.5"],
  ])("are the two different ones at both vendors: %s and %s", (localIp, remoteIp) => {
    for (const send of [atTencent, atAlibaba]) {
      expect(send({ tunnelCidr, localIp, remoteIp })).toEqual([]);
      expect(send({ tunnelCidr, localIp })).toEqual([]);
      expect(send({ tunnelCidr, localIp, remoteIp: localIp })).toEqual([
        flaw(`${at}/remoteIp`, "must differ from localIp"),
      ]);
    }
  });
});

describe("our address", () => {
  const tunnelCidr = "169.254.128.4/30";

  it("is needed, or the peer's, at Tencent Cloud alone", () => {
    expect(atTencent({ tunnelCidr })).toEqual([flaw(`${at}/localIp`, "is required at Tencent Cloud, or remoteIp")]);
    expect(atTencent({ tunnelCidr, remoteIp: "169.254.128.5" })).toEqual([]);
    expect(atAlibaba({ tunnelCidr })).toEqual([]);
    expect(atAlibaba({ tunnelCidr, remoteIp: "169.254.128.5" })).toEqual([]);
  });
});

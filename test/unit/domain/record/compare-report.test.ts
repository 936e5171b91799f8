import { describe, expect, it } from "vitest";
import type { ReportedParameters } from "../../../../functions/domain/provider/reported.ts";
import { findReportedDifferences, fitReport } from "../../../../functions/domain/record/compare-report.ts";
import { applyDefaults } from "../../../../functions/domain/request/apply-defaults.ts";
import { validAlibabaRequest, validDualTunnelRequest, validPairsRequest } from "../../../support/create-requests.ts";

const name = "hq-shanghai-abcdefghijkl";

function differencesOf(reported: ReportedParameters, request = validAlibabaRequest()): string[] {
  const effective = applyDefaults(request);
  return findReportedDifferences(effective, name, fitReport(effective, reported));
}
const ofTunnel = (tunnel: NonNullable<ReportedParameters["tunnels"]>[number]) => ({ tunnels: [tunnel] });
const withTunnel = (tunnel: object) => {
  const request = validAlibabaRequest();
  return { ...request, tunnels: request.tunnels.map((one) => ({ ...one, ...tunnel })) };
};

describe("no difference is", () => {
  it.each<[string, ReportedParameters, ReturnType<typeof validAlibabaRequest>?]>([
    ["a vendor that shows nothing", {}],
    ["a tunnel of which nothing is shown", ofTunnel({})],
    ["what was not asked for", { vpcId: "vpc-1", ...ofTunnel({ bgp: { localIp: "169.254.10.1" } }) }],
    ["the connection's own name", { name }],
    ["a name in another Unicode form, case and spacing", { name: ` HQ-Shanghai-\uFF41bcdefghijkl ` }],
    [
      "another order of networks",
      { routing: { localCidrs: ["10.10.2.0/24", "10.10.1.0/24"], remoteCidrs: ["10.20.0.0/16"] } },
    ],
    [
      "a network with host bits",
      { routing: { localCidrs: ["10.10.1.9/24", "10.10.2.0/24"], remoteCidrs: ["10.20.0.0/16"] } },
    ],
    [
      "the same networks as pairs, one of them in two parts",
      {
        routing: {
          mode: "policy",
          pairs: [
            { local: "10.10.2.0/24", remotes: ["10.20.0.0/16"] },
            { local: "10.10.1.0/24", remotes: ["10.20.0.0/16"] },
            { local: "10.10.1.0/24", remotes: ["10.20.0.0/16"] },
          ],
        },
      },
    ],
    ["a tag more or less", { tags: { team: "network", "acs:rm:rgId": "rg-1" } }],
    [
      "what was left to the vendor",
      ofTunnel({ dpd: { enabled: false }, natTraversal: false }),
      withTunnel({ dpd: "vendor-default", natTraversal: "vendor-default" }),
    ],
    [
      "a setting of what is switched off on both sides",
      { healthCheck: { enabled: false, intervalSeconds: 9 } },
      { ...validAlibabaRequest(), healthCheck: { enabled: false, intervalSeconds: 3 } },
    ],
  ])("%s", (_, reported, request) => {
    expect(differencesOf(reported, request)).toEqual([]);
  });
});

describe("a difference is", () => {
  it.each<[string, ReportedParameters, string[]]>([
    ["another name", { name: "renamed" }, ["/name"]],
    ["another way of routing", { routing: { mode: "route" } }, ["/routing/mode"]],
    [
      "a network more",
      { routing: { localCidrs: ["10.10.1.0/24", "10.10.2.0/24", "10.10.3.0/24"], remoteCidrs: ["10.20.0.0/16"] } },
      ["/routing/localCidrs"],
    ],
    [
      "a network less",
      { routing: { pairs: [{ local: "10.10.1.0/24", remotes: ["10.20.0.0/16"] }] } },
      ["/routing/localCidrs"],
    ],
    [
      "one pair with another remote network",
      {
        routing: {
          pairs: [
            { local: "10.10.1.0/24", remotes: ["10.20.0.0/16"] },
            { local: "10.10.2.0/24", remotes: ["10.21.0.0/16"] },
          ],
        },
      },
      ["/routing/remoteCidrs"],
    ],
    [
      "a word that nobody knows",
      ofTunnel({ ike: { encryption: "chacha20", integrity: "sha256" } }),
      ["/tunnels/0/ike/encryption"],
    ],
    [
      "what is off and was to be on, whatever its settings",
      { healthCheck: { enabled: false, intervalSeconds: 3 } },
      ["/healthCheck/enabled"],
    ],
    ["another value of a tag", { tags: { team: "sales" } }, ["/tags/team"]],
    [
      "several, in the order of the report",
      { name: "renamed", ...ofTunnel({ ike: { dhGroup: 2 }, ipsec: { lifetimeSeconds: 86_400 } }) },
      ["/name", "/tunnels/0/ike/dhGroup", "/tunnels/0/ipsec/lifetimeSeconds"],
    ],
  ])("%s", (_, reported, expected) => {
    expect(differencesOf(reported)).toEqual(expected);
  });

  it("any pair of networks that is not one of those asked for", () => {
    const request = validPairsRequest();
    const [first, second] = request.routing.pairs ?? [];
    const found = (remotes: string[]) =>
      differencesOf(
        {
          routing: {
            pairs: [
              { local: String(second?.local), remotes },
              { ...first, local: String(first?.local), remotes: first?.remotes ?? [] },
            ],
          },
        },
        request,
      );
    expect(found(["58.211.3.0/24", "58.211.2.0/24"])).toEqual([]);
    expect(found(["58.211.2.0/24"])).toEqual(["/routing/pairs"]);
  });
});

describe("a report in the form of its request", () => {
  it("has its tunnels where the request has them, whichever the vendor shows first", () => {
    const request = applyDefaults(validDualTunnelRequest());
    const backup = { role: "backup", customerGatewayId: "cgw-2" };
    const primary = { role: "primary", customerGatewayId: "cgw-9" };
    const fitted = fitReport(request, { tunnels: [backup, primary] });
    expect(fitted.tunnels).toEqual([primary, backup]);
    expect(findReportedDifferences(request, name, fitted)).toEqual(["/tunnels/0/customerGatewayId"]);
    expect(fitReport(request, { tunnels: [backup] }).tunnels).toEqual([{}, backup]);
  });

  it("has networks in the order of the request, and others behind them", () => {
    const request = applyDefaults(validAlibabaRequest());
    const routing = {
      localCidrs: ["10.9.0.0/16", "10.10.2.0/24", "10.10.1.0/24"],
      remoteCidrs: ["10.30.0.0/16", "10.20.0.0/16"],
    };
    expect(fitReport(request, { routing }).routing).toEqual({
      localCidrs: ["10.10.1.0/24", "10.10.2.0/24", "10.9.0.0/16"],
      remoteCidrs: ["10.20.0.0/16", "10.30.0.0/16"],
    });
  });

  it("has none of the tags that somebody else has put there", () => {
    const request = applyDefaults(validAlibabaRequest());
    expect(fitReport(request, { tags: { team: "sales", "acs:rm:rgId": "rg-1" } })).toEqual({ tags: { team: "sales" } });
    expect(fitReport(request, { tags: { other: "one" } })).toEqual({});
  });

  it("has pairs where the request has them", () => {
    const request = applyDefaults(validPairsRequest());
    const routing = { mode: "policy", localCidrs: ["10.8.5.0/24", "10.8.4.0/24"], remoteCidrs: ["58.211.1.0/24"] };
    expect(fitReport(request, { routing }).routing).toEqual({
      mode: "policy",
      pairs: [
        { local: "10.8.4.0/24", remotes: ["58.211.1.0/24"] },
        { local: "10.8.5.0/24", remotes: ["58.211.1.0/24"] },
      ],
    });
  });
});

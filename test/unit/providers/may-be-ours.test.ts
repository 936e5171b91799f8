import { describe, expect, it } from "vitest";
import * as alibaba from "../../../functions/providers/alibaba/errors.ts";
import * as tencent from "../../../functions/providers/tencent/errors.ts";

/** Codes by which a vendor shows that a create which nobody heard of has worked; quotas and "exists" aside. */
const revealing: Record<"alibaba" | "tencent", string[]> = {
  alibaba: [
    "VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap",
    "VpnConnectionParamInvalid.SameVpnAndCgwDifferentIkeConfigs",
    "VpnRouteEntry.AlreadyExists",
    "VpnRouteEntry.Conflict",
    "CustomerGateway.ConflictRouteEntry",
    "IllegalParam.TunnelCidr",
  ],
  tencent: [
    "InvalidParameterValue.Duplicate",
    "InvalidParameterValue.VpcCidrConflict",
    "InvalidParameterValue.VpnConnCidrConflict",
    "InvalidParameterValue.VpnConnSpdCidrConflict",
    "InvalidParameterValue.VpnConnBgpTunnelCidrConflict",
    "InvalidParameterValue.VpnConnHealthCheckIpConflict",
    "UnsupportedOperation.VpnConnDestCidrConflictWithPrivateNet",
    "UnsupportedOperation.VpnConnSPDOverlap",
  ],
};

describe.each([
  ["alibaba", alibaba],
  ["tencent", tencent],
] as const)("what %s refuses", (vendor, { classify, providerErrors }) => {
  const codes = Object.keys(providerErrors);

  it.each(codes)("%s may be for a connection of ours, or may not", (code) => {
    const { class: kind, mayBeOurs } = classify(code);
    const expected = kind === "exists" || kind === "quota" || revealing[vendor].includes(code);
    expect(mayBeOurs === true).toBe(expected);
  });

  it("has every code that this test names", () => {
    expect(revealing[vendor].filter((code) => !codes.includes(code))).toEqual([]);
  });
});

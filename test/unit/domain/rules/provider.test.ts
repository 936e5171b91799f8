import { describe, expect, it } from "vitest";
import { edit } from "../../../generators/json-edit.ts";
import { validAlibabaRequest, validTencentRequest } from "../../../support/create-requests.ts";
import { flaw, flawsOf } from "../../../support/flaws.ts";

const titles = { alibaba: "Alibaba Cloud", tencent: "Tencent Cloud" };
const make = { alibaba: validAlibabaRequest, tencent: validTencentRequest };
const other = { alibaba: "tencent", tencent: "alibaba" } as const;

describe("a setting that only the other vendor has", () => {
  it.each([
    ["alibaba", "/vpcId", "vpc-1"],
    ["alibaba", "/healthCheck/timeoutMilliseconds", 500],
    ["alibaba", "/tunnels/0/ipsec/lifetimeKilobytes", 2560],
    ["alibaba", "/tunnels/0/dpd/timeoutSeconds", 30],
    ["alibaba", "/tunnels/0/dpd/action", "restart"],
    ["tencent", "/autoConfigureRoutes", true],
    ["tencent", "/tunnels/0/role", "backup"],
    ["tencent", "/tunnels/0/natTraversal", false],
    ["tencent", "/tunnels/0/bgp/localAsn", 65_530],
    ["tencent", "/tunnels/0/remoteCaCertificate", "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----"],
  ] as const)("%s: %s is refused, and the vendor that has it named", (provider, pointer, value) => {
    const detail = `${titles[provider]} has no such setting; ${titles[other[provider]]} has`;
    const flaws = flawsOf(edit(make[provider](), { [pointer]: value }));
    expect(flaws.filter((found) => found.detail === detail)).toEqual([{ pointer, detail }]);
    expect(flaws.every((found) => found.pointer === pointer)).toBe(true);
  });

  it.each([
    ["/autoConfigureRoutes", false],
    ["/tunnels/0/role", "primary"],
    ["/tunnels/0/natTraversal", true],
    ["/tunnels/0/natTraversal", "vendor-default"],
  ])("is accepted at Tencent Cloud where it means the same: %s %s", (pointer, value) => {
    expect(flawsOf(edit(validTencentRequest(), { [pointer]: value }))).toEqual([]);
  });

  it("is not looked at without a vendor", () => {
    const body = edit(validTencentRequest(), { "/provider": undefined });
    expect(flawsOf(body)).toEqual([flaw("/provider", "is required")]);
  });
});

describe("a value that only the other vendor offers", () => {
  it.each([
    ...["aes128gcm", "aes192gcm", "aes256gcm"].flatMap((value) => [
      ["alibaba", "/tunnels/0/ike/encryption", value] as const,
      ["alibaba", "/tunnels/0/ipsec/encryption", value] as const,
    ]),
    ...[15, 16, 19, 20, 21, 24].flatMap((group) => [
      ["alibaba", "/tunnels/0/ike/dhGroup", group] as const,
      ["alibaba", "/tunnels/0/ipsec/pfsGroup", group] as const,
    ]),
    ["alibaba", "/negotiation", "passive"] as const,
    ["tencent", "/tunnels/0/ike/integrity", "sha384"] as const,
    ["tencent", "/tunnels/0/ike/integrity", "sm3"] as const,
  ])("%s: %s %s is refused, and the vendor that offers it named", (provider, pointer, value) => {
    expect(flawsOf(edit(make[provider](), { [pointer]: value }))).toEqual([
      flaw(pointer, `${titles[provider]} does not offer ${typeof value === "number" ? "group " : ""}${value}`),
    ]);
    expect(flawsOf(edit(make[provider](), { [pointer]: value }))).toEqual([
      flaw(pointer, `; ${titles[other[provider]]} does`),
    ]);
    expect(flawsOf(edit(make[other[provider]](), { [pointer]: value }))).toEqual([]);
  });
});

describe("lifetimes", () => {
  it.each([
    ["alibaba", "ike", 0, 86_400],
    ["alibaba", "ipsec", 0, 86_400],
    ["tencent", "ike", 60, 604_800],
    ["tencent", "ipsec", 180, 604_800],
  ] as const)("%s: %s has %i to %i seconds", (provider, phase, minimum, maximum) => {
    const pointer = `/tunnels/0/${phase}/lifetimeSeconds`;
    const set = (seconds: number) => flawsOf(edit(make[provider](), { [pointer]: seconds }));
    for (const seconds of [minimum, maximum]) expect(set(seconds)).toEqual([]);
    for (const seconds of [minimum - 1, maximum + 1]) expect(set(seconds)).toEqual([flaw(pointer, "must be")]);
  });
});

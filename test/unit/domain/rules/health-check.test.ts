import { describe, expect, it } from "vitest";
import { edit } from "../../../generators/json-edit.ts";
import {
  validAlibabaRequest,
  validDualTunnelRequest,
  validPairsRequest,
  validTencentRequest,
} from "../../../support/create-requests.ts";
import { flaw, flawsOf } from "../../../support/flaws.ts";

describe("the health check of Tencent Cloud", () => {
  const checked = (changes: Record<string, unknown>) => flawsOf(edit(validTencentRequest(), changes));

  it.each([
    ["intervalSeconds", 1, 5, 6],
    ["retries", 3, 8, 2],
    ["retries", 3, 8, 9],
  ])("%s is %i to %i, not %i", (member, minimum, maximum, beyond) => {
    const pointer = `/healthCheck/${member}`;
    expect(checked({ [pointer]: minimum })).toEqual([]);
    expect(checked({ [pointer]: maximum })).toEqual([]);
    expect(checked({ [pointer]: beyond })).toEqual([
      flaw(pointer, `must be ${minimum} to ${maximum} at Tencent Cloud`),
    ]);
  });

  it("does not go with policy routing, unless it is off", () => {
    const policy = { "/routing": validPairsRequest().routing, "/tunnels/0/bgp": undefined };
    expect(checked(policy)).toEqual([flaw("/healthCheck", "no health check with routing mode policy")]);
    expect(checked({ ...policy, "/healthCheck": { enabled: false } })).toEqual([]);
    expect(checked({ ...policy, "/healthCheck": undefined })).toEqual([]);
  });

  it("goes with route and bgp", () => {
    expect(checked({ "/routing": { mode: "route" }, "/tunnels/0/bgp": undefined })).toEqual([]);
  });
});

it("the health check of Tencent Cloud does not probe itself", () => {
  const body = edit(validTencentRequest(), { "/healthCheck/targetIp": "169.254.129.1" });
  expect(flawsOf(body)).toEqual([flaw("/healthCheck/targetIp", "must differ from sourceIp")]);
});

describe("the health check of Alibaba Cloud", () => {
  it("needs nothing but to be on: no document says more", () => {
    expect(flawsOf(edit(validAlibabaRequest(), { "/healthCheck": { enabled: true } }))).toEqual([]);
  });

  it("is not told to lack an address that was given but is wrong", () => {
    const body = edit(validAlibabaRequest(), { "/healthCheck/sourceIp": "x" });
    expect(flawsOf(body)).toEqual([flaw("/healthCheck/sourceIp", "must be an IPv4 address")]);
  });

  it("is not there with two tunnels", () => {
    const body = edit(validDualTunnelRequest(), { "/healthCheck": { enabled: true } });
    expect(flawsOf(body)).toEqual([flaw("/healthCheck", "not available with two tunnels")]);
  });
});

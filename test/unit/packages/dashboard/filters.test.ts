import { describe, expect, it } from "vitest";
import { listConnections } from "../../../../functions/contract/routes/list-connections.ts";
import { readFilters, withFilter, writeFilters } from "../../../../packages/dashboard/src/list/filters.ts";

const whole = {
  tenant: "acme",
  status: ["queued", "failed"],
  provider: "tencent",
  region: "ap-shanghai",
  vpnGatewayId: "vpngw-1",
  clientToken: "a&b=c",
  providerConnectionId: "vpnx-1",
  errorCode: "provider_quota",
  createdAfter: "2026-11-20T00:00:00.000Z",
  createdBefore: "2026-11-21T00:00:00.000Z",
} as const;

describe("the list's filters in the address", () => {
  it("are every filter that the API has", () => {
    const named = Object.keys(listConnections.query.shape).filter((name) => !["limit", "cursor"].includes(name));
    expect(Object.keys(whole).toSorted()).toEqual(named.toSorted());
  });

  it("come back as they were", () => {
    expect(readFilters(new URLSearchParams(writeFilters({ ...whole, status: [...whole.status] }).toString()))).toEqual(
      whole,
    );
  });

  it("are the same address whatever order they were chosen in", () => {
    const [one, other] = [
      writeFilters({ status: ["failed", "queued"] }),
      writeFilters({ status: ["queued", "failed"] }),
    ];
    expect(one.toString()).toBe(other.toString());
  });

  it("leave out what is no value of theirs", () => {
    const query = new URLSearchParams("status=broken&provider=aws&errorCode=x&createdAfter=soon&region=%20&other=1");
    expect(readFilters(query)).toEqual({});
  });

  it("are gone when they are emptied", () => {
    expect(withFilter({ region: "a", provider: "alibaba" }, "region", "")).toEqual({ provider: "alibaba" });
    expect(withFilter({ status: ["failed"] }, "status", [])).toEqual({});
    expect(withFilter({ provider: "alibaba" }, "provider", undefined)).toEqual({});
    expect(withFilter({}, "region", "b")).toEqual({ region: "b" });
  });
});

import { describe, expect, it } from "vitest";
import { edit } from "../../../generators/json-edit.ts";
import { validAlibabaRequest, validDualTunnelRequest, validTencentRequest } from "../../../support/create-requests.ts";
import { flaw, flawsOf } from "../../../support/flaws.ts";

describe("two tunnels", () => {
  const dual = (changes: Record<string, unknown>) => flawsOf(edit(validDualTunnelRequest(), changes));

  it("are Alibaba Cloud's only", () => {
    const { bgp: _first, ...tunnel } = validTencentRequest().tunnels[0] ?? { customerGatewayId: "" };
    const changes = { "/tunnels": [tunnel, tunnel], "/routing": { mode: "route" } };
    expect(flawsOf(edit(validTencentRequest(), changes))).toEqual([
      flaw("/tunnels/1", "Tencent Cloud has one tunnel per connection; Alibaba Cloud has two"),
    ]);
  });

  it("each have a role", () => {
    expect(dual({ "/tunnels/0/role": undefined, "/tunnels/1/role": undefined })).toEqual([
      flaw("/tunnels/0/role", "is required with two tunnels"),
      flaw("/tunnels/1/role", "is required with two tunnels"),
    ]);
  });

  it.each(["primary", "backup"])("are not both %s", (role) => {
    expect(dual({ "/tunnels/0/role": role, "/tunnels/1/role": role })).toEqual([
      flaw("/tunnels/1/role", "one tunnel must be primary and the other backup"),
    ]);
  });

  it("may come in either order", () => {
    expect(dual({ "/tunnels/0/role": "backup", "/tunnels/1/role": "primary" })).toEqual([]);
  });
});

it("a single tunnel is no backup", () => {
  const body = edit(validAlibabaRequest(), { "/tunnels/0/role": "backup" });
  expect(flawsOf(body)).toEqual([flaw("/tunnels/0/role", "a single tunnel has no backup role")]);
});

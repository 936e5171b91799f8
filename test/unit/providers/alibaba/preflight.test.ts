import { expect, it } from "vitest";
import { applyDefaults } from "../../../../functions/domain/request/apply-defaults.ts";
import { checkGateway } from "../../../../functions/providers/alibaba/preflight.ts";
import { demoRequests } from "../../../support/requests.ts";

const request = applyDefaults(demoRequests.alibaba);
const two = { ...request, tunnels: [...request.tunnels, ...request.tunnels] };
const single = { Status: "active" };
const dual = { ...single, DisasterRecoveryVSwitchId: "vsw-1" };

it.each([
  ["that is being deleted", request, { Status: "deleting" }, "/vpnGatewayId"],
  ["that is locked for an overdue payment", request, { ...single, BusinessStatus: "FinancialLocked" }, "/vpnGatewayId"],
  ["without IPsec", request, { ...single, IpsecVpn: "disable" }, "/vpnGatewayId"],
  ["with one tunnel per connection", two, single, "/tunnels"],
  ["with two tunnels per connection", request, dual, "/tunnels"],
] as const)("a gateway %s is not asked for what it does not take", (_, wanted, gateway, pointer) => {
  expect(checkGateway(wanted, gateway).map((flaw) => flaw.pointer)).toEqual([pointer]);
});

it("a gateway is asked for as many tunnels as it has", () => {
  expect([checkGateway(request, single), checkGateway(two, dual)]).toEqual([[], []]);
});

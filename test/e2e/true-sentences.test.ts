import { expect, it } from "vitest";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

/*
 * What is told to people, beside what the vendor did: the sentences of some fault scenarios, whole, as they are read.
 */

// Settle windows go by.
const stack = useTestStack({ LOCAL_TIME_SCALE: "0.002" });

async function run(request: object) {
  const { body } = await stack().call("POST", "/v1/vpn-connections", request);
  return stack().follow(String(body["id"]));
}

it.each([alibabaRequest, tencentRequest])("at $provider a second request names the connection", async (request) => {
  const first = await run(request);
  const second = await run(request);
  expect(second.error).toMatchObject({
    message: `/v1/vpn-connections/${first.id} has a connection (${first.providerConnectionId}) between these gateways for overlapping networks`,
    advice: "Use that connection, delete it at the vendor, or send a new request with allowDuplicate true.",
  });
});

it.each([
  {
    request: alibabaRequest,
    where: "Alibaba Cloud, cn-shanghai",
    code: "VpnConnectionParamInvalid.SameVpnAndCgwTrafficSelectorOverlap",
  },
  { request: tencentRequest, where: "Tencent Cloud, ap-shanghai", code: "UnsupportedOperation.VpnConnSPDOverlap" },
])("a lost answer and then $code end with the name to look for", async ({ request, where, code }) => {
  const action = "CreateVpnConnection";
  const fault = (body: object) => stack().control(request.provider, "POST", "/faults", { action, ...body });
  await fault({ kind: "reset-before" });
  await fault({ kind: "error", code, times: 99 });
  const ended = await run(request);
  const [title] = where.split(",");
  expect(ended.error).toMatchObject({
    code: "outcome_unknown",
    providerCode: code,
    message: `whether the create took effect could not be decided safely: ${title} answered ${action} with ${code}, which a connection of an earlier attempt would explain`,
    advice: `Look for connections named ${ended.providerConnectionName} at ${where}, gateway ${request.vpnGatewayId}; delete what should not be there, then redrive. Do not send it under another clientToken before this is decided. If none has that name, another one stands in the way.`,
  });
  expect(ended.tunnels[0]?.reason).toBe("whether there is a connection is not known");
});

it("answers with a code, three times, are told with it, and not as lost", async () => {
  const action = "CreateVpnConnection";
  await stack().control("tencent", "POST", "/faults", { action, kind: "error", code: "InternalError", times: 3 });
  const ended = await run(tencentRequest);
  expect(ended).toMatchObject({
    status: "unknown",
    error: {
      providerCode: "InternalError",
      message: `whether the create took effect could not be decided safely: no answer was clear 3 times in a row; the last one: Tencent Cloud answered ${action} with InternalError`,
    },
  });
  const calls = (await stack().events(ended.id)).filter((event) => event.type === "vendor_call");
  expect(calls.find((call) => call.action === action)).toMatchObject({ outcome: "InternalError", count: 3 });
});

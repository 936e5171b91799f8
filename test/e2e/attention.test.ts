import { expect, it } from "vitest";
import { tencentRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

// Three settle windows go by.
const stack = useTestStack({ LOCAL_TIME_SCALE: "0.002" });

it("lists what a person should look at, with the next action", async () => {
  await stack().control("tencent", "POST", "/faults", {
    action: "CreateVpnConnection",
    kind: "reset-before",
    times: 3,
  });
  const { body } = await stack().call("POST", "/v1/vpn-connections", tencentRequest);
  const unknown = await stack().follow(String(body["id"]));
  expect(unknown.status).toBe("unknown");
  const { status, body: attention } = await stack().call("GET", "/v1/attention");
  expect(status).toBe(200);
  expect(attention["items"]).toMatchObject([
    { reason: "unknown", action: unknown.error?.advice, connection: { id: unknown.id } },
  ]);
});

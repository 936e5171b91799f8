import { expect } from "vitest";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import type { TestStack } from "../support/local-stack.ts";
import { alibabaRequest } from "../support/requests.ts";

/** Has a request accepted, by default one at Alibaba Cloud that succeeds; `key` says whose it is. */
export async function create(
  { url, apiKey }: TestStack,
  patch: object = {},
  { request = alibabaRequest, key = apiKey }: { request?: object; key?: string } = {},
): Promise<ConnectionResource> {
  const response = await fetch(`${url}/v1/vpn-connections`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ ...request, ...patch }),
  });
  expect(response.status).toBe(202);
  return (await response.json()) as ConnectionResource;
}

/** Has one accepted that soon fails: there is no such gateway. */
export async function fail(stack: TestStack, patch: object = {}): Promise<ConnectionResource> {
  const { id } = await create(stack, { vpnGatewayId: "vpn-missing", ...patch });
  const ended = await stack.follow(id);
  expect(ended.status).toBe("failed");
  return ended;
}

/** A gateway and a peer of the demonstration estate, with networks that are nobody else's. */
export function atDemo(number: number): object {
  const two = String(number).padStart(2, "0");
  return {
    name: `site-${two}`,
    vpnGatewayId: `vpn-demo${two}`,
    routing: { mode: "policy", localCidrs: [`10.${number}.0.0/24`], remoteCidrs: [`10.${100 + number}.0.0/24`] },
    tunnels: [{ customerGatewayId: `cgw-demo${two}`, preSharedKey: "Test-key_1234" }],
  };
}

/** Resolves once the request has this status, for which something else must be holding it. */
export async function until(stack: TestStack, id: string, status: string): Promise<void> {
  await expect.poll(async () => (await stack.call("GET", `/v1/vpn-connections/${id}`)).body["status"]).toBe(status);
}

/** Has two accepted for one of the demonstration's gateways, which the first keeps busy for an hour; answers the id of the second. */
export async function queueBehind(stack: TestStack, number: number): Promise<string> {
  await stack.control("alibaba", "PUT", "/settings", { provisioningMilliseconds: 3_600_000 });
  const first = await create(stack, atDemo(number));
  await until(stack, first.id, "provisioning");
  const { id } = await create(stack, {
    ...atDemo(number + 10),
    vpnGatewayId: `vpn-demo${String(number).padStart(2, "0")}`,
  });
  await until(stack, id, "queued");
  return id;
}

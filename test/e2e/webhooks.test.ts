import { beforeEach, describe, expect, it } from "vitest";
import type { WebhookDelivery } from "../../functions/domain/connections/deliveries.ts";
import { type Arrived, isSignedBy, openWebhookEndpoint, type WebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { alibabaRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const stack = useTestStack();
let endpoint: WebhookEndpoint;
beforeEach(async () => {
  endpoint = await openWebhookEndpoint();
  return () => endpoint.close();
});

const path = "/v1/vpn-connections";
const tenant = "/v1/admin/tenants/local";

/** A request that soon ends `failed`: there is no such gateway. */
async function failSoon(patch: object = { callback: { url: endpoint.url } }): Promise<string> {
  const { body } = await stack().call("POST", path, { ...alibabaRequest, vpnGatewayId: "vpn-missing", ...patch });
  const { id, status } = await stack().follow(String(body["id"]));
  expect(status).toBe("failed");
  return id;
}

async function deliveries(id: string): Promise<WebhookDelivery[]> {
  const { status, body } = await stack().call("GET", `${path}/${id}/deliveries`);
  expect(status).toBe(200);
  return body["items"] as WebhookDelivery[];
}

const stateOf = async (id: string) => (await deliveries(id))[0]?.state;
const settings = { gateways: ["*"] };

describe("deliveries", () => {
  it("show every attempt with its code, its milliseconds and the time of the next", async () => {
    endpoint.answer = () => (endpoint.arrived.length === 0 ? { status: 500 } : { status: 200 });
    const id = await failSoon();
    await expect.poll(() => stateOf(id)).toBe("delivered");
    const [delivery, ...others] = await deliveries(id);
    expect(others).toEqual([]);
    expect(delivery).toEqual({
      id: endpoint.arrived[0]?.id,
      state: "delivered",
      attempts: [
        {
          at: expect.any(String) as string,
          attempt: 1,
          outcome: "HTTP 500",
          statusCode: 500,
          durationMilliseconds: expect.any(Number) as number,
          nextAttemptAt: expect.any(String) as string,
        },
        {
          at: expect.any(String) as string,
          attempt: 2,
          outcome: "ok",
          statusCode: 200,
          durationMilliseconds: expect.any(Number) as number,
        },
      ],
    });
    expect(endpoint.arrived.map((webhook) => webhook.id)).toEqual([delivery?.id, delivery?.id]);
  });

  it("end at once when the receiver is gone for good, and wait as long as a receiver asks", async () => {
    endpoint.answer = () => ({ status: 410 });
    const gone = await failSoon();
    await expect.poll(() => stateOf(gone)).toBe("exhausted");
    endpoint.answer = () => ({ status: 429, headers: { "retry-after": "36000" } });
    const busy = await failSoon();
    await expect.poll(async () => (await deliveries(busy))[0]?.attempts.length).toBe(1);
    const [attempt] = (await deliveries(busy))[0]?.attempts ?? [];
    const waits = Date.parse(attempt?.nextAttemptAt ?? "") - Date.parse(attempt?.at ?? "");
    expect(waits).toBeGreaterThanOrEqual(36_000 * 10);
  });
});

describe("a delivery that is sent again", () => {
  it("arrives under the same id, audited, once for each time it is asked for", async () => {
    endpoint.answer = () => ({ status: 410 });
    const id = await failSoon();
    await expect.poll(() => stateOf(id)).toBe("exhausted");
    const [delivery] = await deliveries(id);
    endpoint.answer = () => ({ status: 204 });
    const resent = await stack().call("POST", `${path}/${id}/deliveries/${delivery?.id}/resend`, {
      reason: "the endpoint is back",
    });
    expect(resent.status).toBe(202);
    await expect.poll(() => stateOf(id)).toBe("delivered");
    expect(endpoint.arrived.map((webhook) => webhook.id)).toEqual([delivery?.id, delivery?.id]);
    const { body } = await stack().call("GET", "/v1/admin/audit?limit=1");
    expect(body["items"]).toMatchObject([
      { action: "delivery.resend", target: delivery?.id, reason: "the endpoint is back" },
    ]);
    const { body: problem } = await stack().call("POST", `${path}/${id}/deliveries/msg_other_1/resend`);
    expect(problem["code"]).toBe("not_found");
  });
});

describe("a delivery that is sent again while it waits for its next attempt", () => {
  it("arrives now, once, however often it is asked for, and under the same id", async () => {
    endpoint.answer = () => ({ status: 429, headers: { "retry-after": "36000" } });
    const id = await failSoon();
    await expect.poll(async () => (await deliveries(id))[0]?.attempts.length).toBe(1);
    const [delivery] = await deliveries(id);
    endpoint.answer = () => ({ status: 204 });
    const resend = () => stack().call("POST", `${path}/${id}/deliveries/${delivery?.id}/resend`);
    await resend();
    await resend();
    await expect.poll(() => stateOf(id)).toBe("delivered");
    // Once it has arrived it may be sent again; before, the second asking changes nothing.
    expect((await deliveries(id))[0]?.attempts.length).toBeLessThanOrEqual(3);
    expect(new Set(endpoint.arrived.map((webhook) => webhook.id))).toEqual(new Set([delivery?.id]));
  });
});

describe("a tenant's own endpoint", () => {
  it("hears of requests that name no callback, and of no other", async () => {
    const own = await openWebhookEndpoint();
    await stack().call("PUT", tenant, { ...settings, webhookUrl: own.url });
    // The API remembers a tenant for a minute: a key that it has not met is looked up anew.
    const made = await stack().call("POST", `${tenant}/keys`, { name: "later", scopes: ["connections:write"] });
    const authorization = `Bearer ${String(made.body["key"])}`;
    const request = { ...alibabaRequest, vpnGatewayId: "vpn-missing" };
    const silent = await stack().call("POST", path, request, { authorization });
    const named = await stack().call("POST", path, { ...request, callback: { url: endpoint.url } }, { authorization });
    await expect.poll(() => own.arrived.map(({ event }) => event.data.id)).toEqual([silent.body["id"]]);
    await expect.poll(() => endpoint.arrived.map(({ event }) => event.data.id)).toEqual([named.body["id"]]);
    expect(isSignedBy(stack().webhookSecret, own.arrived[0] ?? { body: "", headers: {} })).toBe(true);
    await stack().call("PUT", tenant, settings);
    await own.close();
  });
});

describe("a secret that is being replaced", () => {
  it("signs beside the new one until its time is over", async () => {
    const rotated = await stack().call("POST", `${tenant}/webhook-secret/rotate`, { graceSeconds: 600 });
    expect(rotated.status).toBe(200);
    await failSoon();
    await expect.poll(() => endpoint.arrived.length).toBe(1);
    const [webhook] = endpoint.arrived as [Arrived];
    expect(webhook.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
    expect(isSignedBy(stack().webhookSecret, webhook)).toBe(true);
    expect(isSignedBy(String(rotated.body["webhookSecret"]), webhook)).toBe(true);

    const again = await stack().call("POST", `${tenant}/webhook-secret/rotate`, { graceSeconds: 0 });
    await failSoon();
    await expect.poll(() => endpoint.arrived.length).toBe(2);
    const [, later] = endpoint.arrived as [Arrived, Arrived];
    expect(later.headers["webhook-signature"]?.split(" ")).toHaveLength(1);
    expect(isSignedBy(String(again.body["webhookSecret"]), later)).toBe(true);
    expect(isSignedBy(stack().webhookSecret, later)).toBe(false);
  });
});

describe("an example", () => {
  it.each(["succeeded", "failed", "canceled", "unknown"])(
    "of %s is sent signed, and looks like a real one",
    async (status) => {
      const sent = await stack().call("POST", "/v1/webhooks/example", { status, url: endpoint.url });
      expect(sent.status).toBe(200);
      expect(sent.body).toMatchObject({ outcome: "ok", statusCode: 204, deliveryId: endpoint.arrived[0]?.id });
      const [webhook] = endpoint.arrived;
      expect(webhook?.event).toMatchObject({ type: `vpn_connection.${status}`, data: { status, name: "example" } });
      expect(webhook?.event.data.revision).toBeGreaterThan(0);
    },
  );

  it("goes nowhere that a webhook may not go", async () => {
    for (const url of ["http://10.0.0.1/", "https://example.com:22/", "https://user:pass@example.com/"]) {
      const { status, body } = await stack().call("POST", "/v1/webhooks/example", { url });
      expect({ status, errors: body["errors"] }).toMatchObject({ status: 400, errors: [{ pointer: "/url" }] });
    }
    expect((await stack().call("POST", "/v1/webhooks/example")).status).toBe(409);
  });

  it("to a name longer than any that resolves is one that did not arrive", async () => {
    const host = `${"a".repeat(63)}.`.repeat(31);
    const { status, body } = await stack().call("POST", "/v1/webhooks/example", {
      url: `https://${host}${"a".repeat(55)}/`,
    });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { outcome: expect.stringMatching(/^connection failed/) as string },
    });
  });
});

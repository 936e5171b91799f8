import { describe, expect, it } from "vitest";
import { failed, ok } from "../../../support/delivering.ts";
import { apiKeys, createTestExampleApi } from "../../../support/test-api.ts";

const webhookUrl = "https://acme.example.com/hook";

function createApi(sent = ok, acme: { webhookUrl?: string } = { webhookUrl }) {
  const requests: { url: string; type: string }[] = [];
  const api = createTestExampleApi(async (url, _headers, body) => {
    requests.push({ url, type: String((JSON.parse(body) as { type: unknown }).type) });
    return sent;
  }, acme);
  const example = (body?: unknown, key = apiKeys.all) => api.send("POST", "/v1/webhooks/example", { body, key });
  return { ...api, requests, example };
}

describe("an example", () => {
  it("goes to the tenant's endpoint, of a success unless it is said", async () => {
    const api = createApi();
    const { status, body } = await api.example();
    expect(status).toBe(200);
    expect(body).toEqual({
      deliveryId: expect.stringMatching(/^msg_example_request-\d+$/),
      outcome: "ok",
      statusCode: 204,
      durationMilliseconds: 0,
    });
    expect(api.requests).toEqual([{ url: webhookUrl, type: "vpn_connection.succeeded" }]);
    expect(api.audit.entries).toMatchObject([{ action: "webhook.example", by: { keyId: `key_${apiKeys.all}` } }]);
  });

  it.each(["succeeded", "failed", "canceled", "unknown"])("may be of any end: %s", async (status) => {
    const api = createApi();
    await api.example({ status, url: "https://other.example.com:8443/" });
    expect(api.requests).toEqual([{ url: "https://other.example.com:8443/", type: `vpn_connection.${status}` }]);
  });

  it("is told as it was answered, also when it was not taken", async () => {
    expect(await createApi(failed).example()).toMatchObject({
      status: 200,
      body: { outcome: "HTTP 500", statusCode: 500 },
    });
  });

  it("needs somewhere to go", async () => {
    expect(await createApi(ok, {}).example()).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(await createApi(ok, {}).example({ url: webhookUrl })).toMatchObject({ status: 200 });
  });

  it.each<[object, string]>([
    [{ status: "accepted" }, "/status"],
    [{ status: null }, "/status"],
    [{ url: "no URL" }, "/url"],
    [{ url: "ftp://a.example.com/" }, "/url"],
    [{ url: "http://a.example.com/" }, "/url"],
    [{ url: "https://a.example.com:444/" }, "/url"],
    [{ url: "https://user:MARKER@a.example.com/" }, "/url"],
    [{ url: "https://127.0.0.1/" }, "/url"],
    [{ url: "https://10.0.0.1/" }, "/url"],
    [{ url: "https://localhost/" }, "/url"],
    [{ url: `https://a.example.com/${"a".repeat(2048)}` }, "/url"],
    [{ tenant: "other" }, "/tenant"],
  ])("is refused for a body that is not right, and nothing is sent: %j", async (body, pointer) => {
    const api = createApi();
    const answer = await api.example(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: "invalid_request", errors: [{ pointer }] });
    expect(answer.text).not.toContain("MARKER");
    expect([api.requests, api.audit.entries]).toEqual([[], []]);
  });
});

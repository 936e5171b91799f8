import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import type { Tenant } from "../../../functions/domain/tenants/tenant.ts";
import { replaceSecret } from "../../../functions/domain/tenants/webhook-secrets.ts";
import { sendExample } from "../../../functions/webhooks/send-example.ts";
import type { Sent } from "../../../functions/webhooks/send.ts";
import { createMemoryAuditLog } from "../../fakes/memory-audit-log.ts";
import { createMemoryTenantStore, testTenant } from "../../fakes/memory-tenant-store.ts";
import { plainSealer } from "../../fakes/plain-sealer.ts";
import { createRecordingLog } from "../../fakes/recording-log.ts";
import { testActor } from "../../support/accepting.ts";
import { createReceiver, failed, ok } from "../../support/delivering.ts";
import { refusalOf } from "../../support/refusal.ts";

/** Of the tenant as the tests make it. */
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const webhookUrl = "https://acme.example.com/hook";
const endings = ["succeeded", "failed", "canceled", "unknown"] as const;

function createDeps(tenant: Partial<Tenant> = { webhookUrl }, sent: Sent = ok) {
  const { clock, quotas, requests, send } = createReceiver(sent);
  const tenants = createMemoryTenantStore(testTenant("acme", tenant));
  const audit = createMemoryAuditLog();
  const { log } = createRecordingLog();
  const deps = { tenants, opener: plainSealer, send, audit, clock, quotas, log, createRequestId: () => "request-1" };
  const example = (patch: { status?: (typeof endings)[number]; url?: string; tenant?: string } = {}) => {
    const { status = "succeeded", tenant: name = "acme", ...rest } = patch;
    return sendExample(deps, { actor: { ...testActor, tenant: name }, status, ...rest });
  };
  return { ...deps, deps, requests, example };
}

describe("an example webhook", () => {
  it.each(endings)("is sent to the tenant's endpoint, signed like a real one: %s", async (status) => {
    const { example, requests } = createDeps();
    await example({ status });
    expect(requests.map(({ url }) => url)).toEqual([webhookUrl]);
    const [request] = requests;
    expect(new Webhook(secret).verify(request?.body ?? "", request?.headers ?? {})).toMatchObject({
      type: `vpn_connection.${status}`,
      data: { status, clientToken: "example", vpnGatewayId: "vpn-example" },
    });
  });

  it.each(endings)("has an error unless it succeeded, and then a connection: %s", async (status) => {
    const { example, requests } = createDeps();
    await example({ status });
    const { data } = JSON.parse(requests[0]?.body ?? "{}") as { data: object };
    expect(["error" in data, "providerConnectionId" in data]).toEqual([status !== "succeeded", status === "succeeded"]);
  });

  it("says that it is one, and names no tenant and no secret", async () => {
    const { example, requests } = createDeps();
    await example({ status: "failed" });
    expect(requests[0]?.body).toContain("an example");
    expect(requests[0]?.body).not.toMatch(/acme|key_1|sealed|whsec|preSharedKey/);
  });

  it("goes to the URL that was named instead", async () => {
    const { example, requests } = createDeps();
    await example({ url: "https://other.example.com/" });
    expect(requests.map(({ url }) => url)).toEqual(["https://other.example.com/"]);
  });

  it("is told with its id, how long it took and what came of it", async () => {
    expect(await createDeps().example()).toEqual({
      deliveryId: "msg_example_request-1",
      outcome: "ok",
      statusCode: 204,
      durationMilliseconds: 7,
    });
    expect(await createDeps(undefined, failed).example()).toMatchObject({ outcome: "HTTP 500", statusCode: 500 });
    const silent = await createDeps(undefined, { outcome: "no answer in 15 seconds" }).example();
    expect(silent).toMatchObject({ outcome: "no answer in 15 seconds" });
    expect(silent).not.toHaveProperty("statusCode");
  });

  it("is sent under the id that is told, once, also when it is not taken", async () => {
    const { example, requests } = createDeps(undefined, { ...failed, retryAfterSeconds: 1 });
    const { deliveryId, ...rest } = await example();
    expect(requests.map(({ headers }) => headers["webhook-id"])).toEqual([deliveryId]);
    expect(rest).not.toHaveProperty("retryAfterSeconds");
  });

  it("is signed by both secrets while one is being replaced", async () => {
    const newer = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
    const { webhookSecrets } = replaceSecret(plainSealer, testTenant("acme"), newer, 3600, new Date());
    const { example, requests } = createDeps({ webhookUrl, webhookSecrets });
    await example();
    for (const one of [secret, newer]) {
      const [request] = requests;
      expect(() => new Webhook(one).verify(request?.body ?? "", request?.headers ?? {})).not.toThrow();
    }
  });

  it("is audited with the origin that it goes to, and no more of the URL", async () => {
    const { example, audit } = createDeps();
    await example({ url: "https://other.example.com:8443/MARKER?token=MARKER#MARKER" });
    expect(audit.entries.map(({ details }) => details)).toEqual([{ origin: "https://other.example.com:8443" }]);
    expect(JSON.stringify(audit.entries)).not.toContain("MARKER");
  });

  it("is audited before it is sent, and not sent when it could not be", async () => {
    const { example, audit, requests } = createDeps();
    await example();
    const details = { origin: "https://acme.example.com" };
    expect(audit.entries).toMatchObject([{ action: "webhook.example", tenant: "acme", by: testActor, details }]);
    audit.append = () => Promise.reject(new Error("no audit"));
    await expect(example()).rejects.toThrow("no audit");
    expect(requests).toHaveLength(1);
  });
});

describe("there is no example", () => {
  it.each<[string, Partial<Tenant>, object, string]>([
    ["without an endpoint or a URL", {}, {}, "no webhook endpoint"],
    ["without a secret to sign with", { webhookUrl, webhookSecrets: [] }, {}, "no webhook secret"],
    ["for a tenant that is not there", { webhookUrl }, { tenant: "other" }, "no webhook endpoint"],
    ["for a tenant that is not there, to a URL", {}, { tenant: "other", url: webhookUrl }, "no webhook secret"],
  ])("%s", async (_, tenant, input, message) => {
    const { example, requests, audit } = createDeps(tenant);
    const refusal = await refusalOf(example(input));
    expect(refusal).toMatchObject({ code: "conflict", message: expect.stringContaining(message) });
    expect([requests, audit.entries]).toEqual([[], []]);
  });
});

describe("receivers that are slow", () => {
  /** Each of these hangs until its 15 s are over. */
  function createSlow(tenant = "acme") {
    const created = createDeps();
    const send = async () => {
      created.deps.clock.advance(15_000);
      return { outcome: "no answer in 15 seconds" };
    };
    const slow = (url: string) =>
      sendExample({ ...created.deps, send }, { actor: { ...testActor, tenant }, status: "succeeded", url });
    return { ...created, slow };
  }
  const [tarpit, elsewhere] = ["https://tarpit.example.com/", "https://elsewhere.example.com/"];

  it("hold two examples of a tenant, and no more: the next is told when to come again, and nothing of it is done", async () => {
    const { deps, example, audit, requests } = createDeps();
    let letGo = () => undefined as void;
    const hanging = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const send = async () => {
      await hanging;
      return ok;
    };
    const first = ["one", "two"].map((name) =>
      sendExample({ ...deps, send }, { actor: testActor, status: "failed", url: `https://${name}.example.com` }),
    );
    await expect.poll(() => audit.entries.length).toBe(2);
    expect(await refusalOf(example())).toMatchObject({ code: "rate_limited", retryAfterSeconds: 2 });
    expect(await refusalOf(example({ tenant: "other", url: tarpit }))).toMatchObject({ code: "conflict" });
    expect([requests, audit.entries.length]).toEqual([[], 2]);
    letGo();
    await Promise.all(first);
    expect(await example()).toMatchObject({ outcome: "ok" });
  });

  it("are asked more rarely, each host for itself, and often again once one answers", async () => {
    const { example, slow, deps } = createSlow();
    await slow(`${tarpit}1`);
    await slow(`${tarpit}2`);
    expect(await refusalOf(example({ url: tarpit }))).toMatchObject({ code: "rate_limited", retryAfterSeconds: 45 });
    expect(await example({ url: elsewhere })).toMatchObject({ outcome: "ok" });
    deps.clock.advance(45_000);
    expect(await example({ url: tarpit })).toMatchObject({ outcome: "ok" });
    expect(await example({ url: tarpit })).toMatchObject({ outcome: "ok" });
  });

  it("of one tenant are not another's: nobody can close somebody's receiver", async () => {
    const { slow, deps } = createSlow();
    await slow(tarpit);
    await slow(tarpit);
    const tenants = createMemoryTenantStore(testTenant("other"));
    const input = { actor: { ...testActor, tenant: "other" }, status: "succeeded", url: tarpit } as const;
    expect(await sendExample({ ...deps, tenants }, input)).toMatchObject({ outcome: "ok" });
  });
});

it("one key sends 30 examples a minute, whichever process it asks", async () => {
  const { deps, example, requests } = createDeps();
  for (let sent = 0; sent < 30; sent += 1) await example();
  const again = { ...deps };
  const byKey = (keyId: string) => sendExample(again, { actor: { ...testActor, keyId }, status: "failed" });
  expect(await refusalOf(byKey(testActor.keyId))).toMatchObject({ code: "rate_limited", retryAfterSeconds: 60 });
  await byKey("another");
  expect(requests).toHaveLength(31);
});

import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { end } from "../../../functions/domain/record/transitions.ts";
import { replaceSecret } from "../../../functions/domain/tenants/webhook-secrets.ts";
import { deliverWebhook } from "../../../functions/webhooks/deliver.ts";
import { testTenant } from "../../fakes/memory-tenant-store.ts";
import { plainSealer } from "../../fakes/plain-sealer.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validPairsRequest } from "../../support/create-requests.ts";
import { createDeliverDeps, ok, secondsUntil } from "../../support/delivering.ts";

/** Of the tenant as the tests make it. */
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const endedAt = new Date("2026-01-01T00:01:00.000Z");
const ended = end(await createAcceptedRecord(), endedAt, { status: "succeeded", reason: "ready" });
const silentlyAccepted = await createAcceptedRecord(validPairsRequest());
const run = { id: ended.id, generation: ended.generation };

describe("the tenant's own endpoint", () => {
  const webhookUrl = "https://acme.example.com/hook";
  const notifying = end({ ...silentlyAccepted, notifyTenant: true }, endedAt, { status: "failed", reason: "x" });
  const of = { id: notifying.id, generation: notifying.generation };

  it("is told where the request names no callback", async () => {
    const deps = createDeliverDeps(ok, notifying, { webhookUrl });
    expect(await deliverWebhook(deps, of)).toEqual({ done: true });
    expect(deps.requests.map(({ url }) => url)).toEqual([webhookUrl]);
  });

  it("is not told where it does", async () => {
    const deps = createDeliverDeps(ok, ended, { webhookUrl });
    await deliverWebhook(deps, run);
    expect(deps.requests.map(({ url }) => url)).toEqual(["https://hooks.example.com/vpn"]);
  });

  it("is the one of the attempt's time, and is waited for when there is none any more", async () => {
    const deps = createDeliverDeps(ok, notifying);
    expect(secondsUntil(deps, await deliverWebhook(deps, of))).toBe(5);
    expect(deps.requests).toEqual([]);
    const saved = await deps.store.get(of.id);
    expect(saved?.delivery).toMatchObject({ state: "pending", attempts: 1 });
    expect(saved?.events.at(-1)).toMatchObject({ outcome: "the tenant has no webhook endpoint" });
    const later = { ...createDeliverDeps(ok, saved ?? notifying, { webhookUrl }), clock: deps.clock };
    deps.clock.advance(5000);
    expect(await deliverWebhook(later, of)).toEqual({ done: true });
    expect(later.requests.map(({ url }) => url)).toEqual([webhookUrl]);
  });
});

describe("while the tenant's secret is being replaced", () => {
  const newer = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
  const replaced = (graceSeconds: number) => {
    const { webhookSecrets } = replaceSecret(plainSealer, testTenant("acme"), newer, graceSeconds, new Date());
    return { webhookSecrets };
  };
  const verifies = (deps: ReturnType<typeof createDeliverDeps>, by: string) => {
    const [request] = deps.requests;
    const look = () => new Webhook(by).verify(request?.body ?? "", request?.headers ?? {});
    expect(look).not.toThrow();
  };

  it("a receiver that has either one can verify the webhook", async () => {
    const deps = createDeliverDeps(ok, ended, replaced(60));
    await deliverWebhook(deps, run);
    expect(deps.requests[0]?.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
    verifies(deps, newer);
    verifies(deps, secret);
  });

  it("the one before signs no more when its time is over", async () => {
    const deps = createDeliverDeps(ok, ended, replaced(60));
    deps.clock.advance(60_001);
    await deliverWebhook(deps, run);
    expect(deps.requests[0]?.headers["webhook-signature"]?.split(" ")).toHaveLength(1);
    verifies(deps, newer);
  });
});

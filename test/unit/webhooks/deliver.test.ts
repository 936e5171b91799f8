import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { StaleRecordError } from "../../../functions/domain/errors.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { resend } from "../../../functions/domain/record/recovery.ts";
import { end } from "../../../functions/domain/record/transitions.ts";
import type { Tenant } from "../../../functions/domain/tenants/tenant.ts";
import { deliverWebhook } from "../../../functions/webhooks/deliver.ts";
import type { Sent } from "../../../functions/webhooks/send.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { testTenant } from "../../fakes/memory-tenant-store.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validPairsRequest } from "../../support/create-requests.ts";
import { createDeliverDeps, failed, ok, secondsUntil } from "../../support/delivering.ts";

/** Of the tenant as the tests make it. */
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const accepted = await createAcceptedRecord();
const reopened = { ...accepted, generation: 2 };
const endedAt = new Date("2026-01-01T00:01:00.000Z");
const ended = end(accepted, endedAt, { status: "succeeded", reason: "ready" });
const silent = end(await createAcceptedRecord(validPairsRequest()), endedAt, { status: "failed", reason: "x" });
const run = { id: ended.id, generation: ended.generation };
const afterAttempts = (attempts: number): ConnectionRecord => ({ ...ended, delivery: { state: "pending", attempts } });
const createDeps = (sent: Sent, record = ended, tenant: Partial<Tenant> = {}) =>
  createDeliverDeps(sent, record, tenant);

describe("a webhook that is taken", () => {
  it("is done, and noted with how long it took", async () => {
    const deps = createDeps(ok);
    expect(await deliverWebhook(deps, run)).toEqual({ done: true });
    const saved = await deps.store.get(run.id);
    expect(saved?.delivery).toEqual({ state: "delivered", attempts: 1 });
    expect(saved?.events.at(-1)).toEqual({
      type: "webhook_attempt",
      at: deps.clock.now().toISOString(),
      deliveryId: `msg_${run.id}_1`,
      attempt: 1,
      outcome: "ok",
      statusCode: 204,
      durationMilliseconds: 7,
    });
    expect(saved?.revision).toBe(ended.revision);
  });

  it("was sent once, signed, to the callback", async () => {
    const deps = createDeps(ok);
    await deliverWebhook(deps, run);
    expect(deps.requests.map(({ url }) => url)).toEqual(["https://hooks.example.com/vpn"]);
    const [request] = deps.requests;
    expect(new Webhook(secret).verify(request?.body ?? "", request?.headers ?? {})).toMatchObject({
      type: "vpn_connection.succeeded",
      data: { id: run.id },
    });
  });

  it("leaves neither secret nor URL in the log", async () => {
    const deps = createDeps(ok);
    await deliverWebhook(deps, run);
    const about = { connectionId: run.id, execution: `${run.id}-1`, webhookId: `msg_${run.id}_1` };
    expect(deps.lines).toMatchObject([{ event: "webhook_attempt", ...about, attempt: 1, outcome: "ok" }]);
    expect(JSON.stringify(deps.lines)).not.toMatch(/whsec|hooks\.example|v1,/);
  });
});

describe("a webhook that is not taken", () => {
  it.each([
    failed,
    { outcome: "no answer in 15 seconds" },
    { statusCode: 302, outcome: "HTTP 302" },
    { statusCode: 404, outcome: "HTTP 404" },
  ])("comes again: $outcome", async (sent) => {
    const deps = createDeps(sent);
    const delivered = await deliverWebhook(deps, run);
    expect(secondsUntil(deps, delivered)).toBe(5);
    const saved = await deps.store.get(run.id);
    expect(saved?.delivery).toMatchObject({ state: "pending", attempts: 1 });
    expect(saved?.events.at(-1)).toMatchObject({
      outcome: sent.outcome,
      nextAttemptAt: delivered.done ? "" : delivered.nextAttemptAt,
    });
    expect("statusCode" in (saved?.events.at(-1) ?? {})).toBe("statusCode" in sent);
  });

  it("comes later each time, and not before the receiver wants it", async () => {
    const second = createDeps(failed, afterAttempts(1));
    expect(secondsUntil(second, await deliverWebhook(second, run))).toBe(300);
    const asked = createDeps({ ...failed, retryAfterSeconds: 900 }, afterAttempts(1));
    expect(secondsUntil(asked, await deliverWebhook(asked, run))).toBe(900);
  });

  it("comes sooner where time is scaled", async () => {
    const deps = { ...createDeps(failed), timeScale: 0.1 };
    expect(secondsUntil(deps, await deliverWebhook(deps, run))).toBe(0.5);
  });

  it("comes no more after the last attempt", async () => {
    const deps = createDeps(failed);
    for (let attempt = 1; attempt < 8; attempt += 1) {
      const delivered = await deliverWebhook(deps, run);
      if (delivered.done) throw new Error(`gave up after ${attempt} attempts`);
      deps.clock.advance(Date.parse(delivered.nextAttemptAt) - deps.clock.now().getTime());
    }
    expect(await deliverWebhook(deps, run)).toEqual({ done: true });
    expect(deps.requests).toHaveLength(8);
    expect((await deps.store.get(run.id))?.delivery).toMatchObject({ state: "exhausted", attempts: 8 });
  });

  it("comes no sooner than it said, also when its workflow was started anew", async () => {
    const deps = createDeps(failed);
    const first = await deliverWebhook(deps, run);
    expect(await deliverWebhook(deps, run)).toEqual(first);
    expect(deps.requests).toHaveLength(1);
  });

  it("comes no more when the receiver is gone for good (410)", async () => {
    const deps = createDeps({ statusCode: 410, outcome: "HTTP 410" });
    expect(await deliverWebhook(deps, run)).toEqual({ done: true });
    expect((await deps.store.get(run.id))?.delivery).toMatchObject({ state: "exhausted", attempts: 1 });
  });

  it("keeps its id from attempt to attempt, with a new time", async () => {
    const first = createDeps(failed);
    await deliverWebhook(first, run);
    const second = { ...createDeps(failed, afterAttempts(1)), clock: createFakeClock("2027-01-01T00:00:00.000Z") };
    await deliverWebhook(second, run);
    const [one, two] = [first, second].map(({ requests }) => requests[0]?.headers);
    expect(two?.["webhook-id"]).toBe(one?.["webhook-id"]);
    expect(two?.["webhook-timestamp"]).not.toBe(one?.["webhook-timestamp"]);
  });
});

describe("a webhook that somebody wants sent once more", () => {
  const resent = (attempts: number): ConnectionRecord => ({
    ...ended,
    delivery: { state: "pending", attempts, resentAfter: attempts, restarts: 1 },
  });
  const resentRun = { ...run, restarts: 1 };

  it("begins the schedule anew, and counts its attempts on", async () => {
    const deps = createDeps(failed, resent(8));
    expect(secondsUntil(deps, await deliverWebhook(deps, resentRun))).toBe(5);
    const saved = await deps.store.get(run.id);
    expect(saved?.delivery).toMatchObject({ state: "pending", attempts: 9, resentAfter: 8, restarts: 1 });
    expect(saved?.events.at(-1)).toMatchObject({ type: "webhook_attempt", attempt: 9 });
  });

  it("has all attempts ahead of it, and no more", async () => {
    const deps = createDeps(failed, resent(3));
    for (let attempt = 1; attempt < 8; attempt += 1) {
      const delivered = await deliverWebhook(deps, resentRun);
      if (delivered.done) throw new Error(`gave up after ${attempt} attempts`);
      deps.clock.advance(Date.parse(delivered.nextAttemptAt) - deps.clock.now().getTime());
    }
    expect(await deliverWebhook(deps, resentRun)).toEqual({ done: true });
    expect((await deps.store.get(run.id))?.delivery).toMatchObject({ state: "exhausted", attempts: 11 });
  });

  it("keeps its id", async () => {
    const deps = createDeps(ok, resent(8));
    await deliverWebhook(deps, resentRun);
    expect(deps.requests[0]?.headers["webhook-id"]).toBe(`msg_${run.id}_1`);
    expect(deps.lines).toMatchObject([{ execution: `${run.id}-1-1` }]);
  });

  it("is sent by its new workflow only: the one that was waiting ends quietly", async () => {
    const deps = createDeps(failed);
    const waiting = { ...run, delivery: await deliverWebhook(deps, run) };
    const record = await deps.store.get(run.id);
    if (!record) throw new Error("the record is gone");
    await deps.store.save(resend(record, deps.clock.now(), { by: "tests" }));
    deps.clock.advance(60_000);
    expect(await deliverWebhook(deps, waiting)).toEqual({ done: true });
    expect(deps.requests).toHaveLength(1);
    const taken = { ...run, delivery: await deliverWebhook(deps, run) };
    deps.clock.advance(600_000);
    expect(await deliverWebhook(deps, taken)).toMatchObject({ done: false });
    expect(deps.requests).toHaveLength(3);
  });
});

describe("nothing is sent", () => {
  it.each<[string, ConnectionRecord, typeof run]>([
    ["when it was delivered", { ...ended, delivery: { state: "delivered", attempts: 1 } }, run],
    ["when it was given up", { ...ended, delivery: { state: "exhausted", attempts: 8 } }, run],
    ["while the run goes on", accepted, run],
    ["for a run that another has overtaken", { ...ended, generation: 2 }, run],
    ["for a run that is not there yet", ended, { ...run, generation: 2 }],
    ["for a request that runs again", reopened, run],
    ["without anybody to tell", silent, { id: silent.id, generation: silent.generation }],
    ["for a record that is gone", ended, { ...run, id: "b".repeat(26) }],
  ])("%s", async (_, record, of) => {
    const deps = createDeps(ok, record);
    expect(await deliverWebhook(deps, of)).toEqual({ done: true });
    expect(deps.requests).toEqual([]);
    expect(await deps.store.get(record.id)).toEqual(record);
  });
});

describe("a webhook that cannot be signed", () => {
  const outcome = "the tenant's signing secret cannot be opened";
  const expired = testTenant("acme").webhookSecrets.map((one) => ({ ...one, expiresAt: "2026-01-02T00:00:00.000Z" }));

  describe.each<[string, Partial<Tenant>]>([
    ["without a secret", { webhookSecrets: [] }],
    ["with none whose time is not over", { webhookSecrets: expired }],
    ["with a secret that was sealed for another tenant", { webhookSecrets: testTenant("other").webhookSecrets }],
    ["without the tenant", { name: "other" }],
  ])("%s", (_, tenant) => {
    it("is an attempt that failed, noted with its next time", async () => {
      const deps = createDeps(ok, ended, tenant);
      const delivered = await deliverWebhook(deps, run);
      expect(secondsUntil(deps, delivered)).toBe(5);
      expect(deps.requests).toEqual([]);
      const saved = await deps.store.get(run.id);
      expect(saved?.delivery).toMatchObject({ state: "pending", attempts: 1 });
      expect(saved?.events.at(-1)).toEqual({
        type: "webhook_attempt",
        at: deps.clock.now().toISOString(),
        deliveryId: `msg_${run.id}_1`,
        attempt: 1,
        outcome,
        durationMilliseconds: 0,
        nextAttemptAt: delivered.done ? "" : delivered.nextAttemptAt,
      });
    });

    it("is in the log, without the error's message or what is sealed", async () => {
      const deps = createDeps(ok, ended, tenant);
      await deliverWebhook(deps, run);
      expect(deps.lines).toMatchObject([
        { event: "secret_not_opened", connectionId: run.id, error: "Error" },
        { event: "webhook_attempt", connectionId: run.id, attempt: 1, outcome },
      ]);
      expect(JSON.stringify(deps.lines)).not.toMatch(/sealed|whsec|another context|no webhook secret/);
    });

    it("is given up after eight attempts", async () => {
      const deps = createDeps(ok, ended, tenant);
      for (let attempt = 1; attempt < 8; attempt += 1) {
        const delivered = await deliverWebhook(deps, run);
        if (delivered.done) throw new Error(`gave up after ${attempt} attempts`);
        deps.clock.advance(Date.parse(delivered.nextAttemptAt) - deps.clock.now().getTime());
      }
      expect(await deliverWebhook(deps, run)).toEqual({ done: true });
      expect((await deps.store.get(run.id))?.delivery).toMatchObject({ state: "exhausted", attempts: 8 });
      expect(deps.requests).toEqual([]);
    });
  });

  it("is sent by a later attempt when there is a secret by then", async () => {
    const deps = createDeps(ok, ended, { webhookSecrets: [] });
    await deliverWebhook(deps, run);
    deps.clock.advance(5000);
    const tenant = await deps.tenants.get("acme");
    if (tenant) await deps.tenants.save({ ...tenant, webhookSecrets: testTenant("acme").webhookSecrets });
    expect(await deliverWebhook(deps, run)).toEqual({ done: true });
    expect((await deps.store.get(run.id))?.delivery).toEqual({ state: "delivered", attempts: 2 });
    expect(deps.requests).toHaveLength(1);
  });
});

it("an attempt is noted beside what somebody else wrote meanwhile, and is not sent again for it", async () => {
  const deps = createDeps(ok);
  const tunnels: ConnectionRecord["tunnels"] = [{ state: "up", reason: "connected" }];
  const racing = {
    ...deps,
    async send(url: string, headers: Record<string, string>, body: string) {
      deps.store.put({ ...ended, version: ended.version + 1, tunnels });
      return deps.send(url, headers, body);
    },
  };
  expect(await deliverWebhook(racing, run)).toEqual({ done: true });
  expect(deps.requests).toHaveLength(1);
  expect(await deps.store.get(run.id)).toMatchObject({ tunnels, delivery: { state: "delivered", attempts: 1 } });
});

it("an attempt whose record changed meanwhile is not noted over the change", async () => {
  const deps = createDeps(ok);
  const racing = {
    ...deps,
    async send(url: string, headers: Record<string, string>, body: string) {
      deps.store.put({ ...ended, version: ended.version + 1, generation: 2 });
      return deps.send(url, headers, body);
    },
  };
  await expect(deliverWebhook(racing, run)).rejects.toBeInstanceOf(StaleRecordError);
  expect(await deps.store.get(run.id)).toMatchObject({ generation: 2, delivery: { state: "pending", attempts: 0 } });
});

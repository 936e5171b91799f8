import { describe, expect, it } from "vitest";
import { listDeliveries, resendDelivery } from "../../../../functions/domain/connections/deliveries.ts";
import type { ConnectionRecord } from "../../../../functions/domain/record/connection-record.ts";
import { restart } from "../../../../functions/domain/record/recovery.ts";
import { end, noteDelivery } from "../../../../functions/domain/record/transitions.ts";
import { createAcceptDeps, createAcceptedRecord, testActor } from "../../../support/accepting.ts";
import { validPairsRequest } from "../../../support/create-requests.ts";
import { at } from "../../../support/record-changes.ts";
import { refusalOf } from "../../../support/refusal.ts";

const accepted = await createAcceptedRecord();
const { id } = accepted;
const [first, second] = [`msg_${id}_1`, `msg_${id}_2`];

const failed = { outcome: "HTTP 500", statusCode: 500, durationMilliseconds: 5 };
const taken = { outcome: "ok", statusCode: 200, durationMilliseconds: 5 };
const next = { nextAttemptAt: "2026-01-01T00:05:00.000Z" };

const finish = (record: ConnectionRecord) => end(record, at, { status: "failed", reason: "no room" });
const again = (record: ConnectionRecord) => restart(record, at, { reason: "made room", by: "ops" });
const fresh = finish(accepted);
const waiting = noteDelivery(fresh, at, { ...failed, ...next }, { state: "pending" });
const dueIn = (milliseconds: number) => {
  const nextAttemptAt = new Date(createAcceptDeps().clock.now().getTime() + milliseconds).toISOString();
  return noteDelivery(fresh, at, { ...failed, nextAttemptAt }, { state: "pending" });
};
const delivered = noteDelivery(waiting, at, taken, { state: "delivered" });
const exhausted = noteDelivery(waiting, at, failed, { state: "exhausted" });

function createDeps(record: ConnectionRecord) {
  const deps = createAcceptDeps();
  deps.store.put(record);
  const resend = (deliveryId = first, patch: { tenant?: string; id?: string; revision?: number } = {}) => {
    const { tenant = "acme", ...rest } = patch;
    const input = { actor: { ...testActor, tenant }, id, deliveryId, reason: "their outage is over", ...rest };
    return resendDelivery(deps, input);
  };
  return { ...deps, resend, list: () => listDeliveries(deps, { tenant: "acme", id }) };
}

describe("the deliveries of a request", () => {
  it.each<[string, ConnectionRecord, object]>([
    ["not sent yet", fresh, { state: "pending", attempts: [] }],
    ["waiting for its next attempt", waiting, { state: "pending", attempts: [{ attempt: 1 }], ...next }],
    ["delivered", delivered, { state: "delivered", attempts: [{ attempt: 1 }, { attempt: 2, outcome: "ok" }] }],
    ["given up", exhausted, { state: "exhausted", attempts: [{ attempt: 1 }, { attempt: 2, statusCode: 500 }] }],
  ])("are one, with every attempt, oldest first: %s", async (_, record, expected) => {
    const items = await createDeps(record).list();
    expect(items).toMatchObject([{ id: first, ...expected }]);
    expect("nextAttemptAt" in (items[0] ?? {})).toBe("nextAttemptAt" in expected);
  });

  it("tell of an attempt when it was and what came of it", async () => {
    const [delivery] = await createDeps(waiting).list();
    expect(delivery?.attempts).toEqual([{ at: at.toISOString(), attempt: 1, ...failed, ...next }]);
  });

  it("are one for each run that ended, newest first", async () => {
    const items = await createDeps(finish(again(delivered))).list();
    expect(items).toMatchObject([
      { id: second, state: "pending", attempts: [] },
      { id: first, state: "delivered", attempts: [{ attempt: 1 }, { attempt: 2 }] },
    ]);
  });

  it.each([
    [delivered, "delivered"],
    [exhausted, "exhausted"],
    [waiting, "exhausted"],
  ])("of an earlier run are not sent any more, delivered or not", async (record, state) => {
    const [delivery] = await createDeps(again(record)).list();
    expect(delivery).toMatchObject({ id: first, state });
    expect(delivery).not.toHaveProperty("nextAttemptAt");
  });

  it("are none while it runs, nor where nobody is to be told", async () => {
    expect(await createDeps(accepted).list()).toEqual([]);
    const silent = { ...finish(await createAcceptedRecord(validPairsRequest())), id };
    expect(await createDeps(silent).list()).toEqual([]);
  });

  it("are not found for another tenant", async () => {
    expect((await refusalOf(listDeliveries(createDeps(delivered), { tenant: "other", id }))).code).toBe("not_found");
  });
});

describe("a delivery that is sent again", () => {
  it.each([
    ["delivered", delivered],
    ["given up", exhausted],
  ])("begins its schedule anew, under a new execution: %s before", async (_, record) => {
    const deps = createDeps(record);
    expect(await deps.resend()).toMatchObject({ id: first, state: "pending", attempts: [{}, {}] });
    const saved = await deps.store.get(id);
    expect(saved?.delivery).toEqual({ state: "pending", attempts: 2, resentAfter: 2, restarts: 1 });
    expect(saved).toMatchObject({ status: "failed", revision: record.revision });
    expect(saved?.events.at(-1)).toMatchObject({ type: "recovery", action: "the webhook is sent again", by: "tests" });
    expect(deps.workflows.started).toEqual([{ workflow: "deliver-webhook", id, generation: 1, restarts: 1 }]);
    expect(deps.audit.entries).toMatchObject([
      { action: "delivery.resend", tenant: "acme", target: first, by: testActor, reason: "their outage is over" },
    ]);
  });

  it("has another execution each time", async () => {
    const deps = createDeps(delivered);
    await deps.resend();
    const sent = await deps.store.get(id);
    if (sent) await deps.store.save(noteDelivery(sent, at, taken, { state: "delivered" }));
    await deps.resend();
    expect(deps.workflows.started.map(({ restarts }) => restarts)).toEqual([1, 2]);
    expect((await deps.store.get(id))?.delivery).toMatchObject({ attempts: 3, resentAfter: 3, restarts: 2 });
  });

  it("keeps the id that it was sent under, also in a later run", async () => {
    const deps = createDeps(noteDelivery(finish(again(delivered)), at, taken, { state: "delivered" }));
    expect(await deps.resend(second)).toMatchObject({ id: second, state: "pending", attempts: [{ attempt: 1 }] });
    expect(deps.workflows.started).toMatchObject([{ generation: 2, restarts: 1 }]);
  });

  it("is not waited for: its next attempt comes now, by a new execution, and only one however often it is asked for", async () => {
    const deps = createDeps(waiting);
    expect(await deps.resend()).toEqual({ id: first, state: "pending", attempts: [expect.objectContaining(next)] });
    expect(await deps.resend()).toMatchObject({ state: "pending" });
    const saved = await deps.store.get(id);
    expect(saved?.delivery).toEqual({ state: "pending", attempts: 1, resentAfter: 1, restarts: 1 });
    expect(saved?.events.at(-1)).toMatchObject({ type: "recovery", action: "the webhook is sent again", by: "tests" });
    expect(deps.workflows.started).toEqual([{ workflow: "deliver-webhook", id, generation: 1, restarts: 1 }]);
    expect(deps.audit.entries).toMatchObject([{ action: "delivery.resend", target: first }]);
  });

  it.each([
    ["before its first attempt", fresh],
    ["when its next attempt is due", dueIn(0)],
    ["when its next attempt may have begun", dueIn(1000)],
  ])("is left alone while it is under way, and nothing is audited: %s", async (_, record) => {
    const deps = createDeps(record);
    expect(await deps.resend()).toMatchObject({ id: first, state: "pending" });
    expect(await deps.store.get(id)).toEqual(record);
    expect([deps.workflows.started, deps.audit.entries]).toEqual([[], []]);
  });

  it("is on its way although its workflow could not be started: the sweeper does it", async () => {
    const deps = createDeps(exhausted);
    deps.workflows.start = () => Promise.reject(Object.assign(new Error("MARKER"), { name: "ThrottlingException" }));
    expect(await deps.resend()).toMatchObject({ state: "pending" });
    expect(deps.lines).toEqual([
      { event: "workflow_start_failed", connectionId: id, workflow: "deliver-webhook", error: "ThrottlingException" },
    ]);
  });

  it("is not sent when that could not be audited", async () => {
    const deps = createDeps(exhausted);
    deps.audit.append = () => Promise.reject(new Error("no audit"));
    await expect(deps.resend()).rejects.toThrow("no audit");
    expect(await deps.store.get(id)).toEqual(exhausted);
    expect(deps.workflows.started).toEqual([]);
  });
});

describe("a delivery that is not to be had", () => {
  it.each<[string, ConnectionRecord, string, string, { tenant?: string; id?: string }?]>([
    ["nobody's", delivered, `msg_${id}_9`, "not_found"],
    ["of another form", delivered, "../etc", "not_found"],
    ["another request's", delivered, `msg_${"a".repeat(26)}_1`, "not_found"],
    ["of a request that runs", accepted, first, "not_found"],
    ["of a request that nobody made", delivered, first, "not_found", { id: "a".repeat(26) }],
    ["another tenant's", delivered, first, "not_found", { tenant: "other" }],
    ["of an earlier run", finish(again(delivered)), first, "conflict"],
    ["of an earlier run, while the next one goes on", again(delivered), first, "conflict"],
  ])("is refused, and nothing changes: %s", async (_, record, deliveryId, code, patch = {}) => {
    const deps = createDeps(record);
    expect((await refusalOf(deps.resend(deliveryId, patch))).code).toBe(code);
    expect(await deps.store.get(id)).toEqual(record);
    expect([deps.workflows.started, deps.audit.entries]).toEqual([[], []]);
  });
});

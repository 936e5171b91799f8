import { describe, expect, it } from "vitest";
import { listAttention } from "../../../../functions/domain/connections/list-attention.ts";
import { toCursor } from "../../../../functions/domain/cursor.ts";
import type { ConnectionRecord } from "../../../../functions/domain/record/connection-record.ts";
import { beginTime } from "../../../../functions/domain/record/deadlines.ts";
import { decideOutcome } from "../../../../functions/domain/record/decide-outcome.ts";
import { restart } from "../../../../functions/domain/record/recovery.ts";
import { awaitGateway, end, queue } from "../../../../functions/domain/record/transitions.ts";
import { type ObservedDurations, usualDurations } from "../../../../functions/domain/stats/observed-durations.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";

type Durations = Pick<ObservedDurations, "mostSecondsOf">;

const accepted = await createAcceptedRecord();
const at = new Date(accepted.createdAt);
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);

/** What is told of a record at a time, as its reason and its action. */
async function toldOf(record: ConnectionRecord, now: Date, durations: Durations = usualDurations) {
  const deps = { store: createMemoryConnectionStore(record), clock: createFakeClock(now.toISOString()), durations };
  const [found] = (await listAttention(deps, { tenant: record.tenant, limit: 100 })).items;
  return found && [found.reason, found.action];
}

describe("listAttention", () => {
  it("names the gateway and its state, not another request, when the request has its turn", async () => {
    const waiting = awaitGateway(beginTime(accepted, at), at, "the gateway is updating");
    const { vpnGatewayId } = accepted.request;
    expect(await toldOf(waiting, later(901))).toEqual([
      "queued_too_long",
      `Look at ${vpnGatewayId} at the vendor: waiting for the gateway: the gateway is updating.`,
    ]);
  });

  it("says how many are in front of one that waits for its turn", async () => {
    const told = await toldOf(queue(accepted, at, 3), later(901));
    expect(told?.[1]).toMatch(/the turn of vpn-\w+, which may be another tenant's: .* 3 requests are to go first\.$/);
  });

  it("counts from the redrive on", async () => {
    const failed = end(accepted, later(10), decideOutcome(accepted, "States.Timeout"));
    const redriven = restart(failed, later(2000), { reason: "again", by: "ci" });
    expect(await toldOf(redriven, later(2001))).toBeUndefined();
    expect((await toldOf(redriven, later(2121)))?.[0]).toBe("not_started");
    expect(await toldOf(queue(redriven, later(2010), 1), later(2100))).toBeUndefined();
  });

  it("gives a workflow time to end what is past its deadline", async () => {
    const begun = beginTime({ ...accepted, request: { ...accepted.request, timeoutSeconds: 60 } }, at);
    expect(await toldOf(begun, later(180))).toBeUndefined();
    expect((await toldOf(begun, later(181)))?.[0]).toBe("past_deadline");
  });

  it("names what works for several times as long as nearly all do, by when it is given up, and not what is merely slow", async () => {
    const working = { ...beginTime(accepted, at), status: "provisioning" as const, providerConnectionId: "vco-1" };
    const deadline = String(working.deadlineAt);
    expect(await toldOf(working, later(299))).toBeUndefined();
    expect(await toldOf(working, later(301))).toEqual([
      "takes_too_long",
      `Look at vco-1 at the vendor: ${working.statusReason}. It began at ${accepted.createdAt} and is given up at ${deadline}; nearly all take no longer than 60 s.`,
    ]);
    const slowRegion = { mostSecondsOf: () => 200 };
    expect(await toldOf(working, later(599), slowRegion)).toBeUndefined();
    expect((await toldOf(working, later(601), slowRegion))?.[0]).toBe("takes_too_long");
  });

  it("names the host that does not take a webhook, apart from the advice", async () => {
    const { callback: _callback, ...request } = accepted.request;
    const ended = end({ ...accepted, request }, later(10), { status: "succeeded", reason: "ready" });
    for (const state of ["pending", "exhausted"] as const) {
      const delivery = { state, attempts: 5, failingHost: "hooks.example:8443" };
      const deps = { store: createMemoryConnectionStore({ ...ended, delivery }), clock: createFakeClock() };
      const { items } = await listAttention(deps, { tenant: accepted.tenant, limit: 1 });
      expect(items).toMatchObject([{ host: "hooks.example:8443" }]);
    }
  });

  it("has first what only a person can bring to an end, then what is in trouble, then what failed, each once over pages", async () => {
    const { callback: _callback, ...request } = accepted.request;
    const untold = { ...accepted, request };
    const undecided = { ...untold, providerConnectionId: "vco-1" };
    const patchOf = (n: number) => ({
      id: accepted.id.slice(0, 24) + "abcdefghij".slice(n, n + 2),
      createdAt: later(n).toISOString(),
    });
    const failed = end({ ...untold, ...patchOf(5) }, later(10), decideOutcome(accepted, "States.Timeout"));
    const unknown = end({ ...undecided, ...patchOf(0) }, later(10), decideOutcome(undecided, "Undecidable"));
    const healthy = beginTime({ ...accepted, ...patchOf(3) }, later(890));
    const queued = queue({ ...accepted, ...patchOf(1) }, at, 3);
    const givenUp = {
      ...end({ ...accepted, ...patchOf(2) }, later(10), { status: "succeeded", reason: "ready" }),
      delivery: { state: "exhausted" as const, attempts: 12, failingHost: "hooks.example.com" },
    };
    const store = createMemoryConnectionStore(failed, unknown, healthy, queued, givenUp);
    const deps = { store, clock: createFakeClock(later(901).toISOString()) };
    const reasons: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAttention(deps, { tenant: accepted.tenant, limit: 1, ...(cursor ? { cursor } : {}) });
      reasons.push(...page.items.map(({ reason }) => reason));
      cursor = page.nextCursor;
    } while (cursor);
    expect(reasons).toEqual(["webhook_given_up", "unknown", "queued_too_long", "failed"]);
  });

  it("refuses a cursor of another tenant's list", async () => {
    const store = createMemoryConnectionStore();
    const cursor = toCursor({ attention: "other" }, "failed");
    const listed = listAttention({ store, clock: createFakeClock() }, { tenant: "acme", limit: 1, cursor });
    await expect(listed).rejects.toMatchObject({ code: "invalid_request", errors: [{ pointer: "/cursor" }] });
  });

  it("refuses a cursor that somebody made up to begin among another tenant's requests", async () => {
    const store = createMemoryConnectionStore();
    const place = `person|other#${accepted.createdAt}#${accepted.id}`;
    const cursor = toCursor({ attention: "acme" }, place);
    const listed = listAttention({ store, clock: createFakeClock() }, { tenant: "acme", limit: 1, cursor });
    await expect(listed).rejects.toMatchObject({ code: "invalid_request", errors: [{ pointer: "/cursor" }] });
    const all = toCursor({ attention: "*" }, place);
    const everybody = listAttention({ store, clock: createFakeClock() }, { tenant: "*", limit: 1, cursor: all });
    expect(await everybody).toEqual({ items: [] });
  });
});

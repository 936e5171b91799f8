import { describe, expect, it } from "vitest";
import { gatewayRows } from "../../../functions/domain/ports.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { toResource } from "../../../functions/domain/record/to-resource.ts";
import { toGatewayKey } from "../../../functions/domain/record/turn.ts";
import { takeTurn } from "../../../functions/steps/take-turn.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validAlibabaRequest } from "../../support/create-requests.ts";
import { after, anotherRequest, createStepDeps, heardOf, openAttempt, settle } from "../../support/stepping.ts";

type Provider = "alibaba" | "tencent";

/** A request on a gateway whose turn and queue can be set. */
async function createTurnDeps(provider: Provider = "alibaba", patch: Partial<ConnectionRecord> = {}) {
  const deps = await createStepDeps(provider, patch);
  const gateway = toGatewayKey(deps.record.request);
  return {
    ...deps,
    gateway,
    own: `${deps.record.id}#${deps.record.generation}`,
    holder: async () => (await deps.turns.holders(gateway))[0],
    /** Another request on the same gateway, which arrived so many milliseconds after ours (before, if negative). */
    async addRequest(token: string, arrived: number, change: Partial<ConnectionRecord> = {}) {
      const other = await anotherRequest(provider, token, { createdAt: after(arrived), ...change });
      deps.store.put(other);
      return other;
    },
    /** Gives the turn to another request, as its first run. */
    give: ({ id }: ConnectionRecord) => deps.turns.pass(gateway, [], `${id}#1`),
  };
}

describe("a gateway that is free", () => {
  it("is taken by the run that asks, and taken only once", async () => {
    const deps = await createTurnDeps();
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
    expect(await deps.holder()).toBe(deps.own);
    const taken = await deps.saved();
    const turns = { ...deps.turns, pass: () => Promise.reject(new Error("it is taken already")) };
    expect(await heardOf(takeTurn({ ...deps, turns }, deps.run))).toBe("done");
    expect([await deps.holder(), await deps.saved()]).toEqual([deps.own, taken]);
  });

  it("is not taken before the place of a request that gave its turn back has come", async () => {
    const givenBack = { times: 1, failures: 1, pausedUntil: after(2000), queuedAt: after(10_000) };
    const deps = await createTurnDeps("alibaba", { status: "queued", givenBack });
    deps.clock.advance(9999);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    deps.clock.advance(1);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
  });

  it("is waited for by whoever loses the race for it", async () => {
    const deps = await createTurnDeps();
    const turns = { ...deps.turns, pass: async () => false };
    expect(await heardOf(takeTurn({ ...deps, turns }, deps.run))).toBe("GatewayBusy");
    expect((await deps.saved()).statusReason).toBe("waiting for the gateway: 1 request is to go first");
  });
});

describe("a request that waits for no gateway", () => {
  it("because nothing is sent for it, goes on beside whoever has the turn", async () => {
    const deps = await createTurnDeps("alibaba", { leftover: true, providerConnectionId: "vco-1" });
    await deps.give(await deps.addRequest("first", -1));
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
  });
});

describe("requests on one gateway go in order of arrival", () => {
  it("one that others came before is queued, and told how many", async () => {
    const deps = await createTurnDeps();
    await deps.addRequest("first", -2);
    await deps.addRequest("second", -1);
    await deps.addRequest("later", 1);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    expect(await deps.saved()).toMatchObject({
      status: "queued",
      statusReason: "waiting for the gateway: 2 requests are to go first",
    });
    expect(await deps.holder()).toBeUndefined();
  });

  it("its place is written only when it has changed", async () => {
    const deps = await createTurnDeps();
    const first = await deps.addRequest("first", -2);
    await deps.addRequest("second", -1);
    await heardOf(takeTurn(deps, deps.run));
    const queued = await deps.saved();
    await heardOf(takeTurn(deps, deps.run));
    expect(await deps.saved()).toEqual(queued);
    deps.store.put({ ...first, status: "failed" });
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    expect(await deps.saved()).toMatchObject({ revision: queued.revision + 1, statusReason: /: 1 request is/ });
  });

  it("a free turn is for the first, and nobody else takes it", async () => {
    const deps = await createTurnDeps();
    await deps.addRequest("first", -1);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    expect(await deps.holder()).toBeUndefined();
  });

  it("requests on another gateway are not waited for", async () => {
    const deps = await createTurnDeps();
    const other = await deps.addRequest("elsewhere", -1);
    deps.store.put({ ...other, request: { ...other.request, vpnGatewayId: "vpn-other" } });
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
  });

  it("rows of an index that lags are not waited for, where their record is done or gone", async () => {
    const deps = await createTurnDeps();
    const done = await deps.addRequest("done", -2, { status: "succeeded" });
    const listGateway = async () => [done.id, "b".repeat(26), deps.record.id];
    expect(await heardOf(takeTurn({ ...deps, store: { ...deps.store, listGateway } }, deps.run))).toBe("done");
  });

  it("nobody passes a whole page of them, behind which others may wait", async () => {
    const deps = await createTurnDeps();
    const listGateway = async () => Array.from({ length: gatewayRows }, (_, n) => String(n).padStart(26, "b"));
    expect(await heardOf(takeTurn({ ...deps, store: { ...deps.store, listGateway } }, deps.run))).toBe("GatewayBusy");
    expect([await deps.holder(), await deps.saved()]).toEqual([undefined, deps.record]);
  });

  it("a request that the index does not have yet lets those pass that it has", async () => {
    const deps = await createTurnDeps();
    const [one, two] = [await deps.addRequest("one", 1), await deps.addRequest("two", 2)];
    const withIndex = (...ids: string[]) => ({ ...deps, store: { ...deps.store, listGateway: async () => ids } });
    expect(await heardOf(takeTurn(withIndex(one.id, two.id), deps.run))).toBe("GatewayBusy");
    expect((await deps.saved()).statusReason).toContain("2 requests are to go first");
    expect(await heardOf(takeTurn(withIndex(), deps.run))).toBe("done");
  });

  it("one that is being sent again keeps its status while it waits", async () => {
    const deps = await createTurnDeps("alibaba", { status: "creating" });
    await deps.addRequest("first", -1);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    expect(await deps.saved()).toEqual(deps.record);
  });
});

describe("a turn that another request has", () => {
  it("stays with it while it needs it, whoever came first", async () => {
    const deps = await createTurnDeps();
    await deps.give(await deps.addRequest("holder", 1));
    const held = await deps.holder();
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    expect(await deps.holder()).toBe(held);
    expect((await deps.saved()).statusReason).toContain("1 request is to go first");
  });

  it.each(["succeeded", "failed", "canceled", "unknown"] as const)("passes on when it has %s", async (status) => {
    const deps = await createTurnDeps();
    await deps.give(await deps.addRequest("holder", 1, { status }));
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
    expect(await deps.holder()).toBe(deps.own);
  });

  it("passes on when its record is gone", async () => {
    const deps = await createTurnDeps();
    await deps.turns.pass(deps.gateway, [], `${"b".repeat(26)}#1`);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
  });

  it.each([
    ["alibaba", "GatewayBusy"],
    ["tencent", "done"],
  ] as const)("while its connection is being made at %s: %s", async (provider, heard) => {
    const deps = await createTurnDeps(provider);
    const create = { ...openAttempt, state: "accepted" } as const;
    await deps.give(
      await deps.addRequest("holder", 1, { status: "provisioning", create, providerConnectionId: "vco-9" }),
    );
    expect(await heardOf(takeTurn(deps, deps.run))).toBe(heard);
  });

  it("stays with one that has ended while its create can still leave", async () => {
    const deps = await createTurnDeps();
    await deps.give(await deps.addRequest("holder", 1, { status: "unknown", create: openAttempt }));
    deps.clock.advance(settle - 1);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    deps.clock.advance(1);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
  });

  it("passes on at once when it has ended with a refusal", async () => {
    const deps = await createTurnDeps();
    const create = { ...openAttempt, state: "refused" } as const;
    await deps.give(await deps.addRequest("holder", 1, { status: "failed", create }));
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
  });
});

describe("a request that is run again must take the turn again", () => {
  it("so that its earlier run's turn passes on to others", async () => {
    const deps = await createTurnDeps();
    await deps.give(await deps.addRequest("holder", 1, { generation: 2 }));
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
  });

  it.each(["undecided", "accepted"] as const)(
    "unless the vendor may be at work on what that run sent (%s)",
    async (state) => {
      const deps = await createTurnDeps();
      deps.clock.advance(settle);
      await deps.give(await deps.addRequest("holder", 1, { generation: 2, create: { ...openAttempt, state } }));
      expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    },
  );

  it("and takes it from its own earlier run", async () => {
    const deps = await createTurnDeps("alibaba", { generation: 2, create: openAttempt });
    await deps.give(deps.record);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
    expect(await deps.holder()).toBe(`${deps.record.id}#2`);
  });
});

describe("the place in the queue", () => {
  it("is among the tenant's own, beside the number of all that go first", async () => {
    const deps = await createTurnDeps();
    await deps.addRequest("of our own", -2);
    const others = await deps.addRequest("of others", -1);
    deps.store.put({ ...others, tenant: "other" });
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    expect(toResource(await deps.saved())).toMatchObject({ status: "queued", queue: { position: 2, ahead: 2 } });
    deps.store.put({ ...others, tenant: "other", status: "failed" });
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    expect(toResource(await deps.saved()).queue).toEqual({ position: 2, ahead: 1 });
  });

  it("is asked for only when it moved, and is gone with the turn", async () => {
    const deps = await createTurnDeps();
    const first = await deps.addRequest("first", -1);
    let asked = 0;
    const countOwnAhead = async () => (asked += 1);
    const turn = { ...deps, store: { ...deps.store, countOwnAhead } };
    for (let look = 0; look < 3; look += 1) await heardOf(takeTurn(turn, deps.run));
    expect(asked).toBe(1);
    deps.store.put({ ...first, status: "succeeded" });
    expect(await heardOf(takeTurn(turn, deps.run))).toBe("done");
    expect(toResource(await deps.saved())).not.toHaveProperty("queue");
  });
});

describe("the request's own time", () => {
  it("begins with its first turn, however long it waited for that", async () => {
    const deps = await createTurnDeps();
    const first = await deps.addRequest("first", -1);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    expect(await deps.saved()).not.toHaveProperty("deadlineAt");
    expect((await deps.saved()).ahead).toBe(1);
    deps.clock.advance(86_399_000);
    deps.store.put({ ...first, status: "succeeded" });
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
    expect(await deps.saved()).toMatchObject({
      deadlineAt: after(86_399_000 + 1_800_000),
      statusReason: "it is its turn at the gateway",
    });
    expect(await deps.saved()).not.toHaveProperty("ahead");
  });

  it("does not begin again with a later turn of the same run", async () => {
    const deps = await createTurnDeps();
    await takeTurn(deps, deps.run);
    const first = await deps.saved();
    deps.clock.advance(60_000);
    await deps.overtake({ generation: 2 });
    await takeTurn(deps, { ...deps.run, generation: 2 });
    expect((await deps.saved()).deadlineAt).toBe(first.deadlineAt);
  });

  it("begins where a turn is not needed, too", async () => {
    const deps = await createTurnDeps("tencent", { providerConnectionId: "vco-1" });
    await takeTurn(deps, deps.run);
    expect(await deps.saved()).toMatchObject({
      deadlineAt: after(1_800_000),
      statusReason: "looking at what the vendor has of it",
    });
  });

  it("begins also when the function died between the turn and the note of it", async () => {
    const deps = await createTurnDeps();
    await deps.give(deps.record);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
    expect((await deps.saved()).deadlineAt).toBe(after(1_800_000));
  });
});

describe("a request whose turn will hardly come in time", () => {
  it("is told so at the first look, and no more once it has its turn", async () => {
    const request = { ...validAlibabaRequest(), queueTimeoutSeconds: 79 };
    const { request: stored } = await createAcceptedRecord(request);
    const deps = await createTurnDeps("alibaba", { request: stored, queueDeadlineAt: after(79_000) });
    const first = await deps.addRequest("first", -1);
    await heardOf(takeTurn(deps, deps.run));
    expect((await deps.saved()).warnings).toEqual([expect.stringMatching(/^\/queueTimeoutSeconds: 1 request on this/)]);
    deps.store.put({ ...first, status: "succeeded" });
    await takeTurn(deps, deps.run);
    expect((await deps.saved()).warnings).toEqual([]);
  });

  it("is told of the requests that are in front now, once, and by the time that is left", async () => {
    const warnings = ["/queueTimeoutSeconds: 9 requests on this gateway, as it was accepted", "another one"];
    const deps = await createTurnDeps("alibaba", { warnings, queueDeadlineAt: after(160_000) });
    const first = await deps.addRequest("first", -2);
    const second = await deps.addRequest("second", -1);
    await heardOf(takeTurn(deps, deps.run));
    expect((await deps.saved()).warnings).toEqual(["another one"]);
    deps.store.put({ ...first, status: "canceled" });
    deps.clock.advance(80_001);
    await heardOf(takeTurn(deps, deps.run));
    expect((await deps.saved()).warnings).toEqual([
      "another one",
      expect.stringMatching(/^\/queueTimeoutSeconds: 1 request on this gateway should go first/),
    ]);
    deps.store.put({ ...second, status: "canceled" });
    await takeTurn(deps, deps.run);
    expect((await deps.saved()).warnings).toEqual(["another one"]);
  });
});

describe("a turn is not asked for", () => {
  it("by a request at Tencent whose connection is known", async () => {
    const deps = await createTurnDeps("tencent", { status: "provisioning", providerConnectionId: "vco-1" });
    deps.clock.advance(86_400_000);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
    expect(await deps.holder()).toBeUndefined();
  });

  it("except where that connection's job failed: it may have to be made anew", async () => {
    const create = { ...openAttempt, state: "failed-earlier" } as const;
    const deps = await createTurnDeps("tencent", { providerConnectionId: "vco-1", create });
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
    expect(await deps.holder()).toBe(deps.own);
  });

  it.each(["queueDeadlineAt", "deadlineAt"])("once the deadline that counts has passed: %s", async (member) => {
    const deps = await createTurnDeps("alibaba", { [member]: after(1000) });
    await deps.addRequest("first", -1);
    deps.clock.advance(999);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    deps.clock.advance(1);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("DeadlinePassed");
  });

  it.each([{ generation: 2 }, { status: "canceled" as const }])("by a run that %o has overtaken", async (change) => {
    const deps = await createTurnDeps();
    await deps.overtake(change);
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("Superseded");
    expect(await deps.holder()).toBeUndefined();
  });
});

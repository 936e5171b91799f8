import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { end } from "../../../functions/domain/record/transitions.ts";
import { deliverWebhook } from "../../../functions/webhooks/deliver.ts";
import type { Sent } from "../../../functions/webhooks/send.ts";
import { createMemoryConnectionStore } from "../../fakes/memory-connection-store.ts";
import { createMemoryTenantStore, testTenant } from "../../fakes/memory-tenant-store.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validAlibabaRequest } from "../../support/create-requests.ts";
import { createDeliverDeps, ok } from "../../support/delivering.ts";

const endedAt = new Date("2026-01-01T00:01:00.000Z");
let made = 0;

/** A request that has ended, whose webhook goes to this host. */
async function createEnded(host: string, tenant = "acme"): Promise<ConnectionRecord> {
  const callback = { url: `https://${host}/hooks` };
  const clientToken = `token-${(made += 1)}`;
  const record = await createAcceptedRecord({ ...validAlibabaRequest(), callback, clientToken }, { tenant });
  return end(record, endedAt, { status: "succeeded", reason: "ready" });
}

const late: Sent = { outcome: "no answer in 15 seconds" };

/** Deliveries of several tenants, over what all processes share. */
async function createWorld(records: readonly ConnectionRecord[]) {
  const [first] = records;
  if (!first) throw new Error("there are no records");
  const tenants = [...new Set(records.map(({ tenant }) => tenant))].map((name) => testTenant(name));
  const deps = {
    ...createDeliverDeps(ok, first),
    store: createMemoryConnectionStore(...records),
    tenants: createMemoryTenantStore(...tenants),
  };
  /** One attempt; `hangs` never ends by itself. */
  const deliver = (record: ConnectionRecord, send = deps.send) =>
    deliverWebhook({ ...deps, send }, { id: record.id, generation: record.generation });
  const waiting: (() => void)[] = [];
  const hang = () => new Promise<Sent>((resolve) => waiting.push(() => resolve(ok)));
  const times = async (milliseconds: number, sent: Sent) => {
    deps.clock.advance(milliseconds);
    return sent;
  };
  return { deps, deliver, waiting, hang, times };
}

const many = (count: number, hostOf: (n: number) => string, tenant?: string) =>
  Promise.all(Array.from({ length: count }, (_, n) => createEnded(hostOf(n), tenant)));

describe("webhooks under way", () => {
  it("are ten of one tenant at once: the next is put off, and another tenant's is not", async () => {
    const own = await many(11, (n) => `host-${n}.example.com`);
    const [others] = await many(1, () => "host-0.example.com", "other");
    const { deliver, hang, waiting, deps } = await createWorld([...own, ...(others ? [others] : [])]);
    const hanging = own.slice(0, 10).map((record) => deliver(record, hang));
    await expect.poll(() => waiting.length).toBe(10);
    await expect(deliver(own[10] as ConnectionRecord)).rejects.toMatchObject({ name: "ReceiverBusy" });
    expect(await deliver(others as ConnectionRecord)).toEqual({ done: true });
    for (const letGo of waiting) letGo();
    await Promise.all(hanging);
    expect(await deliver(own[10] as ConnectionRecord)).toEqual({ done: true });
    expect(deps.requests).toHaveLength(2);
  });

  it("are four of one tenant to one host at once, however the host is written", async () => {
    const own = await many(4, () => "slow.example.com");
    const [again, dotted, elsewhere] = await Promise.all([
      createEnded("SLOW.example.com"),
      createEnded("slow.example.com."),
      createEnded("quick.example.com"),
    ]);
    const { deliver, hang, waiting } = await createWorld([...own, again, dotted, elsewhere]);
    const hanging = own.map((record) => deliver(record, hang));
    await expect.poll(() => waiting.length).toBe(4);
    for (const record of [again, dotted]) await expect(deliver(record)).rejects.toMatchObject({ name: "ReceiverBusy" });
    expect(await deliver(elsewhere)).toEqual({ done: true });
    for (const letGo of waiting) letGo();
    await Promise.all(hanging);
  });

  it("are twenty of all tenants to one host at once", async () => {
    const host = () => "shared.example.com";
    const tenants = ["a-team", "b-team", "c-team", "d-team", "e-team"];
    const records = (await Promise.all(tenants.map((tenant) => many(4, host, tenant)))).flat();
    const [late] = await many(1, host, "f-team");
    const { deliver, hang, waiting } = await createWorld([...records, late as ConnectionRecord]);
    const hanging = records.map((record) => deliver(record, hang));
    await expect.poll(() => waiting.length).toBe(20);
    await expect(deliver(late as ConnectionRecord)).rejects.toMatchObject({ name: "ReceiverBusy" });
    for (const letGo of waiting) letGo();
    await Promise.all(hanging);
    expect(await deliver(late as ConnectionRecord)).toEqual({ done: true });
  });

  it("hold their place no longer than the function that sends them can run", async () => {
    const own = await many(5, () => "slow.example.com");
    const { deliver, hang, waiting, deps } = await createWorld(own);
    for (const record of own.slice(0, 4)) void deliver(record, hang);
    await expect.poll(() => waiting.length).toBe(4);
    deps.clock.advance(30_000);
    expect(await deliver(own[4] as ConnectionRecord)).toEqual({ done: true });
  });
});

describe("a webhook that is put off", () => {
  it("was no attempt: nothing of it is written, and it comes later with its whole schedule", async () => {
    const own = await many(5, () => "slow.example.com");
    const { deliver, hang, waiting, deps } = await createWorld(own);
    for (const record of own.slice(0, 4)) void deliver(record, hang);
    await expect.poll(() => waiting.length).toBe(4);
    const last = own[4] as ConnectionRecord;
    for (let tries = 0; tries < 20; tries += 1) await expect(deliver(last)).rejects.toThrow();
    expect(await deps.store.get(last.id)).toEqual(last);
    expect(deps.lines[0]).toMatchObject({ event: "webhook_put_off", connectionId: last.id, name: "deliveriesToHost" });
    deps.clock.advance(30_000);
    await deliver(last);
    expect((await deps.store.get(last.id))?.delivery).toEqual({ state: "delivered", attempts: 1 });
  });
});

describe("a host that is slow", () => {
  it.each<[string, number, Sent]>([
    ["that does not answer in time", 15_000, late],
    ["that answers after five seconds", 5000, ok],
  ])("is asked four times in ten minutes: one %s", async (_, milliseconds, sent) => {
    const own = await many(9, () => "slow.example.com");
    const { deliver, times, deps } = await createWorld(own);
    const slowly = () => times(milliseconds, sent);
    for (const record of own.slice(0, 4)) await deliver(record, slowly);
    await expect(deliver(own[4] as ConnectionRecord, slowly)).rejects.toMatchObject({ name: "ReceiverBusy" });
    deps.clock.advance(600_000 - 4 * milliseconds);
    await expect(deliver(own[4] as ConnectionRecord, slowly)).rejects.toMatchObject({ name: "ReceiverBusy" });
    deps.clock.advance(4 * milliseconds);
    for (const record of own.slice(4, 8)) await deliver(record, slowly);
    await expect(deliver(own[8] as ConnectionRecord, slowly)).rejects.toMatchObject({ name: "ReceiverBusy" });
  });

  it("is asked as usual again once it answers quickly, and never closes for another tenant", async () => {
    const own = await many(8, () => "slow.example.com");
    const [others] = await many(1, () => "slow.example.com", "other");
    const { deliver, times } = await createWorld([...own, others as ConnectionRecord]);
    for (const record of own.slice(0, 3)) await deliver(record, () => times(15_000, late));
    for (const record of own.slice(3)) expect(await deliver(record)).toEqual({ done: true });
    expect(await deliver(others as ConnectionRecord)).toEqual({ done: true });
  });

  it("is asked sooner where time is scaled", async () => {
    const own = await many(5, () => "slow.example.com");
    const { times, deps } = await createWorld(own);
    const deliver = (record: ConnectionRecord | undefined, send = deps.send) =>
      deliverWebhook({ ...deps, send, timeScale: 0.01 }, { id: record?.id ?? "", generation: 1 });
    for (const record of own.slice(0, 4)) await deliver(record, () => times(15_000, late));
    deps.clock.advance(6000);
    expect(await deliver(own[4])).toEqual({ done: true });
  });
});

describe("a receiver that is known to be quick", () => {
  it("needs no place: however many go there at once, none is put off", async () => {
    const own = await many(40, () => "quick.example.com");
    const { deliver, hang, waiting, deps } = await createWorld(own);
    const [first, ...others] = own as [ConnectionRecord, ...ConnectionRecord[]];
    await deliver(first);
    const asked = deps.quotas.asked();
    const sending = others.map((record) => deliver(record, hang));
    await expect.poll(() => waiting.length).toBe(others.length);
    for (const letGo of waiting) letGo();
    for (const ended of await Promise.all(sending)) expect(ended).toEqual({ done: true });
    expect(deps.quotas.asked()).toBe(asked);
  });

  it("needs one again after a receiver of its tenant was slow, and another tenant's does not", async () => {
    const own = await many(7, () => "quick.example.com");
    const [slow] = await many(1, () => "slow.example.com");
    const theirs = await many(6, () => "quick.example.com", "other");
    const { deliver, hang, times, waiting } = await createWorld([...own, ...theirs, slow as ConnectionRecord]);
    await deliver(own[0] as ConnectionRecord);
    await deliver(theirs[0] as ConnectionRecord);
    await deliver(slow as ConnectionRecord, () => times(5000, ok));
    const hanging = [...own.slice(1, 5), ...theirs.slice(1)].map((record) => deliver(record, hang));
    await expect.poll(() => waiting.length).toBe(9);
    await expect(deliver(own[5] as ConnectionRecord)).rejects.toMatchObject({ name: "ReceiverBusy" });
    for (const letGo of waiting) letGo();
    await Promise.all(hanging);
  });

  it("is known as slow while it still hangs", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const own = await many(10, () => "quick.example.com");
    const { deliver, hang, waiting } = await createWorld(own);
    await deliver(own[0] as ConnectionRecord);
    const free = own.slice(1, 5).map((record) => deliver(record, hang));
    await vi.waitFor(() => expect(waiting).toHaveLength(4));
    await vi.advanceTimersByTimeAsync(5000);
    const counted = own.slice(5, 9).map((record) => deliver(record, hang));
    await vi.waitFor(() => expect(waiting).toHaveLength(8));
    await expect(deliver(own[9] as ConnectionRecord)).rejects.toMatchObject({ name: "ReceiverBusy" });
    for (const letGo of waiting) letGo();
    await Promise.all([...free, ...counted]);
  });
});

import { describe, expect, it } from "vitest";
import { createWaits } from "../../../../functions/domain/connections/limit-waits.ts";
import { waitForChange } from "../../../../functions/domain/connections/wait-for-change.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { createMemoryQuotas } from "../../../fakes/memory-quotas.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";

const record = await createAcceptedRecord();
const signal = new AbortController().signal;
const input = { tenant: record.tenant, id: record.id, key: "acme#key_1", waitSeconds: 20, signal };

/** A wait during which `happen` runs before each read but the first. */
function createDeps(happen: (read: number, store: ReturnType<typeof createMemoryConnectionStore>) => void = () => {}) {
  const store = createMemoryConnectionStore(record);
  const clock = createFakeClock();
  let pauses = 0;
  const sleep = async (milliseconds: number, aborted: AbortSignal) => {
    await clock.sleep(milliseconds, aborted);
    happen((pauses += 1), store);
  };
  const quotas = createMemoryQuotas(clock);
  return { store, clock, sleep, quotas, waits: createWaits({ quotas, log: () => undefined }) };
}

describe("waitForChange", () => {
  it("answers at once when it is not to wait", async () => {
    const deps = createDeps();
    expect(await waitForChange(deps, { ...input, waitSeconds: 0 })).toEqual(record);
    expect(deps.clock.slept).toEqual([]);
    expect(deps.store.reads()).toBe(1);
  });

  it("answers as soon as the revision is another than at arrival", async () => {
    const deps = createDeps((read, store) => {
      if (read === 3) store.put({ ...record, revision: 2, status: "creating" });
    });
    expect(await waitForChange(deps, input)).toMatchObject({ revision: 2, status: "creating" });
    expect(deps.clock.slept).toHaveLength(3);
  });

  it("answers at once when the revision is another than the caller knows, also an older one", async () => {
    for (const revision of [0, 7]) {
      const deps = createDeps();
      expect(await waitForChange(deps, { ...input, revision })).toEqual(record);
      expect(deps.clock.slept).toEqual([]);
    }
  });

  it("waits on while the revision is the one the caller knows", async () => {
    const deps = createDeps((read, store) => {
      if (read === 2) store.put({ ...record, revision: 2 });
    });
    expect(await waitForChange(deps, { ...input, revision: 1 })).toMatchObject({ revision: 2 });
    expect(deps.clock.slept).toHaveLength(2);
  });

  it.each(["succeeded", "failed", "canceled", "unknown"] as const)("does not wait for what is %s", async (status) => {
    const deps = createDeps();
    deps.store.put({ ...record, status });
    expect(await waitForChange(deps, { ...input, revision: 1 })).toMatchObject({ status });
    expect(deps.clock.slept).toEqual([]);
  });

  it("gives up after as long as it was told, with few reads in growing pauses", async () => {
    for (const waitSeconds of [0.1, 1, 5, 20]) {
      const deps = createDeps();
      expect(await waitForChange(deps, { ...input, waitSeconds })).toEqual(record);
      const { slept } = deps.clock;
      // Dates drop what is less than a millisecond.
      const over = slept.reduce((sum, pause) => sum + pause, 0) - waitSeconds * 1000;
      expect(over).toBeGreaterThanOrEqual(0);
      expect(over).toBeLessThan(1);
      expect(slept.slice(0, -1)).toEqual(slept.slice(0, -1).toSorted((a, b) => a - b));
      expect(Math.max(...slept)).toBeLessThanOrEqual(2000);
      expect(deps.store.reads()).toBeLessThanOrEqual(16);
    }
  });

  it("ends when nobody waits any more", async () => {
    const deps = createDeps();
    const gone = AbortSignal.abort();
    await expect(waitForChange(deps, { ...input, signal: gone })).rejects.toThrow();
    expect(deps.store.reads()).toBe(1);
  });

  it.each([
    ["an unknown id", { id: "a".repeat(26) }],
    ["no id at all", { id: "x" }],
    ["another tenant's", { tenant: "other" }],
  ])("finds nothing under %s", async (_, other) => {
    await expect(waitForChange(createDeps(), { ...input, ...other })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("calls of one key that wait", () => {
  const waits = { name: "waits", subject: input.key };

  /** So many of them wait for ever. */
  async function createHanging(count: number, keyOf: (n: number) => string = () => input.key) {
    const deps = createDeps();
    let hanging = 0;
    const sleep = () => new Promise<void>(() => (hanging += 1));
    for (let n = 0; n < count; n += 1) void waitForChange({ ...deps, sleep }, { ...input, key: keyOf(n) });
    await expect.poll(() => hanging).toBe(count);
    return deps;
  }

  it("are ten over all processes: the next is answered at once with what there is, and another key waits", async () => {
    const deps = await createHanging(10);
    const elsewhere = { ...deps, waits: createWaits({ quotas: deps.quotas, log: () => undefined }) };
    expect(await waitForChange(elsewhere, input)).toEqual(record);
    expect(deps.clock.slept).toEqual([]);
    await waitForChange(deps, { ...input, key: "acme#key_2" });
    expect(deps.clock.slept.length).toBeGreaterThan(10);
  });

  it("are a hundred in one process, whosever they are", async () => {
    const deps = await createHanging(100, (n) => `acme#key_${n}`);
    expect(await waitForChange(deps, { ...input, key: "other#key" })).toEqual(record);
    expect(deps.clock.slept).toEqual([]);
    expect(deps.quotas.used({ name: "waits", subject: "other#key" })).toBe(0);
  });

  it("leave when they are answered, and when nobody waits any more", async () => {
    const deps = createDeps();
    await waitForChange(deps, input);
    const gone = AbortSignal.abort();
    await expect(waitForChange(deps, { ...input, signal: gone })).rejects.toThrow();
    expect([deps.quotas.asked(), deps.quotas.used(waits)]).toEqual([2, 0]);
  });

  it("ask for no place when there is nothing to wait for", async () => {
    const deps = createDeps();
    await waitForChange(deps, { ...input, waitSeconds: 0 });
    await waitForChange(deps, { ...input, revision: 7 });
    expect(deps.quotas.asked()).toBe(0);
  });

  it("are forgotten when their function must have ended, should their process have been killed", async () => {
    const deps = await createHanging(10);
    deps.clock.advance(29_000);
    await waitForChange(deps, { ...input, waitSeconds: 1 });
    expect(deps.clock.slept.length).toBeGreaterThan(0);
  });

  it("are counted no more where counting failed", async () => {
    const deps = createDeps();
    const take = () => Promise.reject(new Error("the table is away"));
    const broken = createWaits({ quotas: { ...deps.quotas, take }, log: () => undefined });
    for (let n = 0; n < 101; n += 1) {
      await expect(waitForChange({ ...deps, waits: broken }, input)).rejects.toThrow("the table is away");
    }
  });
});

import { describe, expect, it } from "vitest";
import { stats as schema } from "../../../../functions/contract/schemas/stats.ts";
import { end, queue } from "../../../../functions/domain/record/transitions.ts";
import type { EndedRun } from "../../../../functions/domain/stats/ended-run.ts";
import { getStats } from "../../../../functions/domain/stats/get-stats.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { createMemoryTallies } from "../../../fakes/memory-tallies.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";

const now = "2026-01-01T10:30:00.000Z";
const run: EndedRun = { tenant: "acme", status: "succeeded", provider: "alibaba", region: "cn-shanghai", seconds: 60 };
const failed: EndedRun = {
  tenant: "acme",
  status: "failed",
  provider: "tencent",
  region: "ap-shanghai",
  errorCode: "provider_quota",
};
const accepted = await createAcceptedRecord(undefined, { createdAt: "2026-01-01T10:00:00.000Z" });

async function createDeps(runs: readonly (readonly [EndedRun, string])[] = [], records = [accepted]) {
  const tallies = createMemoryTallies();
  for (const [one, hour] of runs) await tallies.add(one, hour);
  return { tallies, store: createMemoryConnectionStore(...records), clock: createFakeClock(now) };
}

describe("stats", () => {
  it("count what ended within the window, to the hour, by vendor, region and code", async () => {
    const deps = await createDeps([
      [run, "2026-01-01T10"],
      [run, "2026-01-01T09"],
      [{ ...run, seconds: 600 }, "2026-01-01T09"],
      [failed, "2026-01-01T09"],
      [{ ...run, status: "canceled" }, "2026-01-01T09"],
      [run, "2026-01-01T08"],
      [{ ...run, tenant: "other" }, "2026-01-01T10"],
    ]);
    const told = await getStats(deps, { tenant: "acme", window: "1h" });
    expect(told).toMatchObject({
      from: "2026-01-01T09:00:00.000Z",
      at: now,
      ended: { succeeded: 3, failed: 1, canceled: 1, unknown: 0 },
      successRate: 0.75,
      providers: [
        { provider: "alibaba", ended: { succeeded: 3, canceled: 1 }, successRate: 1 },
        { provider: "tencent", ended: { failed: 1 }, successRate: 0 },
      ],
      regions: expect.arrayContaining([expect.objectContaining({ provider: "tencent", region: "ap-shanghai" })]),
      errors: [{ code: "provider_quota", provider: "tencent", count: 1 }],
    });
    expect(told.secondsToSuccess?.p50).toBeCloseTo(60, -1);
    expect(told.secondsToSuccess?.p95).toBeGreaterThan(570);
    expect(told.series.map(({ from, ended }) => [from, ended.succeeded])).toEqual([
      ["2026-01-01T09:00:00.000Z", 2],
      ["2026-01-01T10:00:00.000Z", 1],
    ]);
    expect((await getStats(deps, { tenant: "*", window: "1h" })).ended.succeeded).toBe(4);
    expect(schema.parse(told)).toEqual(told);
  });

  it.each([
    ["1h", 2],
    ["48h", 49],
    ["2d", 49],
  ])("are of as many hours as they are asked for: %s", async (window, points) => {
    const { series } = await getStats(await createDeps(), { tenant: "acme", window });
    expect(new Set(series.map(({ from }) => from)).size).toBe(points <= 48 ? points : 3);
  });

  it("have a point a day in a series that is long", async () => {
    const { series } = await getStats(await createDeps(), { tenant: "acme", window: "7d" });
    expect(series.map(({ from }) => from.slice(0, 10))).toHaveLength(8);
  });

  it("tell of what is unfinished: by status, the oldest, and each gateway's queue with its head", async () => {
    const another = { ...accepted, id: "2".repeat(26), createdAt: "2026-01-01T10:10:00.000Z" };
    const queued = queue(another, new Date(now), 1);
    const { unfinished, queues } = await getStats(await createDeps([], [accepted, queued]), {
      tenant: "acme",
      window: "24h",
    });
    expect(unfinished).toEqual({
      total: 2,
      byStatus: { accepted: 1, queued: 1 },
      oldest: { id: accepted.id, status: "accepted", createdAt: accepted.createdAt, ageSeconds: 1800 },
      isWhole: true,
    });
    expect(queues).toMatchObject([
      { vpnGatewayId: accepted.request.vpnGatewayId, waiting: 2, oldest: { id: accepted.id } },
    ]);
  });

  it("tell of hosts that take no webhooks, whether these still come or were given up", async () => {
    const ended = end(accepted, new Date(now), { status: "succeeded", reason: "ready" });
    const failing = (id: string, state: "pending" | "exhausted", failingHost: string) => ({
      ...ended,
      id: id.repeat(26),
      delivery: { state, attempts: 4, failingHost },
    });
    const records = [
      failing("a", "pending", "one.example.com"),
      failing("b", "exhausted", "one.example.com"),
      failing("c", "pending", "two.example.com"),
      { ...ended, delivery: { state: "delivered" as const, attempts: 1 } },
    ];
    const { failingWebhooks, unfinished } = await getStats(await createDeps([], records), {
      tenant: "acme",
      window: "24h",
    });
    expect(failingWebhooks).toEqual([
      { host: "one.example.com", requests: 2 },
      { host: "two.example.com", requests: 1 },
    ]);
    expect(unfinished).toEqual({ total: 0, byStatus: {}, isWhole: true });
  });

  it("fit into an answer, whatever regions and hosts callers have named", async () => {
    const hours = Array.from({ length: 24 }, (_, n) =>
      new Date(Date.parse(now) - n * 3_600_000).toISOString().slice(0, 13),
    );
    const named = (hour: string) =>
      Array.from({ length: 150 }, (_, n) => [{ ...run, region: `cn-${hour}-${n}` }, hour] as const);
    const runs = [...hours.flatMap(named), [run, hours[0] ?? ""] as const, [run, hours[1] ?? ""] as const];
    const ended = end(accepted, new Date(now), { status: "succeeded", reason: "ready" });
    const records = Array.from({ length: 2000 }, (_, n) => {
      const delivery = { state: "exhausted" as const, attempts: 9, failingHost: `${"a".repeat(1900)}${n}.example.com` };
      return { ...ended, id: String(n), delivery };
    });
    const told = await getStats(await createDeps(runs, records), { tenant: "acme", window: "24h" });
    expect(Buffer.byteLength(JSON.stringify(told))).toBeLessThan(500_000);
    expect(told.ended.succeeded).toBe(runs.length);
    expect(told.regions).toHaveLength(100);
    expect(told.failingWebhooks).toHaveLength(100);
  });

  it("say up to when what they tell was counted anew", async () => {
    const deps = await createDeps();
    expect(await getStats(deps, { tenant: "acme", window: "24h" })).not.toHaveProperty("checkedUntil");
    await deps.tallies.noteChecked("2026-01-01T08");
    const { checkedUntil } = await getStats(deps, { tenant: "acme", window: "24h" });
    expect(checkedUntil).toBe("2026-01-01T09:00:00.000Z");
  });
});

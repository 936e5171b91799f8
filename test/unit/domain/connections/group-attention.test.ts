import { describe, expect, it } from "vitest";
import { groupAttention } from "../../../../functions/domain/connections/group-attention.ts";
import { cutPage } from "../../../../functions/domain/cut-page.ts";
import type { EndedRun } from "../../../../functions/domain/stats/ended-run.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { createMemoryTallies } from "../../../fakes/memory-tallies.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";

const record = await createAcceptedRecord();
const failed: EndedRun = {
  tenant: "acme",
  status: "failed",
  provider: "alibaba",
  region: "cn-shanghai",
  errorCode: "provider_quota",
};
const { errorCode: _code, ...rest } = failed;
const succeeded: EndedRun = { ...rest, status: "succeeded", seconds: 60 };

async function groupsOf(runs: readonly EndedRun[], records = [record], items = [] as never[], isWhole = false) {
  const tallies = createMemoryTallies();
  for (const run of runs) await tallies.add(run, "2026-01-01T09");
  const deps = {
    tallies,
    store: createMemoryConnectionStore(...records),
    clock: createFakeClock("2026-01-01T10:05:00.000Z"),
  };
  return groupAttention(deps, { tenant: "acme", items, isWhole });
}

const times = <Item>(count: number, item: Item) => Array.from({ length: count }, () => item);

describe("what several requests have in common", () => {
  it("is a wave where five of a region ended with one code, and half of all that ended there", async () => {
    const wave = {
      reason: "failure_wave",
      count: 5,
      provider: "alibaba",
      region: "cn-shanghai",
      errorCode: "provider_quota",
    };
    expect(await groupsOf([...times(5, failed), ...times(5, succeeded)])).toMatchObject([wave]);
    expect(await groupsOf(times(4, failed))).toEqual([]);
    expect(await groupsOf([...times(5, failed), ...times(6, succeeded)])).toEqual([]);
    const elsewhere = { ...succeeded, region: "cn-beijing" };
    expect(await groupsOf([...times(5, failed), ...times(60, elsewhere)])).toMatchObject([wave]);
    expect(await groupsOf(times(9, { ...failed, status: "canceled", errorCode: "canceled" }))).toEqual([]);
  });

  it("names one of a wave's requests, where the page has one", async () => {
    const error = { code: "provider_quota", message: "full", retryable: true, advice: "Raise it." };
    const item = { reason: "failed", action: error.advice, record: { ...record, status: "failed", error } } as never;
    const [wave] = await groupsOf(times(5, failed), [record], [item]);
    expect(wave).toMatchObject({ connectionId: record.id });
    expect(wave?.action).toContain(`look at ${record.id}. Raise it. Then redrive`);
    expect((await groupsOf(times(5, failed)))[0]).not.toHaveProperty("connectionId");
    // Where those are all that failed, the others were redriven since.
    expect(await groupsOf(times(5, failed), [record], [item], true)).toMatchObject([{ count: 1 }]);
    expect(await groupsOf(times(5, failed), [record], [], true)).toEqual([]);
  });

  it("is a host that takes no webhooks of two requests", async () => {
    const failing = (letter: string) => ({
      ...record,
      id: letter.repeat(26),
      status: "succeeded" as const,
      completedAt: "2026-01-01T09:00:00.000Z",
      delivery: { state: "pending" as const, attempts: 1, failingHost: "hooks.example.com" },
    });
    expect(await groupsOf([], [failing("a")])).toEqual([]);
    expect(await groupsOf([], [failing("a"), failing("b")])).toMatchObject([
      { reason: "webhook_host_failing", count: 2, host: "hooks.example.com", connectionId: "a".repeat(26) },
    ]);
  });

  it("fits beside a page, however many hosts fail and however long their names are", async () => {
    const failingHost = (n: number) => `${"a".repeat(1980)}${Math.floor(n / 2)}.example.com`;
    const records = Array.from({ length: 3000 }, (_, n) => {
      const delivery = { state: "exhausted" as const, attempts: 9, failingHost: failingHost(n) };
      return { ...record, id: `${n}`, status: "succeeded" as const, completedAt: "2026-01-01T09:00:00.000Z", delivery };
    });
    const page = cutPage(
      Array.from({ length: 100 }, () => "x".repeat(60_000)),
      (item) => item,
    );
    const groups = await groupsOf([], records);
    expect(groups.length).toBeGreaterThan(50);
    expect(Buffer.byteLength(JSON.stringify({ items: page, groups }))).toBeLessThan(5_000_000);
  });

  it("is a region whose vendor's answers stand in the way of two requests", async () => {
    const held = { reason: "provider_problem", action: "Alibaba Cloud is out of reach.", record } as never;
    expect(await groupsOf([], [record], [held])).toEqual([]);
    expect(await groupsOf([], [record], [held, held])).toMatchObject([
      { reason: "provider_unreadable", count: 2, provider: "alibaba", region: "cn-shanghai", connectionId: record.id },
    ]);
  });
});

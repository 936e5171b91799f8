import { describe, expect, it } from "vitest";
import { groupAttention } from "../../../../functions/domain/connections/group-attention.ts";
import { listAttention } from "../../../../functions/domain/connections/list-attention.ts";
import type { RequestError } from "../../../../functions/domain/errors.ts";
import type { ConnectionRecord } from "../../../../functions/domain/record/connection-record.ts";
import { end } from "../../../../functions/domain/record/transitions.ts";
import { hourOf } from "../../../../functions/domain/stats/bucket.ts";
import { type EndedRun, toEndedRun } from "../../../../functions/domain/stats/ended-run.ts";
import { refusalOfTenant } from "../../../../functions/domain/tenants/may-be-sent.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { createMemoryTallies } from "../../../fakes/memory-tallies.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";

const accepted = await createAcceptedRecord();
const { callback: _callback, ...request } = accepted.request;
const at = (time: string) => new Date(`2026-01-01T${time}:00.000Z`);
const code = "provider_auth";
const error: RequestError = {
  code,
  message: "Alibaba Cloud answered DescribeVpnGateway with InvalidAccessKeyId.Inactive",
  retryable: false,
  advice: "Enable the key.",
  providerCode: "InvalidAccessKeyId.Inactive",
};
const refused = (time: string, patch: Partial<ConnectionRecord> = {}, what = error) =>
  end({ ...accepted, request, ...patch }, at(time), { status: "failed", reason: what.message, error: what });
const succeeded: EndedRun = {
  tenant: "acme",
  status: "succeeded",
  provider: "alibaba",
  region: request.region,
  seconds: 60,
};

/** What is told of these at five past ten, after these others succeeded in the hours. */
async function groupsOf(
  records: readonly ConnectionRecord[],
  { successes = [], tenant = "acme", limit = 20 }: { successes?: string[]; tenant?: string; limit?: number } = {},
) {
  const tallies = createMemoryTallies();
  for (const record of records) {
    const run = toEndedRun(record);
    if (run) await tallies.add(run, hourOf(record.completedAt ?? ""));
  }
  for (const hour of successes) await tallies.add(succeeded, `2026-01-01T${hour}`);
  const deps = {
    tallies,
    store: createMemoryConnectionStore(...records),
    clock: createFakeClock("2026-01-01T10:05:00.000Z"),
  };
  const { items } = await listAttention(deps, { tenant, limit });
  return groupAttention(deps, { tenant, items, isWhole: false });
}

const group = { reason: "failure_wave", provider: "alibaba", region: request.region, errorCode: code };

describe("credentials that a vendor refuses", () => {
  it("are told from the first request on, with what to do and which they are", async () => {
    const first = { ...group, count: 1, connectionId: accepted.id };
    const [told, ...others] = await groupsOf([refused("10:01")], { successes: ["09", "10"] });
    expect([told, others]).toMatchObject([first, []]);
    expect(told?.action).toBe(
      `With the broker's own credentials every request at Alibaba Cloud, ${request.region}, is likely to end as ${accepted.id}: Enable the key. Then redrive those that failed.`,
    );
    const [own] = await groupsOf([refused("10:01", { credentials: "acme-prod" })]);
    expect(own?.action).toMatch(/^With 'acme-prod' credentials every request/);
  });

  it("are told apart by tenants' own, and once where they are also a wave", async () => {
    const five = ["a", "b", "c", "d", "e"].map((letter) => refused("10:01", { id: letter.repeat(26) }));
    expect(await groupsOf(five)).toMatchObject([{ ...group, count: 5 }]);
    const own = refused("10:02", { id: "f".repeat(26), credentials: "acme-prod" });
    expect((await groupsOf([...five, own])).map(({ count }) => count).toSorted((a, b) => a - b)).toEqual([1, 5]);
  });

  it("are no more once others have succeeded with them, or two hours later", async () => {
    expect(await groupsOf([refused("09:59")], { successes: ["10"] })).toEqual([]);
    expect(await groupsOf([refused("08:59")])).toEqual([]);
    const own = refused("09:59", { credentials: "acme-prod" });
    expect(await groupsOf([own], { successes: ["10"], tenant: "*" })).toMatchObject([group]);
  });

  it("are told while they hold up a request, and not as a vendor that cannot be read", async () => {
    const lastAt = at("10:04").toISOString();
    const providerProblem = {
      action: "DescribeVpnConnections",
      class: "auth",
      advice: "Enable the key.",
      lastAt,
    } as const;
    const patch = { message: error.message, since: at("09:50").toISOString(), count: 9 };
    const held = ["a", "b"].map((letter) => ({
      ...accepted,
      id: letter.repeat(26),
      deadlineAt: at("11:00").toISOString(),
      status: "creating" as const,
      providerProblem: { ...providerProblem, ...patch },
    }));
    expect(await groupsOf(held)).toMatchObject([{ ...group, count: 2 }]);
  });

  it("are not what an operator has taken away, but are what was not there to be read", async () => {
    const suspended = refusalOfTenant(undefined, accepted) ?? error;
    expect(await groupsOf([refused("10:01", {}, suspended)])).toEqual([]);
    const { providerCode: _none, ...unread } = error;
    const call = { action: "ReadCredentials", outcome: "auth", durationMilliseconds: 0 };
    const events = [{ type: "vendor_call" as const, at: "", lastAt: "", count: 1, ...call }];
    expect(await groupsOf([refused("10:01", { events }, unread)])).toMatchObject([group]);
  });

  it("are told by what was counted, where the page has none of them", async () => {
    const unknown = (letter: string) =>
      end({ ...accepted, request, id: letter.repeat(26) }, at("09:00"), { status: "unknown", reason: "no answer" });
    const records = [unknown("a"), unknown("b"), refused("10:01")];
    const [told] = await groupsOf(records, { limit: 2, successes: ["09"] });
    expect(told).toMatchObject({ ...group, count: 1 });
    expect(told?.action).toMatch(/^1 of 4 requests ended with provider_auth within two hours, and none has succeeded/);
    expect(await groupsOf(records, { limit: 2, successes: ["10"] })).toEqual([]);
  });
});

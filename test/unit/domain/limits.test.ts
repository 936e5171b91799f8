import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import {
  functionSeconds,
  listLagSeconds,
  maxWaitSeconds,
  providerCallSeconds,
  settleSeconds,
  shares,
  sweepSeconds,
  webhookAttemptSeconds,
} from "../../../functions/domain/limits.ts";
import { stepOf } from "../../support/step-of.ts";

interface Deployed {
  timeout: number;
  reservedConcurrency?: string;
  events?: { schedule?: string }[];
}

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const parse = (path: string): unknown => parseDocument(read(path), { logLevel: "silent", merge: true }).toJS();
const deployed = parse("infra/functions.yml") as Record<string, Deployed>;
const sets = parse("infra/concurrency.yml") as Record<"full" | "small" | "off", Record<string, number>>;

/** Lambda keeps so many of an account's concurrency for functions without a share. */
const unreserved = 100;
const defaultLimit = 1000;

/** API Gateway gives up a call after this many seconds. */
const gatewaySeconds = 30;
/** What an invocation has left beside the call that takes longest: reading, writing, and a start from cold. */
const margin = 5;

describe("the numbers that exactly-once rests on", () => {
  it("are those of the functions that are deployed", () => {
    const timeouts = Object.entries(deployed).map(([name, { timeout }]) => [stepOf(name), timeout]);
    expect(Object.fromEntries(timeouts)).toEqual(functionSeconds);
    expect(new Set(timeouts.map((entry) => entry.join(" "))).size).toBe(Object.keys(functionSeconds).length);
  });

  it("let nothing of a sending be under way when its settle window is over", () => {
    // Sent at the last moment of its function, the call still has its own time; then lists may lag.
    expect(settleSeconds).toBeGreaterThanOrEqual(functionSeconds.submit + providerCallSeconds + 30);
    expect(listLagSeconds).toBeGreaterThanOrEqual(30);
  });

  it("give every function the time of its longest call", () => {
    for (const name of ["submit", "awaitProvisioned", "watchTunnels", "providerApi"] as const) {
      expect(functionSeconds[name]).toBeGreaterThanOrEqual(providerCallSeconds + margin);
    }
    for (const name of ["deliverWebhook", "exampleApi"] as const) {
      expect(functionSeconds[name]).toBeGreaterThanOrEqual(webhookAttemptSeconds + margin);
    }
    expect(functionSeconds.api).toBeGreaterThanOrEqual(maxWaitSeconds + margin);
    for (const name of ["api", "providerApi", "secretsApi", "exampleApi"] as const) {
      expect(functionSeconds[name]).toBeLessThan(gatewaySeconds);
    }
  });

  it("ask no vendor more than it answers, at 0.3 s a call", () => {
    const callSeconds = 0.3;
    const { submit, awaitProvisioned, watchTunnels } = shares;
    const perSecond = (atOnce: number, callsInARow: number) => atOnce / (callsInARow * callSeconds);
    // 600 DescribeVpnGateway a minute: one in a submit before its create, one in a look.
    expect(perSecond(submit.alibaba, 2) + perSecond(awaitProvisioned.alibaba, 1)).toBeLessThanOrEqual(10.01);
    // 600 DescribeVpnConnection a minute: one in a look at a gateway that is active again, one in a watch's look.
    expect(perSecond(awaitProvisioned.alibaba, 2) + perSecond(watchTunnels.alibaba, 2)).toBeLessThanOrEqual(10);
    // 20 DescribeVpcTaskResult and 100 creates a second.
    expect(perSecond(awaitProvisioned.tencent, 2)).toBeLessThanOrEqual(20.01);
    expect(perSecond(submit.tencent, 2)).toBeLessThanOrEqual(100);
  });

  it("let one sweep end before the next begins, and look at nothing that a workflow is at work on", () => {
    expect(deployed["sweep"]?.events).toEqual([{ schedule: `rate(${sweepSeconds / 60} minutes)` }]);
    expect(functionSeconds.sweep).toBeLessThanOrEqual(sweepSeconds);
    expect(sweepSeconds).toBeGreaterThan(settleSeconds);
  });
});

describe("the shares of concurrency", () => {
  const capitalize = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  const sumOf = (of: Record<string, number>) => Object.values(of).reduce((sum, share) => sum + share);

  it("are those that are deployed: every function has one, and each vendor its own", () => {
    const full: Record<string, number> = {};
    for (const [step, share] of Object.entries(shares)) {
      if (typeof share === "number") full[step] = share;
      else for (const [vendor, own] of Object.entries(share)) full[`${step}${capitalize(vendor)}`] = own;
    }
    expect(sets.full).toEqual(full);
    for (const set of Object.values(sets)) expect(Object.keys(set)).toEqual(Object.keys(deployed));
    for (const [name, { reservedConcurrency }] of Object.entries(deployed)) {
      expect(reservedConcurrency).toBe(`\${file(infra/concurrency.yml):\${param:concurrency, 'full'}.${name}}`);
    }
  });

  it("leave what Lambda keeps of an account's limit, twice over, and in a small account once", () => {
    expect(2 * sumOf(sets.full) + unreserved).toBeLessThanOrEqual(defaultLimit);
    expect(sumOf(sets.small) + unreserved).toBeLessThanOrEqual(200);
    expect(new Set(Object.values(sets.off))).toEqual(new Set(["AWS::NoValue"]));
  });

  it("are those in the documentation, with their sums", () => {
    const rows = [...read("docs/concurrency.md").matchAll(/^\| `?(\**\w+\**)`? +\| (\d+) +\| (\d+) +\| (.*?) *\|$/gm)];
    const documented = (column: number) =>
      Object.fromEntries(rows.map((row) => [String(row[1]), Number(row[column])] as const));
    expect(documented(2)).toEqual({ ...sets.full, "**sum**": sumOf(sets.full) });
    expect(documented(3)).toEqual({ ...sets.small, "**sum**": sumOf(sets.small) });
    expect(rows.filter(([, name, , , arithmetic]) => name !== "**sum**" && arithmetic === "")).toEqual([]);
  });
});

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
  reservedConcurrency?: number;
  events?: { schedule?: string }[];
}

const path = new URL("../../../infra/functions.yml", import.meta.url);
const deployed = parseDocument(readFileSync(path, "utf8"), { logLevel: "silent", merge: true }).toJS() as Record<
  string,
  Deployed
>;

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
    for (const name of ["deliverWebhook", "secretsApi"] as const) {
      expect(functionSeconds[name]).toBeGreaterThanOrEqual(webhookAttemptSeconds + margin);
    }
    expect(functionSeconds.api).toBeGreaterThanOrEqual(maxWaitSeconds + margin);
    for (const name of ["api", "providerApi", "secretsApi"] as const) {
      expect(functionSeconds[name]).toBeLessThan(gatewaySeconds);
    }
  });

  it("give each vendor a function and a share of its own for everything that asks it again and again", () => {
    for (const [step, byVendor] of Object.entries(shares)) {
      const found = Object.entries(deployed).filter(([name]) => stepOf(name) === step);
      const reserved = found.map(([name, { reservedConcurrency }]) => [
        name.slice(step.length).toLowerCase(),
        reservedConcurrency,
      ]);
      expect(Object.fromEntries(reserved)).toEqual(byVendor);
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

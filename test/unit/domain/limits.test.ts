import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import {
  functionSeconds,
  listLagSeconds,
  maxWaitSeconds,
  providerCallSeconds,
  settleSeconds,
  sweepSeconds,
  webhookAttemptSeconds,
} from "../../../functions/domain/limits.ts";

interface Deployed {
  timeout: number;
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
    const timeouts = Object.entries(deployed).map(([name, { timeout }]) => [name, timeout]);
    expect(Object.fromEntries(timeouts)).toEqual(functionSeconds);
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

  it("let one sweep end before the next begins, and look at nothing that a workflow is at work on", () => {
    expect(deployed["sweep"]?.events).toEqual([{ schedule: `rate(${sweepSeconds / 60} minutes)` }]);
    expect(functionSeconds.sweep).toBeLessThanOrEqual(sweepSeconds);
    expect(sweepSeconds).toBeGreaterThan(settleSeconds);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import {
  clockSkewSeconds,
  functionSeconds,
  listLagSeconds,
  providerCallSeconds,
  sendWithinSeconds,
  settleSeconds,
} from "../../functions/domain/limits.ts";
import { stepOf } from "../support/step-of.ts";
import { assumed, beyond, clientTimeout, functionTimeouts } from "./assumptions.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("what the adversary goes up to", () => {
  it("is what is deployed", () => {
    const functions = parseDocument(read("infra/functions.yml"), { logLevel: "silent", merge: true }).toJS() as Record<
      string,
      { timeout: number }
    >;
    const deployed = new Map(
      Object.entries(functions).map(([name, { timeout }]) => [stepOf(name).toLowerCase(), timeout]),
    );
    for (const [step, seconds] of Object.entries(functionTimeouts))
      expect(deployed.get(step.toLowerCase())).toBe(seconds);
    expect(assumed.functionLife).toBe(functionTimeouts["Submit"]);
  });

  it("is no less than what the code reckons with", () => {
    expect(clientTimeout).toBe(providerCallSeconds);
    expect(assumed.functionLife).toBe(functionSeconds.submit);
    expect(assumed.listLag + 2 * assumed.clockSkew).toBe(listLagSeconds);
    expect(2 * assumed.clockSkew).toBe(clockSkewSeconds);
  });

  it("fits into the settle window, all of it at once", () => {
    const { pauseBeforeSending, arrival, listLag, clockSkew } = assumed;
    expect(pauseBeforeSending + arrival + listLag).toBeLessThanOrEqual(settleSeconds);
    expect(pauseBeforeSending + arrival + listLag + 2 * clockSkew).toBeLessThanOrEqual(settleSeconds + 4);
  });

  it.each(["arrival", "listLag", "clockSkew"] as const)(
    "fits into it with twice the %s, for a sound process",
    (name) => {
      const { pauseBeforeSending, arrival, listLag, clockSkew } = beyond(name);
      expect(sendWithinSeconds + pauseBeforeSending + arrival + listLag + 2 * clockSkew).toBeLessThanOrEqual(
        settleSeconds,
      );
    },
  );
});

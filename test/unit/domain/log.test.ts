import { describe, expect, it } from "vitest";
import { toLogLine } from "../../../functions/domain/log.ts";

const loggedAt = new Date("2026-03-01T00:00:00.000Z");
const lineOf = (fields: object) => JSON.parse(toLogLine(loggedAt, "request", fields)) as Record<string, unknown>;

describe("a log line", () => {
  it("is one line of JSON: when, what, and the fields that were given", () => {
    const fields = { requestId: "r-1", tenant: "acme", status: 200, durationMilliseconds: 0, error: "" };
    expect(lineOf(fields)).toEqual({ loggedAt: loggedAt.toISOString(), event: "request", ...fields });
    expect(toLogLine(loggedAt, "request", { outcome: "two\nlines" })).not.toContain("\n");
  });

  it("leaves out what is not in the list, whoever logs it", () => {
    const secrets = {
      preSharedKey: "MARKER",
      authorization: "MARKER",
      message: "MARKER",
      stack: "MARKER",
      url: "https://MARKER",
      body: "MARKER",
      reason: "MARKER",
      address: "MARKER",
      Status: "MARKER",
      constructor: "MARKER",
    };
    const line = toLogLine(loggedAt, "request", { ...secrets, tenant: "acme" });
    expect(line).not.toContain("MARKER");
    expect(JSON.parse(line)).toEqual({ loggedAt: loggedAt.toISOString(), event: "request", tenant: "acme" });
  });

  it("has no field without a value", () => {
    expect(lineOf({ tenant: undefined, keyId: "key_1" })).not.toHaveProperty("tenant");
  });

  it("keeps its own time and event, whatever the fields are called", () => {
    const fields = { loggedAt: "MARKER", event: "MARKER", at: "2026-01-01T00:00:00.000Z" };
    expect(lineOf(fields)).toEqual({ loggedAt: loggedAt.toISOString(), event: "request", at: fields.at });
  });
});

import { describe, expect, it } from "vitest";
import { ProviderError } from "../../../../functions/domain/provider/provider-error.ts";
import { toRequestError } from "../../../../functions/domain/provider/request-error.ts";

const facts = { action: "CreateVpnConnection", advice: "Do this." };

describe("toRequestError", () => {
  it.each([
    ["validation", "provider_validation", false],
    ["auth", "provider_auth", false],
    ["quota", "provider_quota", true],
    ["not-found", "provider_not_found", false],
    ["exists", "semantic_duplicate", false],
    ["conflict", "provider_conflict", true],
    ["retry", "provider_throttled", true],
    ["ambiguous", "provider_internal", true],
  ] as const)("%s becomes %s", (errorClass, code, retryable) => {
    expect(toRequestError("alibaba", { ...facts, class: errorClass })).toMatchObject({
      code,
      retryable,
      advice: "Do this.",
    });
  });

  it("keeps the vendor's code and request id, and says who answered what", () => {
    const error = toRequestError("tencent", {
      ...facts,
      class: "quota",
      providerCode: "LimitExceeded",
      providerRequestId: "r-1",
    });
    expect(error).toMatchObject({ providerCode: "LimitExceeded", providerRequestId: "r-1" });
    expect(error.message).toBe("Tencent Cloud answered CreateVpnConnection with LimitExceeded");
  });

  it.each([
    ["Look for the connection's name on it.", "Look for hq-abc on it."],
    ["Look for the tunnel's name on it.", "Look for hq-abc on it."],
    ["Look for a left-over tunnel of this name first.", "Look for a left-over tunnel of hq-abc first."],
    ["Do this.", "Do this."],
  ])("says by which name to look, where it is known: %s", (advice, expected) => {
    const failed = { ...facts, class: "ambiguous" as const, advice };
    expect(toRequestError("tencent", failed, "hq-abc").advice).toBe(expected);
    expect(toRequestError("tencent", failed).advice).toBe(advice);
  });

  it("leaves absent what the vendor did not say", () => {
    const error = toRequestError("alibaba", { ...facts, class: "ambiguous" });
    expect(error.message).toBe("Alibaba Cloud gave no readable answer to CreateVpnConnection");
    expect(Object.keys(error).toSorted()).toEqual(["advice", "code", "message", "retryable"]);
  });
});

describe("ProviderError", () => {
  it("has a message of our own words", () => {
    const error = new ProviderError({ ...facts, class: "auth", providerCode: "Forbidden" });
    expect(error.message).toBe("CreateVpnConnection: Forbidden (auth)");
  });
});

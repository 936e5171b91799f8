import { describe, expect, it } from "vitest";
import { createErrorCatalogue } from "../../../functions/contract/error-catalogue.ts";
import type { ErrorTables } from "../../../functions/domain/provider/provider-code.ts";
import type { ErrorClass } from "../../../functions/domain/provider/provider-error.ts";
import { toRequestError } from "../../../functions/domain/provider/request-error.ts";

const classes: ErrorClass[] = ["retry", "conflict", "quota", "validation", "auth", "not-found", "exists", "ambiguous"];
const none: ErrorTables = { alibaba: {}, tencent: {} };

describe("the error catalogue", () => {
  it.each([
    [
      "problem",
      `invalid_request unauthenticated forbidden not_found method_not_allowed conflict payload_too_large
      unsupported_media_type idempotency_mismatch rate_limited internal unavailable`,
    ],
    [
      "job",
      `provider_validation provider_auth provider_quota provider_not_found semantic_duplicate provider_conflict
      provider_throttled provider_internal outcome_unknown deadline_exceeded canceled`,
    ],
  ])("has each %s code of the contract once, and no other", (kind, list) => {
    const found = createErrorCatalogue(none).filter((entry) => entry.kind === kind);
    expect(found.map(({ code }) => code).toSorted()).toEqual(list.split(/\s+/).toSorted());
  });

  it("says in sentences what each means and what to do, and no two the same", () => {
    const catalogue = createErrorCatalogue(none);
    for (const { meaning, fix } of catalogue) {
      expect(meaning).toMatch(/^\w.{15,}\w\.$/);
      expect(fix).toMatch(/^[A-Z].{15,}[\w>)]\.$/);
    }
    expect(new Set(catalogue.map(({ meaning }) => meaning)).size).toBe(catalogue.length);
  });

  it.each(classes)("puts a vendor's code of the class %s behind the job code that such a refusal gets", (name) => {
    const tables = {
      alibaba: { "Some.Code": { class: name, advice: "Do this." } },
      tencent: { "Other.Code": { class: name, advice: "Do that." } },
    };
    const holders = createErrorCatalogue(tables).filter(({ vendorCodes }) => vendorCodes.length > 0);
    const { code, retryable } = toRequestError("alibaba", { class: name, action: "CreateVpnConnection", advice: "" });
    expect(holders).toMatchObject([{ kind: "job", code }]);
    expect(holders[0]?.vendorCodes).toEqual([
      { provider: "alibaba", code: "Some.Code", advice: "Do this." },
      { provider: "tencent", code: "Other.Code", advice: "Do that." },
    ]);
    expect(holders[0]?.retry === "safe", "says the same about retrying as the job error").toBe(retryable);
  });
});

import { describe, expect, it } from "vitest";
import { toResource } from "../../../../functions/domain/record/to-resource.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";

describe("toResource", () => {
  it("has what the contract names, and what has no value is absent", async () => {
    expect(Object.keys(toResource(await createAcceptedRecord())).toSorted()).toEqual([
      "attempts",
      "clientToken",
      "createdAt",
      "estimatedCompletionAt",
      "id",
      "name",
      "provider",
      "providerConnectionName",
      "region",
      "request",
      "revision",
      "status",
      "statusReason",
      "tunnels",
      "updatedAt",
      "vpnGatewayId",
      "warnings",
    ]);
  });

  it("has the vendor's id, the error and the end once they are known", async () => {
    const error = { code: "provider_quota", message: "m", retryable: true, advice: "a" } as const;
    const completedAt = "2026-01-01T00:01:00.000Z";
    const record = await createAcceptedRecord(undefined, { providerConnectionId: "vco-1", error, completedAt });
    expect(toResource(record)).toMatchObject({ providerConnectionId: "vco-1", error, completedAt });
  });

  it("shows no key, seal, fingerprint or tenant", async () => {
    const record = await createAcceptedRecord();
    const shown = JSON.stringify(toResource(record));
    for (const hidden of ["preSharedKey", "hmac:", "sealed", "acme", "Aa1~"]) expect(shown).not.toContain(hidden);
  });

  it("shows nothing new in the record by itself", async () => {
    const record = { ...(await createAcceptedRecord()), somethingNew: "MARKER" };
    expect(JSON.stringify(toResource(record))).not.toContain("MARKER");
  });

  it("shows the request as it is carried out", async () => {
    const { request } = toResource(await createAcceptedRecord());
    expect(request).toMatchObject({ timeoutSeconds: 1800, tunnels: [{ ike: { version: "ikev2" } }] });
  });
});

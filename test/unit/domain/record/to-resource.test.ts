import { describe, expect, it } from "vitest";
import { connection } from "../../../../functions/contract/schemas/connection.ts";
import { toResource } from "../../../../functions/domain/record/to-resource.ts";
import type { CreateRequest } from "../../../../functions/domain/request/create-request.ts";
import { edit } from "../../../generators/json-edit.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";

describe("toResource", () => {
  it("has what the contract names, and what has no value is absent", async () => {
    expect(Object.keys(toResource(await createAcceptedRecord(), new Date())).toSorted()).toEqual([
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

  it("shows a request with the vendor's own settings as the contract has it, and an ASN as a number", async () => {
    const given = edit(validAlibabaRequest(), {
      "/tunnels/0/dpd": "vendor-default",
      "/tunnels/0/natTraversal": "vendor-default",
      "/tunnels/0/bgp": { tunnelCidr: "169.254.10.0/30", localAsn: "123.456" },
    }) as CreateRequest;
    const shown = toResource(await createAcceptedRecord(given));
    expect(connection.parse(shown)).toEqual(shown);
    expect(shown.request.tunnels[0]).toMatchObject({
      dpd: "vendor-default",
      natTraversal: "vendor-default",
      bgp: { tunnelCidr: "169.254.10.0/30", localAsn: 8_061_384 },
    });
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

import { describe, expect, it } from "vitest";
import { toConnectionId } from "../../../../functions/domain/record/ids.ts";
import { noteCalls } from "../../../../functions/domain/record/timeline.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";
import { apiKeys, connections, createTestApi } from "../../../support/test-api.ts";

const path = `${connections}/${toConnectionId("acme", "token-1")}/events`;

describe("the timeline", () => {
  it("is answered oldest first", async () => {
    const api = createTestApi();
    await api.send("POST", connections, { body: validAlibabaRequest() });
    const record = await api.store.get(toConnectionId("acme", "token-1"));
    if (record) {
      const call = { action: "DescribeVpnGateway", outcome: "ok", durationMilliseconds: 5 };
      api.store.put(noteCalls(record, new Date("2026-01-01T00:00:01.000Z"), [call]));
    }
    const { status, body } = await api.get(path);
    expect(status).toBe(200);
    expect(body["items"]).toMatchObject([
      { type: "status", status: "accepted", at: "2026-01-01T00:00:00.000Z" },
      { type: "vendor_call", action: "DescribeVpnGateway", count: 1 },
    ]);
  });

  it("is not found for an unknown id or another tenant's", async () => {
    const api = createTestApi();
    await api.send("POST", connections, { body: validAlibabaRequest() });
    expect(await api.get(`${connections}/${"a".repeat(26)}/events`)).toMatchObject({ status: 404 });
    expect(await api.get(path, { key: apiKeys.other })).toMatchObject({ status: 404 });
  });
});

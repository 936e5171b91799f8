import { describe, expect, it } from "vitest";
import type { AuditQuery } from "../../../../functions/domain/audit.ts";
import { toCursor } from "../../../../functions/domain/cursor.ts";
import { createMemoryAuditLog } from "../../../fakes/memory-audit-log.ts";
import { apiKeys, createTestApi } from "../../../support/test-api.ts";

const path = "/v1/admin/audit";
const key = apiKeys.admin;

const place = "2026-01-01T00:00:00.000Z#audit_9";

/** An API that notes what its audit log was asked. */
function createAskingApi() {
  const asked: AuditQuery[] = [];
  const audit = {
    ...createMemoryAuditLog(),
    async list(query: AuditQuery) {
      asked.push(query);
      return { items: [], next: "2026-01-01T00:00:00.000Z#audit_1" };
    },
  };
  const api = createTestApi({ audit });
  return { look: (query: string) => api.get(`${path}${query}`, { key }), asked };
}

describe("the audit log", () => {
  it("tells what was done, newest first, with who, from where and why", async () => {
    const api = createTestApi();
    await api.send("PUT", "/v1/admin/tenants/team-a", { key, body: { gateways: [], reason: "a new team" } });
    api.clock.advance(1000);
    await api.send("POST", `/v1/admin/tenants/acme/keys/key_${apiKeys.all}/revoke`, { key });
    const { status, body } = await api.get(path, { key });
    const by = { tenant: "acme", keyId: `key_${key}`, keyName: key, address: "192.0.2.1" };
    expect(status).toBe(200);
    expect(body["items"]).toMatchObject([
      {
        at: "2026-01-01T00:00:01.000Z",
        action: "api_key.revoke",
        tenant: "acme",
        target: `key_${apiKeys.all}`,
        by: { ...by, requestId: "request-2" },
      },
      {
        at: "2026-01-01T00:00:00.000Z",
        action: "tenant.set",
        tenant: "team-a",
        reason: "a new team",
        by: { ...by, requestId: "request-1" },
      },
    ]);
    expect(body).not.toHaveProperty("nextCursor");
  });

  it.each([
    ["", { limit: 20 }],
    ["?limit=1", { limit: 1 }],
    ["?limit=100", { limit: 100 }],
    ["?tenant=acme", { limit: 20, tenant: "acme" }],
    [`?cursor=${toCursor({}, place)}&limit=5`, { limit: 5, before: place }],
  ])("is asked as the query says: '%s'", async (query, expected) => {
    const { look, asked } = createAskingApi();
    expect(await look(query)).toMatchObject({ status: 200, body: { items: [], nextCursor: expect.any(String) } });
    expect(asked).toEqual([expected]);
  });

  it.each([
    ["limit=0", "/limit"],
    ["limit=101", "/limit"],
    ["limit=1&limit=2", "/limit"],
    ["tenant=", "/tenant"],
    ["tenant=ACME", "/tenant"],
    ["tenant=acme&tenant=other", "/tenant"],
    [`cursor=${"c".repeat(1025)}`, "/cursor"],
    ["action=api_key.create", "/action"],
  ])("is not asked what it cannot tell: %s", async (query, pointer) => {
    const { look, asked } = createAskingApi();
    const { status, body } = await look(`?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "invalid_request", errors: [{ pointer }] });
    expect(asked).toEqual([]);
  });

  it.each(["", "x", toCursor({ tenant: "acme" }, place), toCursor({}, "2026-01-01T00:00:00.000Z#../x")])(
    "refuses a cursor that is not of its list: '%s'",
    async (cursor) => {
      const { look, asked } = createAskingApi();
      expect(await look(`?cursor=${cursor}`)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: "/cursor" }] },
      });
      expect(asked).toEqual([]);
    },
  );
});

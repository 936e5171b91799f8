import { describe, expect, it } from "vitest";
import { currentKey } from "../../../../functions/contract/schemas/api-key.ts";
import { hashApiKey } from "../../../../functions/domain/tenants/api-keys.ts";
import { type Scope, scopes, type Tenant } from "../../../../functions/domain/tenants/tenant.ts";
import { testKey } from "../../../fakes/memory-tenant-store.ts";
import { createTestApi } from "../../../support/test-api.ts";

const key = "vpb_this-one";
const id = "key_0123456789abcdef01";

/** What a key of `acme` with these scopes is told of itself. */
async function ask(of: readonly Scope[], { more = {}, acme = {} }: { more?: object; acme?: Partial<Tenant> } = {}) {
  const keys = [testKey("another", [...scopes]), testKey(key, [...of], { id, name: "ci", ...more })];
  const api = createTestApi({}, { gateways: ["alibaba/cn-shanghai/*"], keys, ...acme });
  return api.get("/v1/key", { key });
}

describe("GET /v1/key", () => {
  it.each(scopes)("tells a key with the scope %s alone what it is", async (scope) => {
    const { status, body } = await ask([scope]);
    expect([status, body]).toEqual([
      200,
      {
        tenant: "acme",
        id,
        name: "ci",
        scopes: [scope],
        gateways: ["alibaba/cn-shanghai/*"],
        rateLimit: { perSecond: 100, burst: 200 },
      },
    ]);
    expect(currentKey.parse(body)).toEqual(body);
  });

  it("has the limit and the end that the key was given", async () => {
    const more = { rateLimit: { perSecond: 1, burst: 2 }, expiresAt: "2026-02-01T00:00:00.000Z" };
    expect((await ask(["admin"], { more })).body).toMatchObject(more);
  });

  it("answers a key of a suspended tenant", async () => {
    const suspended = { at: "2026-01-01T00:00:00.000Z", reason: "its key has leaked" };
    expect((await ask(["connections:read"], { acme: { suspended } })).status).toBe(200);
  });

  it("shows neither the key nor its hash", async () => {
    const { text } = await ask(["admin"]);
    for (const hidden of [key, hashApiKey(key), hashApiKey("another")]) expect(text).not.toContain(hidden);
  });

  it("is closed to a key that has ended, and to none", async () => {
    const api = createTestApi();
    expect((await ask([...scopes], { more: { expiresAt: "2026-01-01T00:00:00.000Z" } })).status).toBe(401);
    expect((await api.get("/v1/key", { key: undefined })).status).toBe(401);
  });

  it("takes no parameter", async () => {
    expect((await createTestApi().get("/v1/key?id=another")).status).toBe(400);
  });
});

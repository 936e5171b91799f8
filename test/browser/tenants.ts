import { expect } from "vitest";
import type { TestStack } from "../support/local-stack.ts";

const settings = { gateways: ["*"] };

/** A new key of a tenant, which is made where there is none. */
export async function createKey(
  { call }: TestStack,
  { tenant, scopes }: { tenant: string; scopes: readonly string[] },
): Promise<{ id: string; key: string }> {
  const path = `/v1/admin/tenants/${tenant}`;
  if ((await call("GET", path)).status === 404) expect((await call("PUT", path, settings)).status).toBeLessThan(300);
  const { status, body } = await call("POST", `${path}/keys`, { name: `${tenant}-${scopes.length}`, scopes });
  expect(status).toBe(201);
  return { id: String(body["keyId"] ?? body["id"]), key: String(body["key"]) };
}

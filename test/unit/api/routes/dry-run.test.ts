import { expect, it } from "vitest";
import { DomainError } from "../../../../functions/domain/errors.ts";
import { createKeyDirectory } from "../../../../functions/domain/tenants/caller.ts";
import type { ProviderName } from "../../../../functions/domain/values.ts";
import { createMemoryTenantStore, testKey, testTenant } from "../../../fakes/memory-tenant-store.ts";
import { validAlibabaRequest, validTencentRequest } from "../../../support/create-requests.ts";
import { connections, createTestProviderApi } from "../../../support/test-api.ts";

const requests = { alibaba: validAlibabaRequest(), tencent: validTencentRequest() };

const [acme, other, third] = ["acme", "other", "third"];
const tenants = [acme, other, third].map((name) => testTenant(name, { keys: [testKey(name, ["connections:write"])] }));

/** Vendors that hang until they are let go, and then cannot be reached. */
function createApi() {
  const waiting: (() => void)[] = [];
  const api = createTestProviderApi({
    keys: createKeyDirectory(createMemoryTenantStore(...tenants)),
    connectProvider: () =>
      new Promise((_resolve, reject) => {
        waiting.push(() => reject(new DomainError("unavailable", "the vendor hung")));
      }),
  });
  const dryRun = (provider: ProviderName, key: string) =>
    api.send("POST", `${connections}/dry-run`, { body: requests[provider], key });
  return { ...api, waiting, dryRun };
}

it("a tenant has one dry run at a time, and a vendor two: what is more is told when to come again", async () => {
  const { dryRun, waiting } = createApi();
  const first = dryRun("alibaba", acme);
  await expect.poll(() => waiting.length).toBe(1);
  for (const provider of ["alibaba", "tencent"] as const) {
    const { status, headers, body } = await dryRun(provider, acme);
    expect([status, headers.get("Retry-After")]).toEqual([429, "2"]);
    expect(body).toMatchObject({ code: "rate_limited" });
  }
  const second = dryRun("alibaba", other);
  await expect.poll(() => waiting.length).toBe(2);
  expect(await dryRun("alibaba", third)).toMatchObject({ status: 429 });
  const elsewhere = dryRun("tencent", third);
  await expect.poll(() => waiting.length).toBe(3);
  for (const letGo of waiting.splice(0)) letGo();
  for (const ended of await Promise.all([first, second, elsewhere])) expect(ended.status).toBe(503);
  const again = dryRun("alibaba", acme);
  await expect.poll(() => waiting.length).toBe(1);
  waiting[0]?.();
  expect(await again).toMatchObject({ status: 503 });
});

it("a dry run whose process was killed holds its places no longer than its function can run", async () => {
  const { dryRun, waiting, clock } = createApi();
  void dryRun("alibaba", acme);
  await expect.poll(() => waiting.length).toBe(1);
  clock.advance(29_000);
  void dryRun("alibaba", acme);
  await expect.poll(() => waiting.length).toBe(2);
});

it("one key asks for 60 dry runs a minute; a body that is not valid counts for nothing", async () => {
  const { dryRun, waiting, send } = createApi();
  for (let asked = 0; asked < 60; asked += 1) {
    expect(await send("POST", `${connections}/dry-run`, { body: {}, key: acme })).toMatchObject({ status: 400 });
    const answer = dryRun("tencent", acme);
    await expect.poll(() => waiting.length).toBe(1);
    waiting.pop()?.();
    expect(await answer).toMatchObject({ status: 503 });
  }
  const { status, headers } = await dryRun("tencent", acme);
  expect([status, headers.get("Retry-After")]).toEqual([429, "60"]);
});

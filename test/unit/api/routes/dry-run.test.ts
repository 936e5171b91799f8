import { expect, it } from "vitest";
import type { ProviderApiDeps } from "../../../../functions/api/env.ts";
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
function createApi(patch: Partial<ProviderApiDeps> = {}) {
  const waiting: (() => void)[] = [];
  const api = createTestProviderApi({
    keys: createKeyDirectory(createMemoryTenantStore(...tenants)),
    connectProvider: () =>
      new Promise((_resolve, reject) => {
        waiting.push(() => reject(new DomainError("unavailable", "the vendor hung")));
      }),
    ...patch,
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

it("a tenant has four more dry runs wait for their places; the next is told to come again", async () => {
  const pauses: (() => void)[] = [];
  const sleep = () => new Promise<void>((resolve) => void pauses.push(resolve));
  const { dryRun, waiting } = createApi({ sleep });
  const asked = Array.from({ length: 5 }, () => dryRun("alibaba", acme));
  await expect.poll(() => [waiting.length, pauses.length]).toEqual([1, 4]);
  expect(await dryRun("alibaba", acme)).toMatchObject({ status: 429 });
  for (let done = 1; done <= asked.length; done += 1) {
    waiting.pop()?.();
    await expect.poll(() => pauses.length).toBe(asked.length - done);
    for (const goOn of pauses.splice(0)) goOn();
    if (done < asked.length) await expect.poll(() => waiting.length).toBe(1);
  }
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
});

it("one key asks for 300 dry runs a minute; a body that is not valid counts for nothing", async () => {
  const connectProvider = () => Promise.reject(new DomainError("unavailable", "the vendor hung"));
  const { dryRun, send, clock } = createApi({ connectProvider });
  for (let asked = 0; asked < 300; asked += 1) {
    expect(await send("POST", `${connections}/dry-run`, { body: {}, key: acme })).toMatchObject({ status: 400 });
    expect(await dryRun("tencent", acme)).toMatchObject({ status: 503 });
    // The key's own rate is another.
    clock.advance(100);
  }
  const { status, headers } = await dryRun("tencent", acme);
  expect([status, headers.get("Retry-After")]).toEqual([429, "30"]);
});

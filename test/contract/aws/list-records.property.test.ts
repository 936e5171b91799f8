import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import { createTenantStore } from "../../../functions/aws/tenant-store.ts";
import { requestErrorCodes } from "../../../functions/domain/errors.ts";
import type { ConnectionStore, ListQuery } from "../../../functions/domain/ports.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { toConnectionId } from "../../../functions/domain/record/ids.ts";
import { statuses } from "../../../functions/domain/record/status.ts";
import { everyTenant } from "../../../functions/domain/tenants/tenant.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../fakes/memory-connection-store.ts";
import { testTenant } from "../../fakes/memory-tenant-store.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validAlibabaRequest, validTencentRequest } from "../../support/create-requests.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const tenants = ["acme", "acme-2"];
const regions = ["cn-shanghai", "cn-beijing"];
const gateways = ["vpn-a", "vpn-b"];
const codes = requestErrorCodes.slice(0, 3);
const time = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const memory = createMemoryConnectionStore();
let table: ConnectionStore;

/** Requests that are alike in every way in which they can be asked for, several of them of one time. */
async function makeRecord(n: number): Promise<ConnectionRecord> {
  const pick = <Value>(values: readonly Value[], step: number) => values[Math.floor(n / step) % values.length] as Value;
  const tenant = pick(tenants, 5);
  // Each tenant's own: the other has most of them too.
  const clientToken = `token-${n % 65}`;
  const { callback: _callback, ...request } = pick([validAlibabaRequest(), validTencentRequest()], 3);
  const status = pick(statuses, 1);
  const isBad = status === "failed" || status === "unknown";
  return createAcceptedRecord(
    { ...request, region: pick(regions, 2), vpnGatewayId: pick(gateways, 7) },
    {
      id: toConnectionId(tenant, clientToken),
      tenant,
      clientToken,
      createdAt: time(Math.floor(n / 2)),
      status,
      ...(isBad ? { error: { code: pick(codes, 4), message: "m", retryable: true, advice: "a" } } : {}),
      ...(n % 4 === 0 ? { providerConnectionId: `vco-${n % 3}` } : {}),
    },
  );
}

beforeAll(async () => {
  table = createConnectionStore({ ...storage(), clock: createFakeClock("2026-01-01T02:00:00.000Z") });
  // A token's request of any tenant is found by the tenants' names.
  const owners = createTenantStore(storage());
  for (const tenant of tenants) await owners.save(testTenant(tenant, { version: 0 }));
  for (let n = 0; n < 120; n += 1) {
    const record = await makeRecord(n);
    memory.put(record);
    await table.create(record);
  }
}, 60_000);

const maybe = <Value>(values: readonly Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 });
const filters = fc.record({
  tenant: fc.constantFrom(...tenants, "nobody", everyTenant),
  limit: fc.constantFrom(1, 2, 7, 100),
  statuses: fc.option(fc.uniqueArray(fc.constantFrom(...statuses), { minLength: 1, maxLength: 4 }), {
    nil: undefined,
    freq: 1,
  }),
  provider: maybe(["alibaba", "tencent"] as const),
  region: maybe(regions),
  vpnGatewayId: maybe(gateways),
  errorCode: maybe(codes),
  clientToken: fc.option(fc.constantFrom("token-4", "token-9"), { nil: undefined, freq: 4 }),
  providerConnectionId: fc.option(fc.constantFrom("vco-0", "vco-1"), { nil: undefined, freq: 4 }),
  createdAfter: maybe([time(5), time(20)]),
  createdBefore: maybe([time(30), time(55)]),
});

/** Every page to the end. */
async function allOf(store: ConnectionStore, query: ListQuery): Promise<string[]> {
  const ids: string[] = [];
  let before: string | undefined;
  for (let pages = 0; pages < 200; pages += 1) {
    const page = await store.list({ ...query, ...(before === undefined ? {} : { before }) });
    expect(page.items.length).toBeLessThanOrEqual(query.limit);
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === undefined) return ids;
    before = page.next;
  }
  throw new Error("a list that never ends");
}

describe("a list, page by page", () => {
  it("has everything that matches, once, newest first, whatever is asked for together", async () => {
    await fc.assert(
      fc.asyncProperty(filters, async (given) => {
        const query = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
        expect(await allOf(table, query as unknown as ListQuery)).toEqual(
          await allOf(memory, query as unknown as ListQuery),
        );
      }),
      { numRuns: 120 },
    );
  });
});

import { BatchWriteItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { createAuditLog } from "../../functions/aws/audit-log.ts";
import { createConnectionStore } from "../../functions/aws/connection-store.ts";
import { toItem } from "../../functions/aws/item.ts";
import { schemaVersion } from "../../functions/aws/schema.ts";
import { createTallies } from "../../functions/aws/tallies.ts";
import { createTenantStore } from "../../functions/aws/tenant-store.ts";
import { listAudit } from "../../functions/domain/audit.ts";
import { groupAttention } from "../../functions/domain/connections/group-attention.ts";
import { listAttention } from "../../functions/domain/connections/list-attention.ts";
import { listConnections } from "../../functions/domain/connections/list-connections.ts";
import { searchConnections } from "../../functions/domain/connections/search-connections.ts";
import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import { toConnectionId, toOperationId, toProviderConnectionName } from "../../functions/domain/record/ids.ts";
import { getStats } from "../../functions/domain/stats/get-stats.ts";
import { everyTenant } from "../../functions/domain/tenants/tenant.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { testTenant } from "../fakes/memory-tenant-store.ts";
import { createAcceptedRecord } from "./accepting.ts";
import { countReads, type Reads } from "./count-reads.ts";
import { validTencentRequest } from "./create-requests.ts";

const tenant = "acme";
const clock = createFakeClock("2026-06-01T00:00:00.000Z");
const wakeAt = "2026-01-01T00:00:00.000Z";

/** A request in the midst of all others that differs from them in everything that can be asked for. */
const rare = {
  clientToken: "the-rare-one",
  providerConnectionId: "vpnx-rare",
  createRequestId: "request-of-the-rare-create",
  region: "ap-rare",
  vpnGatewayId: "vpngw-rare",
};

async function makeRare(createdAt: string): Promise<ConnectionRecord> {
  const { callback: _callback, ...request } = validTencentRequest();
  const id = toConnectionId(tenant, rare.clientToken);
  return createAcceptedRecord(
    { ...request, region: rare.region, vpnGatewayId: rare.vpnGatewayId },
    {
      id,
      clientToken: rare.clientToken,
      createdAt,
      status: "failed",
      completedAt: "2026-05-31T12:00:00.000Z",
      error: { code: "provider_quota", message: "no more", retryable: true, advice: "Raise the quota." },
      providerConnectionId: rare.providerConnectionId,
      createRequestId: rare.createRequestId,
    },
  );
}

/** So many that succeeded at Alibaba Cloud, one a minute, with the rare one in the middle. */
export async function crowd(client: DynamoDBClient, table: string, size: number): Promise<void> {
  await createTenantStore({ client, table }).save({ ...testTenant(tenant), version: 0 });
  const { callback: _callback, ...request } = (await createAcceptedRecord()).request;
  const timeOf = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
  const succeeded = await createAcceptedRecord(undefined, { request, status: "succeeded" });
  const others = function* (): Generator<ConnectionRecord> {
    for (let n = 0; n < size; n += 1) {
      const clientToken = `token-${n}`;
      const id = toConnectionId(tenant, clientToken);
      const connection = { providerConnectionId: `vco-${n}`, createRequestId: `request-${n}` };
      const times = { createdAt: timeOf(n), completedAt: timeOf(n + 1) };
      const gateway = { request: { ...request, vpnGatewayId: `vpn-${Math.floor(n / 100)}` } };
      yield { ...succeeded, id, clientToken, ...connection, ...times, ...gateway };
    }
  };
  await writeAll(client, table, [await makeRare(timeOf(Math.floor(size / 2) + 0.5))]);
  let batch: ConnectionRecord[] = [];
  for (const record of others()) {
    batch.push(record);
    if (batch.length === 25) await writeAll(client, table, batch.splice(0));
  }
  await writeAll(client, table, batch);
}

async function writeAll(client: DynamoDBClient, table: string, records: readonly ConnectionRecord[]): Promise<void> {
  const requests = records.map((record) => ({
    PutRequest: {
      Item: marshall({ ...toItem(record, wakeAt), schemaVersion }, { removeUndefinedValues: true }),
    },
  }));
  if (requests.length > 0) await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
}

/** What the first page of each question costs. */
export async function costsOf(client: DynamoDBClient, table: string): Promise<Map<string, Reads>> {
  const storage = { client, table, clock };
  const store = createConnectionStore(storage);
  const deps = { store, clock, tenants: createTenantStore(storage), tallies: createTallies(storage) };
  const audit = createAuditLog(storage);
  const { id } = await makeRare("");
  const list = (filters: Partial<Parameters<typeof listConnections>[1]>) => () =>
    listConnections(deps, { tenant, limit: 20, ...filters });
  const search =
    (text: string, whose = tenant) =>
    () =>
      searchConnections(deps, { text, tenant: whose });
  const questions: Record<string, () => Promise<unknown>> = {
    list: list({}),
    "list status=failed (one)": list({ statuses: ["failed"] }),
    "list status=succeeded": list({ statuses: ["succeeded"] }),
    "list status=failed, provider=tencent (one)": list({ statuses: ["failed"], provider: "tencent" }),
    "list provider=tencent (one)": list({ provider: "tencent" }),
    "list region (one)": list({ region: rare.region }),
    "list region and status (one)": list({ region: rare.region, statuses: ["failed"] }),
    "list vpnGatewayId (one)": list({ vpnGatewayId: rare.vpnGatewayId }),
    "list errorCode (one)": list({ errorCode: "provider_quota" }),
    "list clientToken (one)": list({ clientToken: rare.clientToken }),
    "list providerConnectionId (one)": list({ providerConnectionId: rare.providerConnectionId }),
    "list createdAfter, createdBefore (none)": list({
      createdAfter: "2025-01-01T00:00:00.000Z",
      createdBefore: "2025-02-01T00:00:00.000Z",
    }),
    "list, every tenant": list({ tenant: everyTenant }),
    "list status=unknown, every tenant (none)": list({ tenant: everyTenant, statuses: ["unknown"] }),
    "list status=failed, every tenant (compared)": list({ tenant: everyTenant, statuses: ["failed"] }),
    "list provider=tencent, every tenant (compared)": list({ tenant: everyTenant, provider: "tencent" }),
    "list region, every tenant (compared)": list({ tenant: everyTenant, region: rare.region }),
    "list errorCode, every tenant (compared)": list({ tenant: everyTenant, errorCode: "provider_quota" }),
    "list vpnGatewayId, every tenant (one)": list({ tenant: everyTenant, vpnGatewayId: rare.vpnGatewayId }),
    "list clientToken, every tenant (one)": list({ tenant: everyTenant, clientToken: rare.clientToken }),
    "list providerConnectionId, every tenant (one)": list({
      tenant: everyTenant,
      providerConnectionId: rare.providerConnectionId,
    }),
    "list createdAfter, createdBefore, every tenant (none)": list({
      tenant: everyTenant,
      createdAfter: "2025-01-01T00:00:00.000Z",
      createdBefore: "2025-02-01T00:00:00.000Z",
    }),
    "search id": search(id),
    "search clientToken": search(rare.clientToken),
    "search clientToken, every tenant": search(rare.clientToken, everyTenant),
    "search operation id": search(toOperationId(id)),
    "search vendor-side name": search(toProviderConnectionName(validTencentRequest().name, id)),
    "search providerConnectionId": search(rare.providerConnectionId),
    "search createRequestId": search(rare.createRequestId),
    "search vpnGatewayId": search(rare.vpnGatewayId),
    "search execution's name": search(`${id}-1`),
    "search webhook's id": search(`msg_${id}_1`),
    "search what is nothing": search("nothing"),
    "stats 24h": () => getStats(deps, { tenant, window: "24h" }),
    "stats 30d": () => getStats(deps, { tenant, window: "30d" }),
    "stats 30d, every tenant": () => getStats(deps, { tenant: everyTenant, window: "30d" }),
    attention: () => listAttention(deps, { tenant, limit: 20 }),
    "attention, every tenant": () => listAttention(deps, { tenant: everyTenant, limit: 20 }),
    "attention's groups": () => groupAttention(deps, { tenant, items: [], isWhole: false }),
    audit: () => listAudit({ audit }, { limit: 20 }),
    "audit of a tenant": () => listAudit({ audit }, { limit: 20, tenant }),
    "audit of a tenant with nothing": () => listAudit({ audit }, { limit: 20, tenant: "nobody" }),
    "unfinished requests counted": () => store.countUnfinished(tenant),
  };
  const costs = new Map<string, Reads>();
  const counted = countReads(client);
  for (const [name, ask] of Object.entries(questions)) {
    counted();
    await ask();
    costs.set(name, counted());
  }
  return costs;
}

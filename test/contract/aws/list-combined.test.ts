import { BatchWriteItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { beforeAll, describe, expect, it } from "vitest";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import { toItem } from "../../../functions/aws/item.ts";
import type { ListQuery } from "../../../functions/domain/ports.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { toConnectionId } from "../../../functions/domain/record/ids.ts";
import { everyTenant } from "../../../functions/domain/tenants/tenant.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { countReads } from "../../support/count-reads.ts";
import { validAlibabaRequest } from "../../support/create-requests.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const size = 2400;
const error = { code: "provider_quota", message: "no more", retryable: true, advice: "Raise the quota." } as const;
const live: ListQuery["statuses"] = ["accepted", "queued", "creating", "provisioning", "unknown"];
const rare = { region: "cn-rare", vpnGatewayId: "vpn-rare" };
const { callback: _callback, ...request } = validAlibabaRequest();

const accepted = await createAcceptedRecord(request);

/** All on one gateway, half of them failed; the oldest is the only one of its region, code and gateway that did. */
function makeRecord(n: number): ConnectionRecord {
  const clientToken = `token-${n}`;
  const createdAt = new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
  const about = {
    ...accepted,
    id: toConnectionId("acme", clientToken),
    clientToken,
    createdAt,
    completedAt: createdAt,
  };
  if (n === 0) return { ...about, request: { ...accepted.request, ...rare }, status: "failed", error };
  if (n === 1) return { ...about, status: "unknown", error: { ...error, code: "outcome_unknown" } };
  return n % 2 === 0 ? { ...about, status: "failed", error } : { ...about, status: "succeeded" };
}

beforeAll(async () => {
  const { client, table } = storage();
  for (let from = 0; from < size; from += 25) {
    const records = Array.from({ length: Math.min(25, size - from) }, (_, n) => makeRecord(from + n));
    const requests = records.map((record) => ({
      PutRequest: { Item: marshall(toItem(record, record.createdAt), { removeUndefinedValues: true }) },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
}, 60_000);

describe("two filters of which one alone has thousands of requests are answered by the other's index", () => {
  it.each<[string, Partial<ListQuery>]>([
    ["a rare region of those that failed", { region: rare.region, statuses: ["failed"] }],
    ["a rare region of an error that is not", { region: rare.region, errorCode: "provider_quota" }],
    ["a rare gateway of those that failed", { vpnGatewayId: rare.vpnGatewayId, statuses: ["failed"] }],
    ["a rare status of a gateway that all have", { vpnGatewayId: request.vpnGatewayId, statuses: ["unknown"] }],
    ["a rare error of a gateway that all have", { vpnGatewayId: request.vpnGatewayId, errorCode: "outcome_unknown" }],
    [
      "a rare error of a status that half have, in a region",
      { region: request.region, errorCode: "outcome_unknown", statuses: ["unknown", "failed"] },
    ],
  ])("%s", async (_what, query) => {
    const { store, reads } = openCounted();
    const { items, next } = await store.list({ tenant: "acme", limit: 20, ...query });
    expect([items.length, next]).toEqual([1, undefined]);
    expect(reads().calls).toBeLessThanOrEqual(6);
  });
});

describe("of all tenants", () => {
  it.each<[string, Partial<ListQuery>]>([
    ["a rare gateway", { vpnGatewayId: rare.vpnGatewayId }],
    ["a rare gateway of those that failed", { vpnGatewayId: rare.vpnGatewayId, statuses: ["failed"] }],
    ["what is unknown", { statuses: ["unknown"] }],
    ["what is unknown or goes on, on a gateway that all have", { vpnGatewayId: request.vpnGatewayId, statuses: live }],
  ])("%s is found at once", async (_what, query) => {
    const { store, reads } = openCounted();
    const { items, next } = await store.list({ tenant: everyTenant, limit: 20, ...query });
    expect([items.length, next]).toEqual([1, undefined]);
    expect(reads().calls).toBeLessThanOrEqual(4);
  });

  it("reads no request that the bounds of time leave out", async () => {
    const { store, reads } = openCounted();
    const createdBefore = new Date(Date.UTC(2026, 0, 1)).toISOString();
    const { items } = await store.list({ tenant: everyTenant, limit: 20, statuses: ["unknown"], createdBefore });
    expect([items, reads().calls]).toEqual([[], 2]);
  });

  it.each<[string, Partial<ListQuery>, number]>([
    ["a rare region", { region: rare.region }, 1],
    ["a rare error", { errorCode: "outcome_unknown" }, 1],
    ["a vendor that nobody uses", { provider: "tencent" }, 0],
    ["a gateway that all have", { vpnGatewayId: request.vpnGatewayId }, size - 1],
    ["a status that half have", { statuses: ["failed"] }, size / 2],
  ])("%s is read by time, some hundred requests a page at most, to its end", async (_what, query, matching) => {
    const { store, reads } = openCounted();
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await store.list({ tenant: everyTenant, limit: 100, ...query, ...(before ? { before } : {}) });
      seen.push(...page.items.map(({ createdAt }) => createdAt));
      expect(page.items.length).toBeLessThanOrEqual(100);
      const { calls, items } = reads();
      // A look for a gateway's rows, of which there are too many, comes before.
      expect([calls <= 9, items <= 1804]).toEqual([true, true]);
      before = page.next;
    } while (before);
    expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
    expect(seen).toHaveLength(matching);
  });
});

function openCounted() {
  const { client, table } = storage();
  const reads = countReads(client);
  const clock = createFakeClock("2026-01-03T00:00:00.000Z");
  return { reads, store: createConnectionStore({ client, table, clock }) };
}

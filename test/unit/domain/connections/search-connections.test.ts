import { describe, expect, it } from "vitest";
import { searchConnections } from "../../../../functions/domain/connections/search-connections.ts";
import { toDeliveryId, toExecutionName, toOperationId } from "../../../../functions/domain/record/ids.ts";
import { toResource } from "../../../../functions/domain/record/to-resource.ts";
import { everyTenant } from "../../../../functions/domain/tenants/tenant.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { createMemoryTenantStore, testTenant } from "../../../fakes/memory-tenant-store.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";

const known = { providerConnectionId: "vco-1", createRequestId: "0A1B-request", generation: 3 };
const record = await createAcceptedRecord(undefined, known);
const others = ["aaaa", "bbbb"].map((end, n) => ({
  ...record,
  id: `${record.id.slice(2)}22`,
  tenant: "other",
  clientToken: end,
  providerConnectionId: `vco-of-others-${n}`,
  createRequestId: `request-of-others-${n}`,
}));
const deps = {
  store: createMemoryConnectionStore(record, ...others),
  tenants: createMemoryTenantStore(testTenant("other"), testTenant(record.tenant)),
};
const search = async (text: string, tenant = record.tenant) =>
  (await searchConnections(deps, { text, tenant })).map(({ matched, record: { id } }) => [matched, id]);

const execution = toExecutionName(record);
const ids: readonly [string, string][] = [
  ["id", record.id],
  ["clientToken", record.clientToken],
  ["operationId", toOperationId(record.id)],
  ["providerConnectionName", toResource(record).providerConnectionName],
  ["providerConnectionId", "vco-1"],
  ["vpnGatewayId", record.request.vpnGatewayId],
  ["createRequestId", "0A1B-request"],
  ["executionName", execution],
  ["executionName", toExecutionName({ id: record.id, generation: 1, restarts: 2 })],
  ["executionName", `arn:aws:states:eu-central-1:123456789012:execution:vpn-broker-create-connection:${execution}`],
  ["deliveryId", toDeliveryId(record)],
];

describe("a search", () => {
  it.each(ids)("finds a request once by its %s: %s", async (matched, text) => {
    expect(await search(text)).toEqual([[matched, record.id]]);
  });

  it.each(ids.filter(([matched]) => matched !== "vpnGatewayId"))(
    "finds nothing of another tenant's by its %s: %s",
    async (_matched, text) => {
      expect(await search(text, "other")).toEqual([]);
    },
  );

  it.each(ids.filter(([matched]) => matched !== "vpnGatewayId"))(
    "of all tenants finds it too, by its %s: %s",
    async (matched, text) => {
      expect(await search(text, everyTenant)).toEqual([[matched, record.id]]);
    },
  );

  it.each(["nothing", "vco", record.id.slice(0, 20), `${record.id}-`, `msg_${record.id}`, "a".repeat(12), "é", "*"])(
    "finds nothing by what is no id of it: %s",
    async (text) => {
      expect(await search(text)).toEqual([]);
    },
  );

  it("finds a name that the vendor has cut off in front or written in capitals", async () => {
    const name = toResource(record).providerConnectionName;
    expect(await search(name.slice(3))).toEqual([["providerConnectionName", record.id]]);
    expect(await search(name.toUpperCase())).toEqual([["providerConnectionName", record.id]]);
  });
});

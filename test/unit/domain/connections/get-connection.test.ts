import { describe, expect, it } from "vitest";
import { getConnection } from "../../../../functions/domain/connections/get-connection.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";

const record = await createAcceptedRecord();

describe("getConnection", () => {
  it("answers the tenant's own record", async () => {
    const store = createMemoryConnectionStore(record);
    expect(await getConnection({ store }, { tenant: record.tenant, id: record.id })).toEqual(record);
  });

  it("answers another tenant's just like one that does not exist", async () => {
    const store = createMemoryConnectionStore(record);
    const refusals = await Promise.all(
      [
        { tenant: "other", id: record.id },
        { tenant: record.tenant, id: "a".repeat(26) },
        { tenant: record.tenant, id: "../etc" },
      ].map((input) => getConnection({ store }, input).catch((error: unknown) => error)),
    );
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: "not_found", errors: [] });
    expect(new Set(refusals.map(String)).size).toBe(1);
  });

  it("does not ask the store for what cannot be an id", async () => {
    const store = createMemoryConnectionStore(record);
    await expect(getConnection({ store }, { tenant: record.tenant, id: "TENANT#acme" })).rejects.toThrow();
    expect(store.reads()).toBe(0);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import { toConnectionId } from "../../../functions/domain/record/ids.ts";
import { systemClock as clock } from "../../../functions/entries/wiring.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validAlibabaRequest } from "../../support/create-requests.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const open = () => createConnectionStore({ ...storage(), clock });
const all = { tenant: "acme", limit: 10 };
const times = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z", "2026-01-03T00:00:00.000Z"] as const;

beforeAll(async () => {
  for (const createdAt of times) {
    const patch = { id: toConnectionId("acme", createdAt), clientToken: createdAt, createdAt };
    await open().create(await createAcceptedRecord(validAlibabaRequest(), patch));
  }
});

const list = async (query: object) => (await open().list({ ...all, ...query })).items.map(({ createdAt }) => createdAt);

describe("what DynamoDB would refuse is answered all the same", () => {
  it.each([
    { what: "bounds that cross", query: { createdAfter: times[2], createdBefore: times[0] } },
    { what: "bounds that meet", query: { createdAfter: times[1], createdBefore: times[1] } },
  ])("$what leave nothing", async ({ query }) => {
    expect(await list(query)).toEqual([]);
  });

  it("a place older than the bounds leaves nothing, a newer one everything within them", async () => {
    const { next: newest = "" } = await open().list({ ...all, limit: 1 });
    const { next: middle = "" } = await open().list({ ...all, limit: 1, before: newest });
    expect(await list({ before: middle, createdAfter: times[1] })).toEqual([]);
    expect(await list({ before: newest, createdBefore: times[1] })).toEqual([times[0]]);
    expect(await list({ before: middle, createdAfter: "2025-12-31T00:00:00.000Z" })).toEqual([times[0]]);
  });

  it("a status may be asked for more often than a filter has operands", async () => {
    const statuses = Array.from({ length: 150 }, () => "accepted" as const);
    expect(await list({ statuses })).toEqual(times.toReversed());
  });
});

it("a tag that is called like something that every object has is kept", async () => {
  const tags = { constructor: "x", toString: "y", team: "network" };
  const record = await createAcceptedRecord({ ...validAlibabaRequest(), tags }, { id: toConnectionId("acme", "tags") });
  await open().create(record);
  expect((await open().get(record.id))?.request.tags).toEqual(tags);
});

import { describe, expect, it } from "vitest";
import { beginTime } from "../../../../functions/domain/record/deadlines.ts";
import { end, queue } from "../../../../functions/domain/record/transitions.ts";
import { toTurnName } from "../../../../functions/domain/record/turn-name.ts";
import { toGatewayKey } from "../../../../functions/domain/record/turn.ts";
import { hashApiKey } from "../../../../functions/domain/tenants/api-keys.ts";
import { testKey, testTenant } from "../../../fakes/memory-tenant-store.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { createTestApi } from "../../../support/test-api.ts";

const accepted = await createAcceptedRecord();
const at = new Date(accepted.createdAt);
const operator = "key-operator";
const [holderId, unseen] = ["b".repeat(26), "the request that has the turn of"];
const holder = { ...beginTime(accepted, at), id: holderId, status: "creating" as const };

/** The action that is told of a request of `acme` that has waited for an hour behind this one. */
async function actionOf(first: typeof accepted, query = "", key?: string) {
  const api = createTestApi();
  await api.tenants.save(testTenant("operators", { keys: [testKey(operator, ["operations"])], version: 0 }));
  await api.tenants.claim(hashApiKey(operator), "operators");
  api.store.put(first);
  api.store.put(queue(accepted, at, 1));
  await api.turns.pass(toGatewayKey(first.request), [], toTurnName(first, 0));
  api.clock.advance(at.getTime() + 1000_000 - api.clock.now().getTime());
  const { body } = await api.get(`/v1/attention${query}`, key === undefined ? {} : { key });
  const items = body["items"] as { reason: string; action: string; connection: { id: string } }[];
  return items.find(({ connection }) => connection.id === accepted.id)?.action;
}

describe("what is told of a request that waits too long", () => {
  const named = `Look at ${holderId} (creating), which has the turn of ${accepted.request.vpnGatewayId}: waiting for the gateway: 1 request is to go first.`;

  it("is who has the turn, where that is the same tenant's", async () => {
    expect(await actionOf(holder)).toBe(named);
  });

  it("is not another tenant's request, but to operators", async () => {
    const others = { ...holder, tenant: "other" };
    expect(await actionOf(others)).toContain(unseen);
    expect(await actionOf(others, "?tenant=acme", operator)).toBe(named);
    expect(await actionOf(others, "?tenant=*", operator)).toBe(named);
  });

  it("is not who needs the turn no more", async () => {
    expect(await actionOf(end(holder, at, { status: "failed", reason: "no room" }))).toContain(unseen);
  });
});

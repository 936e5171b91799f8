import { expect, it } from "vitest";
import { dryRunConnection } from "../../../functions/domain/connections/dry-run-connection.ts";
import { listAttention } from "../../../functions/domain/connections/list-attention.ts";
import { toProviderConnectionName } from "../../../functions/domain/record/ids.ts";
import { restart } from "../../../functions/domain/record/recovery.ts";
import { createMemoryAuditLog } from "../../fakes/memory-audit-log.ts";
import { testActor } from "../../support/accepting.ts";
import { alibabaRequest } from "../../support/requests.ts";
import { createInProcess, runToEnd, saved } from "../../support/vendor-stepping.ts";

/** A dry run that the vendor carried out, and what was written of it. */
async function leaveOver() {
  const deps = await createInProcess("alibaba");
  // The request of these tests' own is over: nothing is ahead on the gateway.
  deps.store.put({ ...deps.record, status: "canceled" });
  await deps.configure({ ignoreDryRun: true });
  await dryRunConnection({ ...deps, audit: createMemoryAuditLog() }, { actor: testActor, request: alibabaRequest });
  const [listed] = await deps.store
    .list({ tenant: testActor.tenant, limit: 1, statuses: ["unknown"] })
    .then(({ items }) => items);
  if (!listed?.providerConnectionId) throw new Error("nothing was left over");
  const { id, providerConnectionId: connectionId } = listed;
  const which = `${connectionId} (${toProviderConnectionName(listed.request.name, id)})`;
  return {
    ...deps,
    connectionId,
    which,
    advice: `Delete ${which} at Alibaba Cloud: nobody asked for it. Then redrive ${id}, which only looks whether it is gone, and leaves the attention list when it is.`,
    remove: () => void deps.cloud.tables.connections.delete(connectionId),
    sent: async () => (await deps.calls()).filter(({ action }) => action === "CreateVpnConnection").length,
    attention: async () => (await listAttention(deps, { tenant: testActor.tenant, limit: 100 })).items,
    async redrive() {
      await deps.store.save(restart(await saved(deps, id), deps.clock.now(), { reason: "deleted", by: "tests" }));
      return runToEnd(deps, id);
    },
  };
}

it("a leftover that was deleted as advised ends as gone, off the attention list, however often it is redriven", async () => {
  const left = await leaveOver();
  expect((await left.attention()).map(({ action }) => action)).toEqual([left.advice]);
  left.remove();
  for (const _ of [1, 2]) {
    const ended = await left.redrive();
    expect(ended).toMatchObject({
      status: "failed",
      statusReason: `the connection that a dry run made is gone: Alibaba Cloud has no ${left.which}`,
      error: { code: "provider_not_found", retryable: false, message: ended.statusReason },
    });
    expect(await left.attention()).toEqual([]);
  }
  expect(await left.sent()).toBe(1);
});

it("a leftover that is still there is nobody's: it ends unknown again, with the same advice", async () => {
  const left = await leaveOver();
  left.clock.advance(600_000);
  const ended = await left.redrive();
  expect(ended).toMatchObject({
    status: "unknown",
    statusReason: `Alibaba Cloud carried out a dry run and made ${left.which}, which is still there`,
    error: { code: "provider_internal", advice: left.advice },
  });
  expect((await left.attention()).map(({ action }) => action)).toEqual([left.advice]);
  expect(await left.sent()).toBe(1);
  left.remove();
  expect((await left.redrive()).status).toBe("failed");
});

it("a leftover is not told as gone while a list that lags would explain it, and waits for no turn meanwhile", async () => {
  const left = await leaveOver();
  const made = left.clock.now().getTime();
  left.remove();
  const { events } = await left.redrive();
  expect(left.clock.now().getTime() - made).toBeGreaterThanOrEqual(120_000);
  expect(events.filter(({ type }) => type === "status").map((event) => "status" in event && event.status)).toEqual([
    "unknown",
    "accepted",
    "failed",
  ]);
});

it("a leftover that cannot be looked at may be there", async () => {
  const left = await leaveOver();
  await left.addFault({ kind: "error", action: "DescribeVpnConnection", code: "Throttling.User", times: 9999 });
  const { error } = await left.redrive();
  expect(error?.message).toMatch(
    /^Alibaba Cloud carried out a dry run and made vco-.*, of which nothing could be seen before timeoutSeconds passed: Alibaba Cloud answered DescribeVpnConnection with Throttling.User, \d+ times since .*Z$/,
  );
  expect(error?.advice).toBe(left.advice);
});

import { describe, expect, it } from "vitest";
import { cancelConnection } from "../../../../functions/domain/connections/cancel-connection.ts";
import { redriveConnection } from "../../../../functions/domain/connections/redrive-connection.ts";
import { StaleRecordError } from "../../../../functions/domain/errors.ts";
import type { ConnectionRecord } from "../../../../functions/domain/record/connection-record.ts";
import { beginAttempt } from "../../../../functions/domain/record/create-attempt.ts";
import { end } from "../../../../functions/domain/record/transitions.ts";
import type { TenantSettings } from "../../../../functions/domain/tenants/tenant.ts";
import { createAcceptDeps, createAcceptedRecord, testActor } from "../../../support/accepting.ts";
import { validPairsRequest } from "../../../support/create-requests.ts";
import { at, attempt } from "../../../support/record-changes.ts";
import { refusalOf } from "../../../support/refusal.ts";

const accepted = await createAcceptedRecord();
const { id } = accepted;
const failed = end(accepted, at, { status: "failed", reason: "no room" });
const actor = { ...testActor, address: "192.0.2.7" };

/** A caller of `acme`, who may touch the gateways of `gateways`. */
function createDeps(
  record: ConnectionRecord,
  gateways = ["*"],
  maxUnfinishedRequests = 1000,
  credentials: TenantSettings["credentials"] = {},
) {
  const deps = createAcceptDeps();
  deps.store.put(record);
  const input = { actor, id: record.id, reason: "made room" };
  return {
    ...deps,
    deps,
    cancel: (patch: { revision?: number; tenant?: string } = {}) => {
      const { tenant = "acme", ...rest } = patch;
      return cancelConnection(deps, { ...input, actor: { ...actor, tenant }, ...rest });
    },
    redrive: (patch: { revision?: number } = {}) =>
      redriveConnection(deps, { ...input, settings: { gateways, credentials, maxUnfinishedRequests }, ...patch }),
  };
}

/** What a caller can ask for, on a record that it can be done to. */
const changes = [
  [
    "connection.cancel",
    accepted,
    ({ cancel }: ReturnType<typeof createDeps>, revision?: number) => cancel(of(revision)),
  ],
  [
    "connection.redrive",
    failed,
    ({ redrive }: ReturnType<typeof createDeps>, revision?: number) => redrive(of(revision)),
  ],
] as const;

function of(revision: number | undefined) {
  return revision === undefined ? {} : { revision };
}

describe.each(changes)("%s", (action, record, change) => {
  it("is written once, and audited with who, what, from where and why", async () => {
    const deps = createDeps(record);
    const changed = await change(deps);
    expect(await deps.store.get(id)).toEqual(changed);
    expect(changed.version).toBe(record.version + 1);
    expect(deps.audit.entries).toMatchObject([{ action, tenant: "acme", target: id, by: actor, reason: "made room" }]);
  });

  it("stands in the audit log although the write then failed", async () => {
    const deps = createDeps(record);
    deps.store.save = () => Promise.reject(new Error("no storage"));
    await expect(change(deps)).rejects.toThrow("no storage");
    expect(deps.audit.entries).toMatchObject([{ action }]);
    expect(deps.workflows.started).toEqual([]);
  });

  it("is neither written nor started when it could not be audited", async () => {
    const deps = createDeps(record);
    deps.audit.append = () => Promise.reject(new Error("no audit"));
    await expect(change(deps)).rejects.toThrow("no audit");
    expect(await deps.store.get(id)).toEqual(record);
    expect(deps.workflows.started).toEqual([]);
  });

  it("is decided anew when the workflow wrote meanwhile, and audited once", async () => {
    const deps = createDeps(record);
    const unraced = { ...deps.store };
    let races = 2;
    deps.store.save = async (next) => {
      const current = await deps.store.get(id);
      if (current && races > 0) await unraced.save({ ...current, warnings: [`race ${(races -= 1)}`] });
      return unraced.save(next);
    };
    expect(await change(deps)).toMatchObject({ warnings: ["race 0"], version: record.version + 3 });
    expect(deps.audit.entries).toHaveLength(1);
  });

  it("is given up when the workflow always writes first", async () => {
    const deps = createDeps(record);
    deps.store.save = () => Promise.reject(new StaleRecordError("written by somebody else"));
    await expect(change(deps)).rejects.toBeInstanceOf(StaleRecordError);
    expect(deps.audit.entries).toHaveLength(1);
  });

  it("is done at the revision that the caller decided on, and at no other; that is not audited", async () => {
    const deps = createDeps(record);
    expect((await refusalOf(change(deps, record.revision + 1))).code).toBe("conflict");
    expect(deps.audit.entries).toEqual([]);
    expect(await change(deps, record.revision)).toMatchObject({ version: record.version + 1 });
  });

  it("changes nothing and is not audited a second time", async () => {
    const deps = createDeps(record);
    const changed = await change(deps);
    const { started } = deps.workflows;
    const before = structuredClone(started);
    expect(await change(deps)).toEqual(changed);
    expect(deps.audit.entries).toHaveLength(1);
    expect(started).toEqual(before);
  });
});

describe("a request that is canceled", () => {
  it("has no key any more, and is told of", async () => {
    const deps = createDeps(accepted);
    const canceled = await deps.cancel();
    expect(canceled).toMatchObject({ status: "canceled", sealedKeys: [""], error: { code: "canceled" } });
    expect(deps.workflows.started).toEqual([{ workflow: "deliver-webhook", id, generation: 1 }]);
  });

  it("is told to nobody who did not ask to hear of it", async () => {
    const deps = createDeps(await createAcceptedRecord(validPairsRequest()));
    await deps.cancel();
    expect(deps.workflows.started).toEqual([]);
  });

  it.each<[string, ConnectionRecord, string]>([
    ["it has ended", failed, "already ended: failed"],
    ["the vendor was asked", beginAttempt(accepted, at, attempt), "already been asked"],
  ])("is not, once %s", async (_, record, message) => {
    const deps = createDeps(record);
    expect(await refusalOf(deps.cancel())).toMatchObject({
      code: "conflict",
      message: expect.stringContaining(message),
    });
    expect([await deps.store.get(id), deps.audit.entries]).toEqual([record, []]);
  });

  it("is none of another tenant's", async () => {
    const deps = createDeps(accepted);
    expect((await refusalOf(deps.cancel({ tenant: "other" }))).code).toBe("not_found");
    expect([await deps.store.get(id), deps.audit.entries]).toEqual([accepted, []]);
  });
});

describe("a request that is run again", () => {
  it("is a run of its own, with its keys, told on the timeline by whom and why", async () => {
    const deps = createDeps(failed);
    const redriven = await deps.redrive();
    expect(redriven).toMatchObject({ status: "accepted", generation: 2, sealedKeys: accepted.sealedKeys });
    expect(redriven).not.toHaveProperty("delivery");
    expect(redriven.events.at(-2)).toMatchObject({ type: "recovery", action: "redrive: made room", by: "tests" });
    expect(deps.workflows.started).toEqual([{ workflow: "create-connection", id, generation: 2 }]);
  });

  it.each([[[]], [["tencent/*/*"]], [["alibaba/cn-shanghai/vpn-other"]]])(
    "is forbidden when its gateway is not the tenant's any more: %j",
    async (gateways) => {
      const deps = createDeps(failed, gateways);
      const refusal = await refusalOf(deps.redrive());
      expect(refusal).toMatchObject({
        code: "forbidden",
        errors: [{ pointer: "/vpnGatewayId" }, { pointer: "/tunnels/0/customerGatewayId" }],
      });
      expect([await deps.store.get(id), deps.audit.entries, deps.workflows.started]).toEqual([failed, [], []]);
    },
  );

  it("is forbidden when its customer gateway alone is not the tenant's any more", async () => {
    const deps = createDeps(failed, ["alibaba/*/vpn-*"]);
    const refusal = await refusalOf(deps.redrive());
    expect(refusal).toMatchObject({ code: "forbidden", errors: [{ pointer: "/tunnels/0/customerGatewayId" }] });
    expect([await deps.store.get(id), deps.audit.entries, deps.workflows.started]).toEqual([failed, [], []]);
  });

  it("is refused to a tenant with as many unfinished requests as it may have, and nothing is done", async () => {
    const deps = createDeps(failed, ["*"], 1);
    deps.store.put({ ...accepted, id: "b".repeat(26) });
    await deps.unfinishedRequests.isFull("acme", 1);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(await refusalOf(deps.redrive())).toMatchObject({ code: "rate_limited", retryAfterSeconds: 2 });
    expect([await deps.store.get(id), deps.audit.entries, deps.workflows.started]).toEqual([failed, [], []]);
  });

  it("is one more that the tenant has unfinished, counted once; asked again it is answered also when that is all", async () => {
    const deps = createDeps(failed, ["*"], 1);
    const redriven = await deps.redrive();
    expect(await deps.unfinishedRequests.isFull("acme", 1)).toBe(true);
    expect(await deps.redrive()).toEqual(redriven);
    expect(await deps.unfinishedRequests.isFull("acme", 2)).toBe(false);
    expect(deps.workflows.started).toHaveLength(1);
  });

  it("is none more when it was refused", async () => {
    const deps = createDeps(accepted, ["*"], 2);
    await refusalOf(deps.redrive());
    await new Promise<void>((resolve) => setImmediate(resolve));
    // The one that runs was counted.
    expect([await deps.unfinishedRequests.isFull("acme", 1), await deps.unfinishedRequests.isFull("acme", 2)]).toEqual([
      true,
      false,
    ]);
  });

  it.each<[string, ConnectionRecord]>([
    ["runs", accepted],
    ["has succeeded", end(accepted, at, { status: "succeeded", reason: "ready" })],
    ["was canceled", end(accepted, at, { status: "canceled", reason: "by a caller" })],
  ])("is none that %s", async (_, record) => {
    const deps = createDeps(record);
    expect((await refusalOf(deps.redrive())).code).toBe("conflict");
    expect([await deps.store.get(id), deps.audit.entries]).toEqual([record, []]);
  });
});

describe("a redrive when the tenant's credentials have changed", () => {
  const create = { ...attempt, settledAt: at.toISOString() };
  const redrivenWith = (record: ConnectionRecord, credentials: TenantSettings["credentials"]) =>
    createDeps(record, ["*"], 1000, credentials).redrive();

  it.each([
    ["nothing was sent", {}],
    ["its attempt was refused", { create: { ...create, state: "refused" } }],
    ["its attempt is proven void", { create: { ...create, state: "void" } }],
  ] as const)("takes today's where nothing can be at the vendor: %s", async (_, patch) => {
    const record = { ...failed, ...patch, credentials: "taken-away" };
    expect(await redrivenWith(record, { alibaba: "new" })).toMatchObject({ status: "accepted", credentials: "new" });
    expect(await redrivenWith(record, {})).not.toHaveProperty("credentials");
    const { credentials: _own, ...brokers } = record;
    expect(await redrivenWith(brokers, { alibaba: "new" })).toMatchObject({ credentials: "new" });
  });

  it.each([
    ["its create is in doubt", { status: "unknown", create }],
    ["it was accepted", { status: "unknown", create: { ...create, state: "accepted" }, providerConnectionId: "vco-1" }],
    ["its job failed", { create: { ...create, state: "failed" }, providerConnectionId: "vco-1" }],
  ] as const)("is refused where something may be at the vendor: %s", async (_, patch) => {
    const record: ConnectionRecord = { ...failed, ...patch, credentials: "taken-away" };
    const { code, message } = await refusalOf(redrivenWith(record, { alibaba: "new" }));
    expect(code).toBe("conflict");
    expect(message).toMatch(/'taken-away', and the tenant's credentials are 'new' now/);
    expect(await redrivenWith(record, { alibaba: "taken-away" })).toMatchObject({ credentials: "taken-away" });
  });
});

import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { StaleRecordError } from "../../functions/domain/errors.ts";
import { type ConnectionStore, gatewayRows } from "../../functions/domain/ports.ts";
import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import { toConnectionId } from "../../functions/domain/record/ids.ts";
import { toGatewayKey } from "../../functions/domain/record/turn.ts";
import { everyTenant } from "../../functions/domain/tenants/tenant.ts";
import { createAcceptedRecord } from "../support/accepting.ts";
import { validDualTunnelRequest } from "../support/create-requests.ts";

/** A record as acceptance makes it, with an id of its own. */
async function makeRecord(patch: Partial<ConnectionRecord> = {}): Promise<ConnectionRecord> {
  const clientToken = randomUUID();
  const tenant = patch.tenant ?? "acme";
  return createAcceptedRecord(undefined, { clientToken, tenant, id: toConnectionId(tenant, clientToken), ...patch });
}

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

/** What every implementation of the store keeps to. */
export function describeConnectionStore(name: string, open: () => ConnectionStore): void {
  const openIds = async (before?: Date) => {
    const ids: string[] = [];
    for await (const id of open().listForSweep(before)) ids.push(id);
    return ids;
  };

  describe(`the connection store ${name}`, () => {
    it("gives back what it was given, field for field", async () => {
      const record = await makeRecord();
      expect(await open().create(record)).toBeUndefined();
      expect(await open().get(record.id)).toEqual(record);
    });

    it("knows nothing of an id that was never used", async () => {
      expect(await open().get("a".repeat(26))).toBeUndefined();
    });

    it("gives a record to its tenant, and to another what it has for an id that was never used", async () => {
      const record = await makeRecord();
      await open().create(record);
      expect(await open().getOwn(record.tenant, record.id)).toEqual(record);
      expect(await open().getOwn("other", record.id)).toBeUndefined();
      expect(await open().getOwn("other", "a".repeat(26))).toBeUndefined();
    });

    it("lets one of many simultaneous creates win, and shows it to the others", async () => {
      const record = await makeRecord();
      const tries = await Promise.all(
        Array.from({ length: 20 }, (_, n) => open().create({ ...record, statusReason: `try ${n}` })),
      );
      const winners = tries.filter((existing) => existing === undefined);
      expect(winners).toHaveLength(1);
      const kept = await open().get(record.id);
      for (const existing of tries.filter((one) => one !== undefined)) expect(existing).toEqual(kept);
    });

    it("lets one of many simultaneous saves of a version win", async () => {
      const record = await makeRecord();
      await open().create(record);
      const tries = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => open().save({ ...record, statusReason: `try ${n}` })),
      );
      const won = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      expect(won).toHaveLength(1);
      expect(won[0]?.version).toBe(record.version + 1);
      expect(await open().get(record.id)).toEqual(won[0]);
      for (const one of tries) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(StaleRecordError);
    });

    it("lists a tenant's own records, newest first, page by page", async () => {
      const tenant = `tenant-${randomUUID()}`;
      const made: ConnectionRecord[] = [];
      for (let second = 0; second < 5; second += 1) {
        const record = await makeRecord({ tenant, createdAt: at(second) });
        made.push(record);
        await open().create(record);
      }
      const seen: string[] = [];
      let before: string | undefined;
      do {
        const page = await open().list({ tenant, limit: 2, ...(before ? { before } : {}) });
        expect(page.items.length).toBeLessThanOrEqual(2);
        seen.push(...page.items.map(({ id }) => id));
        before = page.next;
      } while (before);
      expect(seen).toEqual(made.map(({ id }) => id).toReversed());
      const some = await open().list({ tenant, limit: 10, createdAfter: at(1), createdBefore: at(4) });
      expect(some.items.map(({ createdAt }) => createdAt)).toEqual([at(3), at(2)]);
      const byToken = await open().list({ tenant, limit: 10, clientToken: made[2]?.clientToken ?? "" });
      expect(byToken.items.map(({ id }) => id)).toEqual([made[2]?.id]);
    });

    it("lists every tenant's records together, newest first, and those that are unknown whatever became of the webhook", async () => {
      const later = (second: number) => new Date(Date.UTC(2099, 0, 1, 0, 0, second)).toISOString();
      const unknown = { status: "unknown", completedAt: later(9) } as const;
      const make = (second: number, patch: Partial<ConnectionRecord>) =>
        makeRecord({ tenant: `${"zxy"[second % 3]}-${randomUUID()}`, createdAt: later(second), ...patch });
      const made = [
        await make(1, {}),
        await make(2, { ...unknown, delivery: { state: "pending", attempts: 1 } }),
        await make(3, { ...unknown, delivery: { state: "delivered", attempts: 1 } }),
        await make(4, { status: "failed", completedAt: later(9) }),
      ];
      for (const record of made) await open().create(record);
      const listed = async (query: Partial<Parameters<ConnectionStore["list"]>[0]>) => {
        const { items } = await open().list({ tenant: everyTenant, limit: 10, createdAfter: later(0), ...query });
        return items.map(({ createdAt }) => createdAt);
      };
      expect(await listed({})).toEqual([later(4), later(3), later(2), later(1)]);
      expect(await listed({ statuses: ["unknown"] })).toEqual([later(3), later(2)]);
      expect(await listed({ statuses: ["unknown", "accepted"], limit: 2 })).toEqual([later(3), later(2)]);
      expect(await listed({ statuses: ["accepted", "failed"] })).toEqual([later(4), later(1)]);
      expect(await listed({ before: `${later(3)}#`, createdBefore: later(2) })).toEqual([later(1)]);
    });

    it("lists by status as it is now", async () => {
      const tenant = `tenant-${randomUUID()}`;
      const record = await makeRecord({ tenant });
      await open().create(record);
      await open().save({ ...record, status: "queued" });
      const idsOf = async (statuses: ConnectionRecord["status"][]) =>
        (await open().list({ tenant, limit: 10, statuses })).items.map(({ id }) => id);
      expect(await idsOf(["accepted"])).toEqual([]);
      expect(await idsOf(["queued", "creating"])).toEqual([record.id]);
    });

    it("lists who waits for a gateway in order of arrival, and who may have made something on it", async () => {
      const base = await makeRecord();
      const request = { ...base.request, vpnGatewayId: `vpn-${randomUUID()}` };
      const late = await makeRecord({ request, createdAt: at(9) });
      const early = await makeRecord({ request, createdAt: at(1) });
      const done = await makeRecord({
        request,
        status: "succeeded",
        completedAt: at(3),
        providerConnectionId: "vco-1",
      });
      const failed = await makeRecord({ request, status: "failed", completedAt: at(3) });
      for (const record of [late, early, done, failed]) await open().create(record);
      expect(await open().listGateway(toGatewayKey(request), "waiting")).toEqual([early.id, late.id]);
      expect(await open().listGateway(toGatewayKey(request), "made")).toEqual([done.id]);
    });

    it("lists everybody who may have made something on a gateway, and the first hundred who wait for it", async () => {
      const base = await makeRecord();
      const request = { ...base.request, vpnGatewayId: `vpn-${randomUUID()}` };
      const made = { request, status: "succeeded", completedAt: at(3), providerConnectionId: "vco-1" } as const;
      const add = (patch: Partial<ConnectionRecord>) =>
        Promise.all(
          Array.from({ length: 101 }, async (_, n) =>
            open().create(await makeRecord({ ...patch, createdAt: at(n % 60) })),
          ),
        );
      await add(made);
      await add({ request });
      const key = toGatewayKey(request);
      expect(new Set(await open().listGateway(key, "made")).size).toBe(101);
      expect(await open().listGateway(key, "waiting")).toHaveLength(gatewayRows);
    });

    it("lists a tenant's requests of which something turned up after they had ended, newest first", async () => {
      const tenant = `tenant-${randomUUID()}`;
      const ended = { tenant, status: "failed", completedAt: new Date().toISOString() } as const;
      const early = await makeRecord({ ...ended, lastLook: "found", createdAt: at(1) });
      const late = await makeRecord({ ...ended, lastLook: "found", createdAt: at(2) });
      const others = [await makeRecord({ ...ended, lastLook: "due" }), await makeRecord({ lastLook: "found" })];
      for (const record of [early, late, ...others]) await open().create(record);
      const idsOf = async () =>
        (await open().listAttention({ tenant, kind: "person", limit: 10 })).items.map(({ id }) => id);
      expect(await idsOf()).toEqual([late.id, early.id]);
      expect(await open().countUnfinished(tenant)).toBe(0);
      const { lastLook: _lastLook, ...rest } = late;
      await open().save({ ...rest, status: "accepted" });
      expect(await idsOf()).toEqual([early.id]);
    });

    it("counts those of its tenant that need the turn of the same gateway and came before", async () => {
      const [tenant, gateway] = [`tenant-${randomUUID()}`, `vpn-${randomUUID()}`];
      const base = await makeRecord();
      const request = { ...base.request, vpnGatewayId: gateway };
      const make = (second: number, patch: Partial<ConnectionRecord> = {}) =>
        makeRecord({ tenant, request, createdAt: at(second), ...patch });
      const own = await make(5);
      const others = [
        await make(1),
        await make(2, { status: "queued" }),
        await make(3, { status: "provisioning", providerConnectionId: "vco-1" }),
        await make(3, { status: "succeeded", completedAt: at(4) }),
        await make(4, { tenant: `${tenant}-other` }),
        await make(4, { request: base.request }),
        await make(6),
      ];
      for (const record of [own, ...others]) await open().create(record);
      expect(await open().countOwnAhead(own)).toBe(3);
    });

    it("lists no other tenant's requests that need a person, whatever place it is to begin behind", async () => {
      const [tenant, other] = [`a-${randomUUID()}`, `b-${randomUUID()}`];
      const mine = await makeRecord({ tenant, status: "unknown", createdAt: at(1) });
      const theirs = await makeRecord({ tenant: other, status: "unknown", createdAt: at(1) });
      for (const record of [mine, theirs]) await open().create(record);
      const behind = async (before: string) =>
        (await open().listAttention({ tenant, kind: "person", limit: 10, before })).items.map(({ id }) => id);
      expect(await behind(`${other}#${at(2)}#${"z".repeat(26)}`)).toEqual([mine.id]);
      expect(await behind(`A#${at(2)}#${"z".repeat(26)}`)).toEqual([]);
    });

    it("lists one that gave its gateway's turn back behind those that came before that", async () => {
      const base = await makeRecord();
      const request = { ...base.request, vpnGatewayId: `vpn-${randomUUID()}` };
      const givenBack = { times: 1, failures: 1, pausedUntil: at(4), queuedAt: at(4) };
      const back = await makeRecord({ request, status: "queued", createdAt: at(1), givenBack });
      const before = await makeRecord({ request, status: "queued", createdAt: at(3) });
      const after = await makeRecord({ request, status: "queued", createdAt: at(5) });
      for (const record of [after, back, before]) await open().create(record);
      expect(await open().listGateway(toGatewayKey(request), "waiting")).toEqual([before.id, back.id, after.id]);
    });

    it("lists open records, and leaves out those that were written lately when asked to", async () => {
      const record = await makeRecord();
      await open().create(record);
      expect(await openIds()).toContain(record.id);
      expect(await openIds(new Date(Date.UTC(2000, 0)))).not.toContain(record.id);
      await open().save({ ...record, status: "failed", completedAt: at(1) });
      expect(await openIds()).not.toContain(record.id);
    });

    it("lists a record that was saved as quiet as before no later for it", async () => {
      const record = await makeRecord({ updatedAt: at(0) });
      await open().create(record);
      await open().save(record, { asQuietAs: record.updatedAt });
      expect(await openIds(new Date(Date.UTC(2026, 0, 1, 0, 6)))).toContain(record.id);
    });

    it("lists for its keys a record that is done otherwise, by time only once they can be read no more", async () => {
      const { request, sealedKeys } = await createAcceptedRecord(validDualTunnelRequest());
      const done = { request, status: "succeeded", completedAt: at(1) } as const;
      const readable = await makeRecord({ ...done, sealedKeys: ["", ...sealedKeys.slice(1)] });
      const erased = await makeRecord({ ...done, sealedKeys: ["", ""] });
      const pending = await makeRecord({ ...done, sealedKeys, delivery: { state: "pending", attempts: 0 } });
      for (const record of [readable, erased, pending]) await open().create(record);
      expect(await openIds()).toEqual(expect.arrayContaining([readable.id, pending.id]));
      expect(await openIds()).not.toContain(erased.id);
      expect(await openIds(new Date(Date.UTC(2026, 0, 2, 0, 0, 1)))).not.toContain(readable.id);
      expect(await openIds(new Date(Date.UTC(2026, 0, 2, 0, 0, 2)))).toContain(readable.id);
    });

    it("counts a tenant's requests that have not ended, and those whose webhook has not arrived", async () => {
      const tenant = `tenant-${randomUUID()}`;
      expect(await open().countUnfinished(tenant)).toBe(0);
      const [first, second] = [await makeRecord({ tenant }), await makeRecord({ tenant, status: "creating" })];
      const done = { status: "succeeded", completedAt: at(1) } as const;
      const delivering = await makeRecord({ tenant, ...done, delivery: { state: "pending", attempts: 0 } });
      for (const record of [first, second, delivering, await makeRecord()]) await open().create(record);
      expect(await open().countUnfinished(tenant)).toBe(3);
      for (const state of ["delivered", "exhausted"] as const) {
        const told = await makeRecord({ tenant, ...done, delivery: { state, attempts: 1 } });
        await open().create(told);
      }
      await open().save({ ...delivering, delivery: { state: "delivered", attempts: 1 } });
      expect(await open().countUnfinished(tenant)).toBe(2);
      const ended = await open().save({ ...first, status: "failed", completedAt: at(1) });
      expect(await open().countUnfinished(tenant)).toBe(1);
      await open().save({ ...ended, status: "accepted" });
      expect(await open().countUnfinished(tenant)).toBe(2);
    });
  });
}

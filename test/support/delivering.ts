import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import type { Tenant } from "../../functions/domain/tenants/tenant.ts";
import type { Delivered } from "../../functions/webhooks/deliver.ts";
import type { Sent } from "../../functions/webhooks/send.ts";
import { createFakeClock, type FakeClock } from "../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../fakes/memory-connection-store.ts";
import { createMemoryQuotas } from "../fakes/memory-quotas.ts";
import { createMemoryTenantStore, testTenant } from "../fakes/memory-tenant-store.ts";
import { plainSealer } from "../fakes/plain-sealer.ts";
import { createRecordingLog } from "../fakes/recording-log.ts";

/** A receiver that always answers `sent`, seven milliseconds later. What it gets is verified by the time of now. */
export function createReceiver(sent: Sent) {
  const requests: { url: string; headers: Record<string, string>; body: string }[] = [];
  const clock = createFakeClock(new Date().toISOString());
  return {
    clock,
    quotas: createMemoryQuotas(clock),
    requests,
    send: async (url: string, headers: Record<string, string>, body: string) => {
      requests.push({ url, headers, body });
      clock.advance(7);
      return sent;
    },
  };
}

/** All that delivering needs, in memory. */
export function createDeliverDeps(sent: Sent, record: ConnectionRecord, tenant: Partial<Tenant> = {}) {
  return {
    store: createMemoryConnectionStore(record),
    tenants: createMemoryTenantStore(testTenant("acme", tenant)),
    opener: plainSealer,
    ...createRecordingLog(),
    ...createReceiver(sent),
    random: () => 0,
    timeScale: 1,
  };
}

export const ok: Sent = { statusCode: 204, outcome: "ok" };
export const failed: Sent = { statusCode: 500, outcome: "HTTP 500" };

/** Seconds from now until the next attempt. */
export function secondsUntil(deps: { clock: FakeClock }, delivered: Delivered): number {
  if (delivered.done) throw new Error("there is no next attempt");
  return (Date.parse(delivered.nextAttemptAt) - deps.clock.now().getTime()) / 1000;
}

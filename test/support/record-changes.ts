import { expect } from "vitest";
import type { ProviderCall } from "../../functions/domain/provider/provider.ts";
import type { ConnectionRecord, CreateAttempt } from "../../functions/domain/record/connection-record.ts";

/** When the changes of these tests are made. */
export const at = new Date("2026-01-01T00:00:10.000Z");
export const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);

export const attempt: CreateAttempt = {
  number: 1,
  state: "undecided",
  unanswered: 0,
  sends: 1,
  startedAt: at.toISOString(),
  settledAt: "2026-01-01T00:02:10.000Z",
  action: "CreateVpnConnection",
  parameters: { Name: "hq" },
};

export const call = (patch: Partial<ProviderCall> = {}): ProviderCall => ({
  action: "DescribeVpnGateway",
  outcome: "ok",
  durationMilliseconds: 5,
  ...patch,
});

export const statusesOf = (record: ConnectionRecord) =>
  record.events.flatMap((event) => (event.type === "status" ? [event.status] : []));

/** What every change that a caller can see does. */
export function expectRevised(from: ConnectionRecord, to: ConnectionRecord): void {
  expect(to.revision).toBe(from.revision + 1);
  expect(to.updatedAt).toBe(at.toISOString());
  expect(to.version).toBe(from.version);
}

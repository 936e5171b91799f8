import type { AuditEntry } from "../domain/audit.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { revealableUntil } from "../domain/record/revealable-until.ts";
import { isUnfinished, needsSweep, needsWork } from "../domain/record/transitions.ts";
import { mayHaveConnection, needsTurn, queuedAt, toGatewayKey } from "../domain/record/turn.ts";

/** Attributes of a record's item, by their names in the table. The indexes have generic names: see infra/table.json. */
export interface RecordItem {
  /** The record's id. */
  pk: string;
  /** The record itself. */
  data: ConnectionRecord;
  version: number;
  /** By tenant, newest last. */
  gsi1pk: string;
  gsi1sk: string;
  /** Records with work left, by shard and the time from which the sweeper looks at them; present only while there is any. */
  gsi2pk?: string;
  gsi2sk?: string;
  /** Requests of a gateway that wait for its turn, in order, or that may have made a connection, in order of arrival. */
  gsi3pk?: string;
  gsi3sk?: string;
  /**
   * Requests of a tenant that have not ended, or whose webhook is under way, to be counted; in another partition those of
   * which something turned up later.
   */
  gsi4pk?: string;
  gsi4sk?: string;
  /** What the audit log lists, by time. */
  gsi5pk: string;
  gsi5sk: string;
  tenant: string;
  /** Copies for the list's filters; projected into gsi1. */
  status: string;
  provider: string;
  region: string;
  vpnGatewayId: string;
  clientToken: string;
  providerConnectionId?: string;
  errorCode?: string;
  /** Epoch seconds after which the item counts as gone; DynamoDB removes it some time later. */
  expiresAt?: number;
}

/** An entry of the audit log that is an item of its own. */
export interface AuditItem extends Pick<RecordItem, "pk" | "gsi5pk" | "gsi5sk" | "tenant"> {
  entry: AuditEntry;
}

/** Open records are spread over this many partitions of gsi2, so that none grows hot. */
export const sweepShards = 4;

const keptDays = 90;

function shardOf(id: string): number {
  return id.charCodeAt(0) % sweepShards;
}

/** The item of a record, its index keys derived from the record; `wakeAt` is when it counts as quiet while there is work left. */
export function toItem(record: ConnectionRecord, wakeAt: string): RecordItem {
  const { provider, region, vpnGatewayId } = record.request;
  const order = `${record.createdAt}#${record.id}`;
  const wakesAt = needsWork(record) ? later(wakeAt, record.delivery?.nextAttemptAt) : revealableUntil(record);
  const waiting = needsTurn(record) ? `waiting#${queuedAt(record)}#${record.id}` : undefined;
  const made = mayHaveConnection(record) ? `made#${order}` : undefined;
  const gsi3sk = waiting ?? made;
  return {
    pk: record.id,
    data: record,
    version: record.version,
    gsi1pk: tenantPartition(record.tenant),
    gsi1sk: order,
    ...(needsSweep(record) ? { gsi2pk: sweepPartition(shardOf(record.id)), gsi2sk: `${wakesAt}#${record.id}` } : {}),
    ...(gsi3sk ? { gsi3pk: gatewayPartition(toGatewayKey(record.request)), gsi3sk } : {}),
    ...(isUnfinished(record) ? { gsi4pk: tenantPartition(record.tenant), gsi4sk: order } : {}),
    ...(record.lastLook === "found" ? { gsi4pk: foundPartition(record.tenant), gsi4sk: order } : {}),
    gsi5pk: auditPartition(record.createdAt),
    gsi5sk: order,
    tenant: record.tenant,
    status: record.status,
    provider,
    region,
    vpnGatewayId,
    clientToken: record.clientToken,
    ...(record.providerConnectionId ? { providerConnectionId: record.providerConnectionId } : {}),
    ...(record.error ? { errorCode: record.error.code } : {}),
    ...expiry(record),
  };
}

/** A delivery that waits for its time is not quiet before it. */
function later(wakeAt: string, nextAttemptAt: string | undefined): string {
  return nextAttemptAt !== undefined && nextAttemptAt > wakeAt ? nextAttemptAt : wakeAt;
}

/** A record that tells of a connection, or may, is kept for good: its token must never make a second one. */
function expiry(record: ConnectionRecord): { expiresAt?: number } {
  if (record.status !== "failed" && record.status !== "canceled") return {};
  return { expiresAt: Math.floor(Date.parse(record.completedAt ?? record.updatedAt) / 1000) + keptDays * 86_400 };
}

export function tenantPartition(tenant: string): string {
  return `tenant#${tenant}`;
}

export function foundPartition(tenant: string): string {
  return `found#${tenant}`;
}

export function gatewayPartition(gateway: string): string {
  return `gateway#${gateway}`;
}

/** Of the month that a time (RFC 3339) is in. */
export function auditPartition(time: string): string {
  return `audit#${time.slice(0, 7)}`;
}

export function sweepPartition(shard: number): string {
  return `open#${shard}`;
}

import type { AuditEntry } from "../domain/audit.ts";
import { attentionKindOf } from "../domain/record/attention-kind.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { toOperationId } from "../domain/record/ids.ts";
import { placeOf } from "../domain/record/place.ts";
import { revealableUntil } from "../domain/record/revealable-until.ts";
import { needsSweep, needsWork } from "../domain/record/transitions.ts";
import { mayHaveConnection, needsTurn, queuedAt, toGatewayKey } from "../domain/record/turn.ts";
import { toEndedRun } from "../domain/stats/ended-run.ts";
import type { Tenant } from "../domain/tenants/tenant.ts";

/** Attributes of a record's item, by their names in the table. What each index is for: indexes.ts. */
export interface RecordItem {
  /** The record's id. */
  pk: string;
  /** The record itself. */
  data: ConnectionRecord;
  version: number;
  byTime: string;
  byTenant: string;
  byEnd?: string;
  gsi2pk?: string;
  gsi2sk?: string;
  gsi3pk?: string;
  gsi3sk?: string;
  gsi6pk: string;
  gsi7pk: string;
  gsi8pk: string;
  gsi10pk?: string;
  gsi14pk?: string;
  gsi15pk: typeof allRequests;
  gsi16pk?: typeof allEnded;
  tenant: string;
  status: string;
  provider: string;
  region: string;
  vpnGatewayId: string;
  /** With `seconds` and `workSeconds` of a run that has ended; copied into the index of those. */
  errorCode?: string;
  seconds?: number;
  workSeconds?: number;
  operationId: string;
  providerConnectionId?: string;
  createRequestId?: string;
  /** Host of a webhook's receiver that did not take it so far. */
  webhookHost?: string;
  /** Epoch seconds after which the item counts as gone; DynamoDB removes it some time later. */
  expiresAt?: number;
}

/** An entry of the audit log that is an item of its own. */
export interface AuditItem extends Pick<RecordItem, "pk" | "byTime" | "gsi6pk" | "tenant"> {
  entry: AuditEntry;
  gsi15pk: typeof allEntries;
}

/** The item of a tenant. */
export interface TenantItem extends Pick<RecordItem, "pk" | "version" | "byTime" | "gsi6pk"> {
  data: Tenant;
}

export const allRequests = "requests";
export const allEntries = "audit";
export const allEnded = "ended";
export const allTenants = "tenants";

/** Open records are spread over this many partitions, so that none grows hot. */
export const sweepShards = 4;

const keptDays = 90;

function shardOf(id: string): number {
  return id.charCodeAt(0) % sweepShards;
}

/** The item of a record, its index keys derived from the record; `wakeAt` is when it counts as quiet while there is work left. */
export function toItem(record: ConnectionRecord, wakeAt: string): RecordItem {
  const { provider, region, vpnGatewayId } = record.request;
  const { tenant, status, error, providerConnectionId, createRequestId, delivery } = record;
  const place = placeOf(record);
  const wakesAt = needsWork(record) ? later(wakeAt, delivery?.nextAttemptAt) : revealableUntil(record);
  const waiting = needsTurn(record) ? `waiting#${queuedAt(record)}#${record.id}` : undefined;
  const made = mayHaveConnection(record) ? `made#${place}` : undefined;
  const gsi3sk = waiting ?? made;
  const attention = attentionKindOf(record);
  const ended = toEndedRun(record);
  return {
    pk: record.id,
    data: record,
    version: record.version,
    byTime: place,
    byTenant: `${tenant}#${place}`,
    ...(needsSweep(record) ? { gsi2pk: sweepPartition(shardOf(record.id)), gsi2sk: `${wakesAt}#${record.id}` } : {}),
    ...(gsi3sk ? { gsi3pk: gatewayPartition(toGatewayKey(record.request)), gsi3sk } : {}),
    gsi6pk: partitionOf(tenant, provider),
    gsi7pk: partitionOf(tenant, provider, status),
    gsi8pk: partitionOf(tenant, provider, region),
    ...(error ? { gsi10pk: partitionOf(tenant, provider, error.code) } : {}),
    ...(attention ? { gsi14pk: attention } : {}),
    gsi15pk: allRequests,
    ...(ended ? { ...ended, gsi16pk: allEnded, byEnd: `${record.completedAt}#${record.id}` } : {}),
    tenant,
    status,
    provider,
    region,
    vpnGatewayId,
    operationId: toOperationId(record.id),
    ...(providerConnectionId ? { providerConnectionId } : {}),
    ...(createRequestId ? { createRequestId } : {}),
    ...(delivery?.failingHost ? { webhookHost: delivery.failingHost } : {}),
    ...expiry(record),
  };
}

export function toAuditItem(entry: AuditEntry): AuditItem {
  const { id, at, tenant } = entry;
  const keys = { byTime: `${at}#${id}`, gsi6pk: auditPartition(tenant), gsi15pk: allEntries } as const;
  return { pk: `audit#${id}`, entry, tenant, ...keys };
}

export function toTenantItem(tenant: Tenant): TenantItem {
  const { name, version } = tenant;
  return { pk: `tenant#${name}`, data: tenant, version, byTime: name, gsi6pk: allTenants };
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

/** Whether an item counts as gone at this time (epoch seconds), though DynamoDB may still have it. */
export function isGone({ expiresAt }: Pick<RecordItem, "expiresAt">, now: number): boolean {
  return expiresAt !== undefined && expiresAt < now;
}

/** Of a tenant's requests that have these values. No tenant and no value of ours has a `#`. */
export function partitionOf(tenant: string, ...values: readonly string[]): string {
  return ["tenant", tenant, ...values].join("#");
}

export function auditPartition(tenant: string): string {
  return `audit#${tenant}`;
}

export function gatewayPartition(gateway: string): string {
  return `gateway#${gateway}`;
}

export function sweepPartition(shard: number): string {
  return `open#${shard}`;
}

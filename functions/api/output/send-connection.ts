import type { Context } from "hono";
import type { Clock } from "../../domain/clock.ts";
import type { ConnectionRecord } from "../../domain/record/connection-record.ts";
import { isFinal } from "../../domain/record/status.ts";
import { toReceipt, toResource } from "../../domain/record/to-resource.ts";
import type { ApiEnv } from "../env.ts";

/** The revision in an `If-None-Match` header; undefined when there is none that could match. */
export function fromETag(header: string | undefined): number | undefined {
  const revision = /^(?:W\/)?"(\d{1,9})"$/.exec(header?.trim() ?? "")?.[1];
  return revision === undefined ? undefined : Number(revision);
}

/** The revision that a caller decided on, from `If-Match`; a tag that is none of ours matches nothing. */
export function fromIfMatch(header: string | undefined): number | undefined {
  return header === undefined || header.trim() === "*" ? undefined : (fromETag(header) ?? -1);
}

/** `304`, for a caller that knows this revision. */
export function sendUnchanged(c: Context<ApiEnv>, clock: Clock, record: ConnectionRecord) {
  setWaiting(c, clock, record);
  return c.body(null, 304);
}

/** The resource as an answer, with its `ETag`, and with `Retry-After` while there is something to wait for. */
export function sendConnection(c: Context<ApiEnv>, clock: Clock, record: ConnectionRecord, status: 200 | 202) {
  setWaiting(c, clock, record);
  return c.json(toResource(record), status);
}

/** What a change has led to: the resource, or a receipt for a key that may not read it. */
export function sendChanged(c: Context<ApiEnv>, clock: Clock, record: ConnectionRecord, status: 200 | 202) {
  if (mayRead(c)) return sendConnection(c, clock, record, status);
  setWaiting(c, clock, record);
  return c.json(toReceipt(record), status);
}

/** Whether the caller may read what it has changed. */
export function mayRead(c: Context<ApiEnv>): boolean {
  return c.var.caller.scopes.some((scope) => scope === "connections:read" || scope === "operations");
}

function setWaiting(c: Context<ApiEnv>, clock: Clock, record: ConnectionRecord): void {
  c.header("ETag", `"${record.revision}"`);
  if (!isFinal(record.status)) c.header("Retry-After", String(secondsToWait(record, clock)));
}

/** A tenth of the time that is likely left, from 1 to 30 seconds. */
function secondsToWait(record: ConnectionRecord, clock: Clock): number {
  const left = (Date.parse(record.estimatedCompletionAt) - clock.now().getTime()) / 1000;
  return Math.min(30, Math.max(1, Math.round(left / 10)));
}

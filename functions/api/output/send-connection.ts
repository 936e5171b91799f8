import type { Context } from "hono";
import type { ConnectionRecord } from "../../domain/record/connection-record.ts";
import { estimateCompletion } from "../../domain/record/estimate.ts";
import { isFinal } from "../../domain/record/status.ts";
import { toReceipt } from "../../domain/record/to-resource.ts";
import type { ApiEnv } from "../env.ts";
import { type ShowDeps, toShown } from "./show-connection.ts";

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
export function sendUnchanged(c: Context<ApiEnv>, deps: ShowDeps, record: ConnectionRecord) {
  setWaiting(c, deps, record);
  return c.body(null, 304);
}

/** The resource as an answer, with its `ETag`, and with `Retry-After` while there is something to wait for. */
export function sendConnection(c: Context<ApiEnv>, deps: ShowDeps, record: ConnectionRecord, status: 200 | 202) {
  const end = setWaiting(c, deps, record);
  return c.json(toShown(c, record, end), status);
}

/** What a change has led to: the resource, or a receipt for a key that may not read it. */
export function sendChanged(c: Context<ApiEnv>, deps: ShowDeps, record: ConnectionRecord, status: 200 | 202) {
  if (mayRead(c)) return sendConnection(c, deps, record, status);
  setWaiting(c, deps, record);
  return c.json(toReceipt(record), status);
}

/** Whether the caller may read what it has changed. */
export function mayRead(c: Context<ApiEnv>): boolean {
  return c.var.caller.scopes.some((scope) => scope === "connections:read" || scope === "operations");
}

/** Answers when the request is likely to have ended, for whoever shows it. */
function setWaiting(c: Context<ApiEnv>, { clock, durations }: ShowDeps, record: ConnectionRecord): Date | undefined {
  c.header("ETag", `"${record.revision}"`);
  const now = clock.now();
  const end = estimateCompletion(record, now, durations);
  if (!isFinal(record.status)) c.header("Retry-After", String(secondsToWait(end && end.getTime() - now.getTime())));
  return end;
}

/** A tenth of the time that is likely left, from 1 to 30 seconds; 10 where nobody knows how much that is. */
function secondsToWait(milliseconds = 100_000): number {
  return Math.min(30, Math.max(1, Math.round(milliseconds / 10_000)));
}

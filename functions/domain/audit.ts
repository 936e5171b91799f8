import type { Actor } from "./actor.ts";
import type { Clock } from "./clock.ts";
import { fromCursor, toCursor } from "./cursor.ts";

/** Everything that somebody can do and that changes something, or tells of a secret. */
export const auditActions = [
  "connection.create",
  "connection.cancel",
  "connection.redrive",
  "connection.dry_run",
  "pre_shared_keys.reveal",
  "pre_shared_keys.mismatch",
  "delivery.resend",
  "webhook.example",
  "tenant.set",
  "tenant.suspend",
  "tenant.resume",
  "webhook_secret.rotate",
  "api_key.create",
  "api_key.rotate",
  "api_key.revoke",
  "fingerprint_keys.rotate",
] as const;
export type AuditAction = (typeof auditActions)[number];

/** One line of the audit log: who did what, when, from where and why. Never changed, never a secret in it. */
export interface AuditEntry {
  id: string;
  /** RFC 3339. */
  at: string;
  action: AuditAction;
  /** The tenant that it was done to. */
  tenant: string;
  /** What it was done to: a connection's id, a key's, a delivery's. */
  target?: string;
  by: Actor;
  /** As the caller gave it. */
  reason?: string;
  /** What it was changed to, where that is not a secret. */
  details?: Record<string, string | number | string[]>;
}

export interface AuditQuery {
  limit: number;
  /** The place that the page begins behind: `<at>#<id>`, of a request its own id. */
  before?: string;
  tenant?: string;
}

/** Append-only. */
export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  /** Newest first, accepted requests among them; `next` is the place up to which was looked, while there may be more. */
  list(query: AuditQuery): Promise<{ items: AuditEntry[]; next?: string }>;
}

const placePattern = /^\d{4}-\d\d-\d\dT[\d:.]+Z#\w{1,64}$/;

/** A page of the audit log. Throws `DomainError` for a cursor that is not of this list. */
export async function listAudit(
  deps: { audit: AuditLog },
  { limit, cursor, tenant }: { limit: number; cursor?: string; tenant?: string },
): Promise<{ items: AuditEntry[]; nextCursor?: string }> {
  const asked = tenant === undefined ? {} : { tenant };
  const before = cursor === undefined ? {} : { before: fromCursor(asked, cursor, placePattern) };
  const { items, next } = await deps.audit.list({ limit, ...asked, ...before });
  return { items, ...(next === undefined ? {} : { nextCursor: toCursor(asked, next) }) };
}

/**
 * Writes down what is about to be done. It is called right before the change: a change is never without its entry, while
 * an entry whose change then failed says that it was asked for.
 */
export async function audit(
  deps: { audit: AuditLog; clock: Clock },
  entry: Omit<AuditEntry, "id" | "at">,
): Promise<void> {
  const at = deps.clock.now().toISOString();
  await deps.audit.append({ id: `audit_${crypto.randomUUID().replaceAll("-", "").slice(0, 24)}`, at, ...entry });
}

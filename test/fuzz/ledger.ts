import { hashApiKey } from "../../functions/domain/tenants/api-keys.ts";
import type { Route } from "../support/routes.ts";

/** A request that was answered, and what the answer said. */
export interface Answered {
  requestId: string;
  route: Route | undefined;
  status: number;
  headers: ReadonlyMap<string, string>;
  body: Record<string, unknown>;
  /** The tenant that the path names, where it names one. */
  tenant: string | undefined;
}

const keyRoutes: readonly Route[] = [
  "POST /v1/admin/tenants/:tenant/keys",
  "POST /v1/admin/tenants/:tenant/keys/:keyId/rotate",
];
const [create, dryRun]: [Route, Route] = ["POST /v1/vpn-connections", "POST /v1/vpn-connections/dry-run"];
/** Routes whose every success is audited; of the others that change something, only the first one is. */
const audited: readonly Route[] = [
  dryRun,
  "POST /v1/vpn-connections/:id/pre-shared-keys",
  "POST /v1/webhooks/example",
  "PUT /v1/admin/tenants/:tenant",
  "POST /v1/admin/tenants/:tenant/webhook-secret/rotate",
  ...keyRoutes,
];
const auditedOnce: readonly Route[] = [
  "POST /v1/vpn-connections/:id/cancel",
  "POST /v1/vpn-connections/:id/redrive",
  "POST /v1/vpn-connections/:id/deliveries/:deliveryId/resend",
  "POST /v1/admin/tenants/:tenant/keys/:keyId/revoke",
  "POST /v1/admin/tenants/:tenant/suspend",
  "POST /v1/admin/tenants/:tenant/resume",
];

/** What answers promised to have written: nothing else may be in the table. */
export interface Ledger {
  /** Accepted requests by their id, with the id of the call. */
  connections: Map<string, string>;
  /** Ids of calls that must, and of those that may, stand in the audit log. */
  mustBeAudited: Set<string>;
  mayBeAudited: Set<string>;
  tenants: Set<string>;
  /** Ids of each tenant's keys. */
  keys: Map<string, string[]>;
  keyHashes: Set<string>;
  /** How many keys were refused because somebody else wrote first, perhaps after the way to them was laid. */
  lostKeys: number;
  cursors: string[];
  auditCursors: string[];
  note(answered: Answered): void;
}

export function createLedger(): Ledger {
  const ledger: Ledger = {
    connections: new Map(),
    mustBeAudited: new Set(),
    mayBeAudited: new Set(),
    tenants: new Set(),
    keys: new Map(),
    keyHashes: new Set(),
    lostKeys: 0,
    cursors: [],
    auditCursors: [],
    note({ requestId, route, status, headers, body, tenant = "" }) {
      // Somebody wrote between the entry and the change, which then was not possible any more.
      if (status === 409) ledger.mayBeAudited.add(requestId);
      // A dry run is audited before anybody is asked; a wrong secret before it is told.
      if (status === 503 && route === dryRun) ledger.mayBeAudited.add(requestId);
      if (status === 422 && (route === dryRun || route === create)) ledger.mayBeAudited.add(requestId);
      if (status === 409 && route !== undefined && keyRoutes.includes(route)) ledger.lostKeys += 1;
      if (status >= 300 || route === undefined) return;
      if (audited.includes(route)) ledger.mustBeAudited.add(requestId);
      if (auditedOnce.includes(route)) ledger.mayBeAudited.add(requestId);
      if (route === create && !headers.has("idempotent-replayed")) {
        ledger.connections.set(String(body["id"]), requestId);
      }
      if (route === "PUT /v1/admin/tenants/:tenant") ledger.tenants.add(String(body["name"]));
      if (keyRoutes.includes(route)) {
        ledger.keyHashes.add(hashApiKey(String(body["key"])));
        ledger.keys.set(tenant, [...(ledger.keys.get(tenant) ?? []), String(body["id"])]);
      }
      if (typeof body["nextCursor"] === "string") {
        (route === "GET /v1/admin/audit" ? ledger.auditCursors : ledger.cursors).push(body["nextCursor"]);
      }
    },
  };
  return ledger;
}

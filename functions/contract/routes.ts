import type { RouteContract } from "./route.ts";
import { listAudit } from "./routes/admin-audit.ts";
import { createKey, listKeys, revokeKey, rotateKey } from "./routes/admin-keys.ts";
import {
  getTenant,
  listTenants,
  resumeTenant,
  rotateWebhookSecret,
  setTenant,
  suspendTenant,
} from "./routes/admin-tenants.ts";
import { cancelConnection, redriveConnection } from "./routes/change-connection.ts";
import { createConnection } from "./routes/create-connection.ts";
import { listDeliveries, resendDelivery } from "./routes/deliveries.ts";
import { dryRunConnection } from "./routes/dry-run.ts";
import { getErrorDoc, listErrorDocs } from "./routes/error-docs.ts";
import { getConnection } from "./routes/get-connection.ts";
import { getKey } from "./routes/get-key.ts";
import { getHealth } from "./routes/health.ts";
import { listAttention } from "./routes/list-attention.ts";
import { listConnections } from "./routes/list-connections.ts";
import { listEvents } from "./routes/list-events.ts";
import { getOpenApi } from "./routes/openapi.ts";
import { revealKeys } from "./routes/reveal-keys.ts";
import { search } from "./routes/search.ts";
import { getStats } from "./routes/stats.ts";
import { sendWebhookExample } from "./routes/webhook-example.ts";

/** Every route of the API by the name that clients call it by, in the order of the documentation. */
export const operations = {
  createConnection,
  dryRunConnection,
  getConnection,
  listConnections,
  listEvents,
  cancelConnection,
  redriveConnection,
  listDeliveries,
  resendDelivery,
  revealKeys,
  sendWebhookExample,
  search,
  listAttention,
  getStats,
  getKey,
  listTenants,
  getTenant,
  setTenant,
  suspendTenant,
  resumeTenant,
  rotateWebhookSecret,
  listKeys,
  createKey,
  rotateKey,
  revokeKey,
  listAudit,
  listErrorDocs,
  getErrorDoc,
  getOpenApi,
  getHealth,
} as const satisfies Record<string, RouteContract>;

export type OperationId = keyof typeof operations;

export const routes: readonly RouteContract[] = Object.values(operations);

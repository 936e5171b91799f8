import { type RouteContract, toPattern } from "../contract/route.ts";
import { routes } from "../contract/routes.ts";
import { getHealth } from "../contract/routes/health.ts";
import { createBaseApp } from "./base-app.ts";
import type { ApiDeps, ExampleApiDeps, ProviderApiDeps, SecretsApiDeps } from "./env.ts";
import { route } from "./route.ts";
import { adminAuditRoute } from "./routes/admin-audit.ts";
import { adminKeysRoutes } from "./routes/admin-keys.ts";
import { adminTenantsRoutes } from "./routes/admin-tenants.ts";
import { changeConnectionRoutes } from "./routes/change-connection.ts";
import { createConnectionRoute } from "./routes/create-connection.ts";
import { dashboardPages } from "./routes/dashboard.ts";
import { deliveriesRoutes } from "./routes/deliveries.ts";
import { docsPages } from "./routes/docs.ts";
import { dryRunRoute } from "./routes/dry-run.ts";
import { errorDocsRoutes } from "./routes/error-docs.ts";
import { getConnectionRoute } from "./routes/get-connection.ts";
import { getKeyRoute } from "./routes/get-key.ts";
import { listAttentionRoute } from "./routes/list-attention.ts";
import { listConnectionsRoute } from "./routes/list-connections.ts";
import { listEventsRoute } from "./routes/list-events.ts";
import { openApiRoute } from "./routes/openapi.ts";
import { revealKeysRoute } from "./routes/reveal-keys.ts";
import { searchRoute } from "./routes/search.ts";
import { statsRoute } from "./routes/stats.ts";
import { webhookExampleRoute } from "./routes/webhook-example.ts";

/** The HTTP API: knows the contract and the domain, and nothing of Lambda, AWS or a vendor. */
export function createApp(deps: ApiDeps) {
  return createBaseApp(deps, [
    route(getHealth, (c) => c.json({ status: "ok" })),
    createConnectionRoute(deps),
    listConnectionsRoute(deps),
    getConnectionRoute(deps),
    listEventsRoute(deps),
    ...changeConnectionRoutes(deps),
    ...deliveriesRoutes(deps),
    searchRoute(deps),
    listAttentionRoute(deps),
    statsRoute(deps),
    getKeyRoute,
    ...adminTenantsRoutes(deps),
    ...adminKeysRoutes(deps),
    adminAuditRoute(deps),
    ...errorDocsRoutes(deps),
    openApiRoute(deps),
    docsPages(deps),
    dashboardPages(deps),
  ]);
}

/** The part of the API that talks to vendors: apart, because only it may. */
export function createProviderApp(deps: ProviderApiDeps) {
  return createBaseApp(deps, [dryRunRoute(deps)]);
}

/** The part of the API that opens keys: apart, because only it can, and so that nobody who is slow keeps them from their owners. */
export function createSecretsApp(deps: SecretsApiDeps) {
  return createBaseApp(deps, [revealKeysRoute(deps)]);
}

/** The part of the API that waits for receivers that callers name. */
export function createExampleApp(deps: ExampleApiDeps) {
  return createBaseApp(deps, [webhookExampleRoute(deps)]);
}

const apart = routes.filter(({ app }) => app !== "api").map(({ app, path }) => ({ app, pattern: toPattern(path) }));

/** Which of the apps answers a path: what the HTTP API's routes say in the cloud, a function each (infra/functions.yml). */
export function appOf(path: string): RouteContract["app"] {
  return apart.find(({ pattern }) => pattern.test(path))?.app ?? "api";
}

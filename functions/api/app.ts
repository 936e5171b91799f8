import { createBaseApp } from "./base-app.ts";
import type { ApiDeps, ProviderApiDeps, SecretsApiDeps } from "./env.ts";
import { requireScope } from "./middleware/authenticate.ts";
import { adminAuditRoute } from "./routes/admin-audit.ts";
import { adminKeysRoute } from "./routes/admin-keys.ts";
import { adminTenantsRoute } from "./routes/admin-tenants.ts";
import { changeConnectionRoute } from "./routes/change-connection.ts";
import { createConnectionRoute } from "./routes/create-connection.ts";
import { deliveriesRoute } from "./routes/deliveries.ts";
import { dryRunRoute } from "./routes/dry-run.ts";
import { errorDocsRoute } from "./routes/error-docs.ts";
import { getConnectionRoute } from "./routes/get-connection.ts";
import { listAttentionRoute } from "./routes/list-attention.ts";
import { listConnectionsRoute } from "./routes/list-connections.ts";
import { listEventsRoute } from "./routes/list-events.ts";
import { revealKeysRoute } from "./routes/reveal-keys.ts";
import { webhookExampleRoute } from "./routes/webhook-example.ts";

const connections = "/v1/vpn-connections";

/** The HTTP API: knows the domain, and nothing of Lambda, AWS or a vendor. */
export function createApp(deps: ApiDeps) {
  const app = createBaseApp(deps);
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.route(connections, createConnectionRoute(deps));
  app.route(connections, listConnectionsRoute(deps));
  app.route(connections, getConnectionRoute(deps));
  app.route(connections, listEventsRoute(deps));
  app.route(connections, changeConnectionRoute(deps));
  app.route(connections, deliveriesRoute(deps));
  app.route("/v1/attention", listAttentionRoute(deps));
  app.use("/v1/admin/*", requireScope("admin"));
  app.route("/v1/admin/tenants", adminTenantsRoute(deps));
  app.route("/v1/admin/tenants", adminKeysRoute(deps));
  app.route("/v1/admin/audit", adminAuditRoute(deps));
  app.route("/docs/errors", errorDocsRoute(deps.loadErrorCatalogue));
  return app;
}

/** The part of the API that talks to vendors: apart, because only it may. */
export function createProviderApp(deps: ProviderApiDeps) {
  const app = createBaseApp(deps);
  app.route(`${connections}/dry-run`, dryRunRoute(deps));
  return app;
}

/** The part of the API that opens what is sealed: apart, because only it can. */
export function createSecretsApp(deps: SecretsApiDeps) {
  const app = createBaseApp(deps);
  app.route(connections, revealKeysRoute(deps));
  app.route("/v1/webhooks", webhookExampleRoute(deps));
  return app;
}

/** Which of the apps answers a path: what the HTTP API's routes say in the cloud, a function each (infra/functions.yml). */
export function appOf(path: string): "api" | "vendor" | "secrets" {
  if (path === `${connections}/dry-run`) return "vendor";
  return /^\/v1\/(vpn-connections\/[^/]+\/pre-shared-keys|webhooks\/example)$/.test(path) ? "secrets" : "api";
}

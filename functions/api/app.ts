import type { ApiDeps, VendorApiDeps } from "./env.ts";
import { changeConnectionRoute } from "./routes/change-connection.ts";
import { createConnectionRoute } from "./routes/create-connection.ts";
import { dryRunRoute } from "./routes/dry-run.ts";
import { errorDocsRoute } from "./routes/error-docs.ts";
import { getConnectionRoute } from "./routes/get-connection.ts";
import { listAttentionRoute } from "./routes/list-attention.ts";
import { listConnectionsRoute } from "./routes/list-connections.ts";
import { listEventsRoute } from "./routes/list-events.ts";
import { createShell } from "./shell.ts";

const connections = "/v1/vpn-connections";

/** The HTTP API: knows the domain, and nothing of Lambda, AWS or a vendor. */
export function createApp(deps: ApiDeps) {
  const app = createShell(deps);
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.route(connections, createConnectionRoute(deps));
  app.route(connections, listConnectionsRoute(deps));
  app.route(connections, getConnectionRoute(deps));
  app.route(connections, listEventsRoute(deps));
  app.route(connections, changeConnectionRoute(deps));
  app.route("/v1/attention", listAttentionRoute(deps));
  app.route("/docs/errors", errorDocsRoute(deps.loadErrorCatalogue));
  return app;
}

/** Routes of which `createVendorApp` answers the whole; the HTTP API sends them to a function of their own. */
export const vendorPaths: ReadonlySet<string> = new Set([`${connections}/dry-run`]);

/** The part of the API that talks to vendors: apart, because only it may. */
export function createVendorApp(deps: VendorApiDeps) {
  const app = createShell(deps);
  app.route(`${connections}/dry-run`, dryRunRoute(deps));
  return app;
}

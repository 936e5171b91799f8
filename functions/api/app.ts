import { Hono } from "hono";
import type { ApiDeps, ApiEnv } from "./env.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { requestContext } from "./middleware/request-context.ts";
import { problemResponse, toProblemResponse } from "./problem.ts";
import { createConnectionRoute } from "./routes/create-connection.ts";
import { getConnectionRoute } from "./routes/get-connection.ts";
import { listConnectionsRoute } from "./routes/list-connections.ts";
import { listEventsRoute } from "./routes/list-events.ts";

/** Methods by path, for an honest 405. */
const allowed: [RegExp, string][] = [
  [/^\/v1\/vpn-connections\/?$/, "GET, POST"],
  [/^\/v1\/vpn-connections\/[^/]+(\/events)?$/, "GET"],
  [/^\/healthz$/, "GET"],
];

/** The HTTP API: knows the domain, and nothing of Lambda, AWS or a vendor. */
export function createApp(deps: ApiDeps) {
  const app = new Hono<ApiEnv>();
  app.use(requestContext(deps));
  app.onError(toProblemResponse);
  app.notFound((c) => {
    const methods = allowed.find(([path]) => path.test(c.req.path))?.[1];
    if (!methods) return problemResponse(c, "not_found", "there is nothing at this path");
    c.header("Allow", methods);
    return problemResponse(c, "method_not_allowed", `this path answers ${methods}`);
  });
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.use("/v1/*", authenticate(deps));
  app.route("/v1/vpn-connections", createConnectionRoute(deps));
  app.route("/v1/vpn-connections", listConnectionsRoute(deps));
  app.route("/v1/vpn-connections", getConnectionRoute(deps));
  app.route("/v1/vpn-connections", listEventsRoute(deps));
  return app;
}

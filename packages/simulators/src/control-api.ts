import { type Context, Hono } from "hono";
import * as z from "zod";
import type { Exchange } from "./exchange.ts";
import { faultSchema } from "./faults.ts";
import { maskSecrets } from "./masking.ts";
import { requireKnown } from "./settings.ts";

/** The unauthenticated routes with which tests look into a simulator and make it misbehave. */
export function createControlApi({ cloud, faults, journal }: Exchange): Hono {
  const app = new Hono();

  app.get("/state", (c) => c.json({ ...(maskSecrets(cloud.inspect()) as object), calls: journal.counters() }));
  app.put("/gateways/:id", async (c) => c.json(cloud.putGateway(c.req.param("id"), await c.req.json()) as object));
  app.put("/customer-gateways/:id", async (c) =>
    c.json(cloud.putCustomerGateway(c.req.param("id"), await c.req.json()) as object),
  );
  app.delete("/gateways/:id", (c) => (cloud.removeGateway(c.req.param("id")) ? c.body(null, 204) : notFound(c)));
  app.delete("/customer-gateways/:id", (c) =>
    cloud.removeCustomerGateway(c.req.param("id")) ? c.body(null, 204) : notFound(c),
  );
  app.put("/gateways/:id/busy", async (c) => {
    const busy = cloud.keepBusy(c.req.param("id"), await c.req.json());
    return busy ? c.json(busy) : notFound(c);
  });
  app.delete("/connections/:id", (c) => (cloud.removeConnection(c.req.param("id")) ? c.body(null, 204) : notFound(c)));
  app.put("/connections/:id/tunnels", async (c) => {
    const tunnels = cloud.putTunnels(c.req.param("id"), await c.req.json());
    return tunnels ? c.json(tunnels) : notFound(c);
  });
  app.put("/settings", async (c) => c.json(cloud.configure(await c.req.json()) as object));

  app.get("/faults", (c) => c.json(faults.list()));
  app.post("/faults", async (c) => {
    const fault = faultSchema.parse(await c.req.json());
    requireKnown("action", [fault.action], [...cloud.actions, "*"]);
    faults.add(fault);
    return c.json(fault, 201);
  });
  app.delete("/faults", (c) => {
    faults.clear();
    return c.body(null, 204);
  });

  app.get("/calls", (c) => c.json(journal.entries()));
  app.post("/reset", (c) => {
    cloud.reset();
    faults.clear();
    journal.clear();
    return c.body(null, 204);
  });

  app.all("*", notFound);
  app.onError((error, c) => {
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
    if (error instanceof SyntaxError) return c.json({ error: "The body is not JSON." }, 400);
    throw error;
  });
  return app;
}

function notFound(c: Context): Response {
  return c.json({ error: `There is no ${c.req.method} ${c.req.path}.` }, 404);
}

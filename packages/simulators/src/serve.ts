import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { CallJournal } from "./call-journal.ts";
import { createControlApi } from "./control-api.ts";
import { type Delivery, type Exchange, exchangeCall, type LateEffect } from "./exchange.ts";
import { FaultQueue } from "./faults.ts";
import type { Simulator, SimulatorOptions } from "./simulator.ts";
import { StateFile } from "./state-file.ts";
import type { Cloud, VendorAnswer } from "./vendor-call.ts";
import type { Admit, WireRequest } from "./wire-request.ts";

type Bindings = { Bindings: HttpBindings };

/** Puts a pure cloud behind HTTP: its API on every path, the control API under `/__control`. */
export async function serveCloud(cloud: Cloud, admit: Admit, options: SimulatorOptions<unknown>): Promise<Simulator> {
  const exchange: Exchange = {
    cloud,
    faults: new FaultQueue(),
    journal: new CallJournal(cloud.now),
  };
  const stateFile = options.stateFile ? new StateFile(options.stateFile, options.accessKey.secret) : undefined;
  stateFile?.load(cloud);
  const closing = new AbortController();
  const takeEffectLater = async ({ afterMilliseconds, perform }: LateEffect) => {
    await pause(afterMilliseconds, closing.signal);
    if (closing.signal.aborted) return;
    perform();
    await stateFile?.save(cloud);
  };

  const app = new Hono<Bindings>();
  // Everywhere below, the state is on disk before anyone hears of it: a kill forgets nothing.
  app.use("/__control/*", async (_context, next) => {
    await next();
    await stateFile?.save(cloud);
  });
  app.route("/__control", createControlApi(exchange));
  app.all("*", async (c) => {
    const admission = admit(await readRequest(c));
    const delivery: Delivery =
      "call" in admission ? exchangeCall(exchange, admission.call) : { kind: "answer", answer: admission.refusal };
    if ("refusal" in admission) {
      const { action, refusal } = admission;
      exchange.journal.record({ action, region: "", parameters: {} }, refusal.code ?? "refused");
    }
    if (delivery.kind === "hang" && delivery.late) void takeEffectLater(delivery.late);
    await stateFile?.save(cloud);
    const { latencyMilliseconds, hangMilliseconds } = cloud.settings;
    const action = "call" in admission ? admission.call.action : admission.action;
    const held = latencyMilliseconds + (hangMilliseconds[action] ?? 0);
    if (held > 0) await pause(held, AbortSignal.any([closing.signal, c.req.raw.signal]));
    c.env.outgoing.setHeader("Date", new Date(cloud.clock()).toUTCString());
    return deliver(c, delivery, closing.signal);
  });

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  // Given `http://…` as its endpoint, Tencent's CLI sends and signs that as the host. Signatures are checked against
  // what was sent, which the raw headers keep.
  server.prependListener("request", ({ headers }) => {
    if (headers.host) headers.host = headers.host.replace(/^https?:\/\//, "");
  });
  const { host = "127.0.0.1", port = 0 } = options;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${boundPort}`,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(c: Context<Bindings>): Promise<WireRequest> {
  const [path = "/", ...query] = (c.env.incoming.url ?? "/").split("?");
  return {
    method: c.req.method,
    path,
    query: query.join("?"),
    headers: c.req.raw.headers,
    body: Buffer.from(await c.req.arrayBuffer()),
  };
}

async function deliver(c: Context<Bindings>, delivery: Delivery, closing: AbortSignal): Promise<Response> {
  switch (delivery.kind) {
    case "answer":
      return toResponse(delivery.answer);
    case "text":
      return new Response(delivery.text, {
        status: delivery.status,
        headers: { "content-type": delivery.type },
      });
    case "hang":
      await pause(delivery.milliseconds, AbortSignal.any([closing, c.req.raw.signal]));
      break;
    case "reset":
      break;
  }
  c.env.incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

/** The type is without a charset: Tencent's Python SDK looks for errors under exactly this one. */
function toResponse({ status, headers, body }: VendorAnswer): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

/** Waits that long, or for ever, but not past the abort. */
async function pause(milliseconds: number | undefined, signal: AbortSignal): Promise<void> {
  const longest = 2 ** 31 - 1;
  await sleep(milliseconds ?? longest, undefined, { signal }).catch(() => undefined);
}

import type { TestStack } from "../support/local-stack.ts";
import type { Route } from "../support/routes.ts";
import { maxBytes } from "./arbitrary-raw-bodies.ts";
import { findFaults } from "./check-answer.ts";
import { type FuzzRequest, isDishonest, toBytes } from "./fuzz-request.ts";
import type { WireAnswer } from "./wire-answer.ts";
import type { Wire } from "./wire.ts";
import type { Places, World } from "./world.ts";

/** What came of a request; no answer where the connection was closed without one. */
export interface Outcome {
  sent: Buffer;
  route: Route | undefined;
  answer: WireAnswer | undefined;
  body: Record<string, unknown>;
  faults: string[];
}

export type Send = (request: FuzzRequest, wire: Wire, filled: Places) => Promise<Outcome>;

/** Refusals by the HTTP server, which speaks before the API does. */
const byServer = [400, 408, 413, 417, 431, 505];

const afterReading = (status: number) => status < 300 || status === 409 || status === 422;

/** Sends requests to a broker in this process, whose log says which route answered, and notes what comes of them. */
export function createSend(stack: TestStack, world: World): Send {
  const { host } = new URL(stack.url);
  const routes = new Map<unknown, Route | undefined>();
  let read = 0;

  function routeOf(requestId: string): Route | undefined {
    for (const { event, fields } of stack.logged.slice(read)) {
      read += 1;
      const { method, route } = fields;
      const named = `${method === "HEAD" ? "GET" : String(method)} ${String(route)}` as Route;
      if (event === "request") routes.set(fields["requestId"], route === undefined ? undefined : named);
    }
    return routes.get(requestId);
  }

  return async function send(request, wire, filled) {
    const fillIn = (text: string) => world.fillIn(text, filled);
    const sent = toBytes(request, host, fillIn);
    const toHead = request.method === "HEAD";
    const answer = await wire.exchange(sent, { toHead, last: isDishonest(request) });
    const failed = { sent, route: undefined, answer, body: {} };
    if (!answer) {
      const excused = isDishonest(request) || sent.length > maxBytes;
      return { ...failed, faults: excused ? [] : ["the connection was closed without an answer"] };
    }
    const requestId = answer.headers.get("x-request-id") ?? "";
    if (requestId === "" && byServer.includes(answer.status) && answer.body === "") return { ...failed, faults: [] };
    const route = routeOf(requestId);
    const faults = findFaults(route, toHead, answer);
    const tooLarge = (request.body?.length ?? 0) > maxBytes;
    if (tooLarge && afterReading(answer.status)) faults.push("a body that is too large was read");
    const body = faults.length > 0 || !answer.body.startsWith("{") ? {} : (JSON.parse(answer.body) as Outcome["body"]);
    const tenant = /\/tenants\/([^/?]+)/.exec(fillIn(request.target))?.[1];
    world.ledger.note({ ...answer, requestId, route, body, tenant });
    return { sent, route, answer, body, faults };
  };
}

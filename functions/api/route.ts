import { type Context, type Handler, Hono, type MiddlewareHandler } from "hono";
import * as z from "zod";
import type { RouteContract } from "../contract/route.ts";
import type { ApiEnv } from "./env.ts";
import { limitBody, readJson } from "./input/json-body.ts";
import { validateBody, validateQuery } from "./input/validate.ts";
import { requireScope } from "./middleware/authenticate.ts";
import { requireActiveTenant } from "./middleware/require-active-tenant.ts";

type Checked<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** The context of a route's handler: parameters by its path, query and body by its schemas. */
export type RouteContext<Route extends RouteContract> = Context<
  ApiEnv,
  Route["path"],
  {
    in: { query: object; json: object };
    out: { query: Checked<Route["query"]>; json: Checked<Route["body"]> };
  }
>;

/** A declared route with its handler behind every check that the declaration asks for. */
export function route<Route extends RouteContract>(
  declared: Route,
  handle: (c: RouteContext<Route>) => Response | Promise<Response>,
) {
  return new Hono<ApiEnv>().on(
    declared.method,
    [declared.path],
    ...toChecks(declared),
    handle as unknown as Handler<ApiEnv>,
  );
}

function toChecks({ method, scope, operators, query, body, whileSuspended }: RouteContract): MiddlewareHandler[] {
  return [
    // Operators' paths are guarded as a whole, and a valid key is asked for before any route.
    ...(scope === "public" || scope === "any" || scope === "admin" ? [] : [requireScope(scope, { operators })]),
    ...(scope === "public" || method === "GET" || whileSuspended ? [] : [requireActiveTenant]),
    // A parameter that nobody reads is a mistake of the caller's.
    ...(scope === "public" ? [] : [validateQuery(query ?? z.strictObject({}))]),
    ...(body ? [limitBody, readJson, validateBody(body)] : []),
  ];
}

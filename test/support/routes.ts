import type { Hono } from "hono";
import type * as z from "zod";
import { createApp, createExampleApp, createProviderApp, createSecretsApp } from "../../functions/api/app.ts";
import type { ApiEnv } from "../../functions/api/env.ts";
import { answersOf, type RouteContract } from "../../functions/contract/route.ts";
import { routes } from "../../functions/contract/routes.ts";

/** A route as tests name it, such as `GET /v1/vpn-connections/:id`. */
export type Route = `${"GET" | "POST" | "PUT"} /${string}`;

/** Every declaration by the name of its route. */
export const declaredAs: ReadonlyMap<Route, RouteContract> = new Map(
  routes.map((route) => [`${route.method} ${route.path}` as const, route]),
);

/** Every declared answer of every route, by status. */
export const answers: Readonly<Record<Route, Readonly<Record<number, z.ZodType>>>> = Object.fromEntries(
  routes.map((route) => [`${route.method} ${route.path}`, answersOf(route)]),
);

/** Every route of the four apps, as they themselves say. */
export function listRoutes(): Route[] {
  // What an app stands on is asked for by requests only.
  const nothing = {} as never;
  const apps: Hono<ApiEnv>[] = [
    createApp(nothing),
    createProviderApp(nothing),
    createSecretsApp(nothing),
    createExampleApp(nothing),
  ];
  const mounted = apps.flatMap((app) => app.routes).filter(({ method }) => method !== "ALL");
  return [...new Set(mounted.map(({ method, path }) => `${method} ${path}` as Route))].toSorted();
}

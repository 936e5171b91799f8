import type { Hono } from "hono";
import { createApp, createProviderApp, createSecretsApp } from "../../functions/api/app.ts";
import type { ApiEnv } from "../../functions/api/env.ts";
import type { Route } from "../../functions/contract/answers.ts";

/** Every route of the three apps, as they themselves say, such as `GET /v1/vpn-connections/:id`. */
export function listRoutes(): Route[] {
  // What an app stands on is asked for by requests only.
  const nothing = {} as never;
  const apps: Hono<ApiEnv>[] = [createApp(nothing), createProviderApp(nothing), createSecretsApp(nothing)];
  const routes = apps.flatMap((app) => app.routes).filter(({ method }) => method !== "ALL");
  return [...new Set(routes.map(({ method, path }) => `${method} ${path}` as Route))].toSorted();
}

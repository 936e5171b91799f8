import { appOf } from "../functions/api/app.ts";
import { problems } from "../functions/contract/problems.ts";
import type { RouteContract } from "../functions/contract/route.ts";
import { shares } from "../functions/domain/limits.ts";
import { limitConcurrency } from "./step-functions/concurrency.ts";
import { StepFunctionsError } from "./step-functions/engine.ts";

export type Fetch = (request: Request, env: unknown) => Response | Promise<Response>;

const functionNames = {
  api: "api",
  provider: "providerApi",
  secrets: "secretsApi",
  examples: "exampleApi",
} as const satisfies Record<RouteContract["app"], keyof typeof shares>;

/** By path, as the HTTP API does it in the cloud, each app with its share of concurrency. Beyond it the answer is 503. */
export function routeToApps(apps: Record<RouteContract["app"], { fetch: Fetch }>): Fetch {
  const limited = Object.fromEntries(
    Object.entries(apps).map(([name, app]) => {
      const share = shares[functionNames[name as RouteContract["app"]]];
      return [name, limitConcurrency(share, (request: Request, env: unknown) => app.fetch(request, env))];
    }),
  );
  return async (request, env) => {
    try {
      return (await limited[appOf(new URL(request.url).pathname)]?.(request, env)) ?? toFull();
    } catch (error) {
      if (!(error instanceof StepFunctionsError)) throw error;
      return toFull();
    }
  };
}

function toFull(): Response {
  const { status, title } = problems.unavailable;
  const requestId = crypto.randomUUID();
  const detail = "too many calls at once; send it again";
  const body = { type: "/docs/errors/unavailable", title, status, detail, code: "unavailable", requestId };
  const headers = { "Content-Type": "application/problem+json", "Retry-After": "1", "X-Request-Id": requestId };
  return new Response(JSON.stringify(body), { status, headers });
}

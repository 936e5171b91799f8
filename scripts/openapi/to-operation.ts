import * as z from "zod";
import type { ZodOpenApiOperationObject } from "zod-openapi";
import { requestHeaders } from "../../functions/contract/describe/headers.ts";
import { operationDetails } from "../../functions/contract/describe/operations.ts";
import { pathParameters } from "../../functions/contract/describe/path-parameters.ts";
import { tags } from "../../functions/contract/describe/tags.ts";
import { problemStatusesOf, type RouteContract } from "../../functions/contract/route.ts";
import type { OperationId } from "../../functions/contract/routes.ts";
import type { Scope } from "../../functions/domain/tenants/tenant.ts";
import { toAnswer, toProblemReference } from "./answers.ts";

/** The name of the security scheme. */
export const apiKeyScheme = "apiKey";
const operations: Scope = "operations";

/** A declared route as an operation of the document. */
export function toOperation(id: OperationId, route: RouteContract): ZodOpenApiOperationObject {
  const { path, summary, body, answers, examples } = route;
  const tag = tags.find(({ pattern }) => pattern.test(path));
  if (!tag) throw new Error(`no tag has ${path}`);
  const description = [operationDetails[id], describeScopes(route)].filter(Boolean).join("\n\n");
  return {
    operationId: id,
    tags: [tag.name],
    summary,
    description,
    security: toScopes(route).map((scopes) => ({ [apiKeyScheme]: scopes })),
    requestParams: toParameters(route),
    ...(body
      ? {
          requestBody: {
            required: !body.safeParse({}).success,
            content: { "application/json": { schema: body, example: examples.body } },
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, schema]) => [status, toAnswer(route, Number(status), schema)]),
      ),
      ...Object.fromEntries(problemStatusesOf(route).map((status) => [status, toProblemReference(status)])),
    },
  };
}

/** The sets of scopes of which a key must have one. */
function toScopes({ scope, operators }: RouteContract): Scope[][] {
  if (scope === "public") return [];
  return scope === "any" ? [[]] : [[scope], ...(operators ? [[operations]] : [])];
}

function describeScopes({ scope, operators }: RouteContract): string {
  if (scope === "public") return "No API key is needed.";
  if (scope === "any") return "Any API key that is valid.";
  return `Scope \`${scope}\`${operators ? `, or \`${operations}\` for every tenant's requests` : ""}.`;
}

function toParameters({ path, query, takes = [] }: RouteContract) {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "");
  const inPath = Object.fromEntries(
    names.map((name) => {
      const schema = pathParameters[name];
      if (!schema) throw new Error(`path-parameters.ts has no ${name}`);
      return [name, schema];
    }),
  );
  const inHeader = Object.fromEntries(takes.map((name) => [name, z.string().meta(requestHeaders[name]).optional()]));
  return {
    ...(names.length > 0 ? { path: z.object(inPath) } : {}),
    ...(query instanceof z.ZodObject ? { query } : {}),
    ...(takes.length > 0 ? { header: z.object(inHeader) } : {}),
  };
}

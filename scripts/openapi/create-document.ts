import { createDocument as assemble, type oas31, type ZodOpenApiPathsObject } from "zod-openapi";
import { tags } from "../../functions/contract/describe/tags.ts";
import type { RouteContract } from "../../functions/contract/route.ts";
import { type OperationId, operations } from "../../functions/contract/routes.ts";
import manifest from "../../package.json" with { type: "json" };
import { headerComponents, problemAnswers } from "./answers.ts";
import { describeMembers } from "./describe-members.ts";
import { describeParameters } from "./describe-parameters.ts";
import { nameValues } from "./name-values.ts";
import { createTidier } from "./tidy-schema.ts";
import { apiKeyScheme, toOperation } from "./to-operation.ts";
import { toWebhooks } from "./to-webhooks.ts";

const declared = Object.entries(operations) as [OperationId, RouteContract][];

/** `/v1/things/:id` as OpenAPI writes it. */
const toTemplate = (path: string): `/${string}` => path.replaceAll(/:(\w+)/g, "{$1}") as `/${string}`;

/** The OpenAPI 3.1 document of the contract. */
export function createDocument(): oas31.OpenAPIObject {
  const tidier = createTidier();
  const document = assemble(
    {
      openapi: "3.1.0",
      info: {
        title: "VPN broker",
        version: manifest.version,
        description: `${manifest.description}\n\nAnswers may get more members in later versions, and lists of values more values: ignore what you do not know. A path answers \`method_not_allowed\` to methods that it does not have, with \`Allow\`.`,
        license: { name: "Apache 2.0", identifier: manifest.license },
      },
      servers: [{ url: "/", description: "The broker that served this document." }],
      tags: tags.map(({ name, description }) => ({ name, description })),
      paths: toPaths(),
      webhooks: toWebhooks(),
      components: {
        headers: headerComponents(),
        responses: problemAnswers(),
        securitySchemes: {
          [apiKeyScheme]: {
            type: "http",
            scheme: "bearer",
            description: "An API key. Each operation names the scope that it must have; any one of several will do.",
          },
        },
      },
    },
    { override: tidier.override },
  );
  tidier.finish();
  for (const [, route] of declared) {
    const operation = document.paths?.[toTemplate(route.path)]?.[toMethod(route)];
    describeParameters((operation?.parameters ?? []) as oas31.ParameterObject[], route);
  }
  dropUnused(document);
  nameValues(document);
  describeMembers(document.components?.schemas ?? {});
  return { ...document, components: sortComponents(document.components ?? {}) };
}

/** Headers are made in two kinds, of which most are used in one. */
function dropUnused(document: oas31.OpenAPIObject): void {
  const { headers = {} } = document.components ?? {};
  const text = JSON.stringify(document);
  for (const name of Object.keys(headers)) if (!text.includes(`"#/components/headers/${name}"`)) delete headers[name];
}

const toMethod = ({ method }: RouteContract) => method.toLowerCase() as "get" | "post" | "put";

function toPaths(): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const [id, route] of declared) {
    const path = toTemplate(route.path);
    paths[path] = { ...paths[path], [toMethod(route)]: toOperation(id, route) };
  }
  return paths;
}

/** By name, so that a new one moves no other. */
function sortComponents(components: oas31.ComponentsObject): oas31.ComponentsObject {
  return Object.fromEntries(
    Object.entries(components).map(([kind, members]) => [
      kind,
      Object.fromEntries(Object.entries(members as object).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    ]),
  );
}

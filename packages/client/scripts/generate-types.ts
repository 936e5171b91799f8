import openapiTypes, { astToString, type OpenAPI3, type SchemaObject } from "openapi-typescript";

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: SchemaObject;
}

interface Operation {
  operationId: string;
  parameters?: readonly Parameter[];
}

/** What is read of `openapi.json`. */
export interface ApiDocument {
  openapi: string;
  info: OpenAPI3["info"];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, SchemaObject> };
}

/** The types of every body and query of the API, as TypeScript. */
export async function generateTypes(document: ApiDocument): Promise<string> {
  const { openapi, info, paths, components } = document;
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  // Of problems one type is enough, which the client's errors are.
  const bodies = Object.entries(components.schemas).filter(([name]) => !name.startsWith("Problem-"));
  const named = Object.fromEntries([...bodies, ...operations.flatMap(toQuery)]);
  const schemas = JSON.parse(JSON.stringify(named), (_, value) =>
    nameMembers(value, components.schemas),
  ) as typeof named;
  const nodes = await openapiTypes(
    { openapi, info, paths: {}, components: { schemas } },
    { alphabetize: true, defaultNonNullable: false, rootTypes: true, rootTypesNoSchemaPrefix: true, silent: true },
  );
  const text = astToString(nodes).replaceAll(/^export type \S+ = Record<string, never>;\n/gm, "");
  return `// Generated from openapi.json by \`npm run client-types\`.\n${text}`;
}

/** The query of an operation as a schema of its own, by the operation's name. */
function toQuery({ operationId, parameters = [] }: Operation): [name: string, SchemaObject][] {
  const query = parameters.filter((parameter) => parameter.in === "query");
  if (query.length === 0) return [];
  const members = query.map(({ name, description, schema }) => [name, { ...schema, description }]);
  const required = query.filter((parameter) => parameter.required).map(({ name }) => name);
  const name = `${operationId[0]?.toUpperCase()}${operationId.slice(1)}Query`;
  return [[name, { type: "object", properties: Object.fromEntries(members), required, additionalProperties: false }]];
}

/** A record whose keys are a list becomes an object with those members, which openapi-typescript would not tell. */
function nameMembers(value: unknown, schemas: ApiDocument["components"]["schemas"]): unknown {
  const { propertyNames, additionalProperties, ...schema } = (value ?? {}) as Record<string, unknown>;
  const { $ref = "" } = (propertyNames ?? {}) as { $ref?: string };
  const names = schemas[$ref.replace(/^.*\//, "")]?.enum;
  if (!names) return value;
  const members = names.map((name): [string, unknown] => [String(name), additionalProperties]);
  return { ...schema, properties: Object.fromEntries(members), additionalProperties: false };
}

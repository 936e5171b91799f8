import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { oas31 } from "zod-openapi";
import { routes } from "../../../functions/contract/routes.ts";
import { createDocument } from "../../../scripts/openapi/create-document.ts";

it("openapi.json is what the contract's declarations give", () => {
  const committed = readFileSync(new URL("../../../openapi.json", import.meta.url), "utf8");
  const wanted = "run npm run openapi, and look at what it changes";
  expect(JSON.parse(JSON.stringify(createDocument())), wanted).toEqual(JSON.parse(committed));
});

const { paths = {}, webhooks = {}, components } = createDocument();
const operations = [paths, webhooks].flatMap((items) =>
  Object.values(items).flatMap((item) => Object.values(item) as oas31.OperationObject[]),
);

it("has every route and the four webhooks, each by a name of its own", () => {
  const names = operations.map(({ operationId }) => operationId);
  expect(names.length).toBe(routes.length + 4);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z]+$/);
});

it("says in words what each operation, and each of its parameters, is", () => {
  for (const { summary, description, parameters = [] } of operations) {
    expect(summary).toMatch(/\w/);
    expect(description).toMatch(/\w/);
    for (const parameter of parameters) expect(parameter).toHaveProperty("description", expect.stringMatching(/\w/));
  }
});

it("says of each member of a connection, a request and a problem's flaws what it is", () => {
  const schemas = (components?.schemas ?? {}) as Record<string, oas31.SchemaObject>;
  const told = ["CreateRequest", "Tunnel", "Connection", "EffectiveRequest", "ProviderProblem", "RequestError", "Flaw"];
  const silent = told.flatMap((name) =>
    Object.entries(schemas[name]?.properties ?? {}).flatMap(([member, schema]) =>
      (schema as oas31.SchemaObject).description ? [] : [`${name}.${member}`],
    ),
  );
  expect(silent, "describe them in functions/contract/describe").toEqual([]);
});

it("names every problem code, and what may be asked for by each scope", () => {
  const schemas = Object.keys(components?.schemas ?? {});
  expect(schemas.filter((name) => name.startsWith("Problem-")).length).toBe(
    Object.keys(components?.responses ?? {}).length,
  );
  const scopes = operations.flatMap(({ security = [] }) => security.flatMap((one) => Object.values(one).flat()));
  expect([...new Set(scopes)].toSorted()).toEqual([
    "admin",
    "connections:read",
    "connections:write",
    "operations",
    "secrets:read",
  ]);
});

import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { toPointer } from "../../../functions/domain/json-pointer.ts";
import { createDocument } from "../../../scripts/openapi/create-document.ts";

const document = JSON.parse(JSON.stringify(createDocument())) as Record<string, object>;
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: "openapi", ...document });

/** Every place that has an example beside its schema. */
function findExamples(value: unknown, path: string[] = []): [place: string, example: unknown][] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  if ("example" in holder && "schema" in holder) return [[toPointer(path), holder["example"]]];
  return Object.entries(holder).flatMap(([name, inner]) => findExamples(inner, [...path, name]));
}

const examples = findExamples(document);

describe("an example of openapi.json", () => {
  it("stands in every body", () => {
    const bodies = JSON.stringify(document).match(/"application\/(problem\+)?json":\{/g) ?? [];
    expect(examples.filter(([place]) => /application~1(problem\+)?json$/.test(place)).length).toBe(bodies.length);
  });

  it.each(examples)("is what its schema takes, as JSON Schema has it: %s", (place, example) => {
    const validate = ajv.compile({ $ref: `openapi#${encodeURI(place)}/schema` });
    validate(example);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("is refused where it is not", () => {
    const validate = ajv.compile({ $ref: "openapi#/components/schemas/CreateRequest" });
    expect(validate({ provider: "alibaba" })).toBe(false);
  });
});

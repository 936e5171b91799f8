import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import * as z from "zod";
import { createRequestSchema } from "../../../functions/domain/request/create-request.ts";
import { readDocument } from "../../../scripts/site/openapi.ts";
import { writeFields } from "../../../scripts/site/write-fields.ts";

const whole = z.toJSONSchema(createRequestSchema, { io: "input", unrepresentable: "any" });

/** What stands at a reference, or the schema itself. */
function resolve(schema: z.core.JSONSchema.BaseSchema): z.core.JSONSchema.BaseSchema {
  const name = schema.$ref?.replace("#/$defs/", "");
  return name === undefined ? schema : (whole.$defs?.[name] ?? schema);
}

/** Members by their places, `?` behind those that may be absent. */
function membersOf(given: z.core.JSONSchema.BaseSchema, path = ""): string[] {
  const schema = resolve(given);
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    if (typeof member === "boolean") return [];
    const optional = !schema.required?.includes(name);
    const place = path === "" ? name : `${path}.${name}`;
    const below = [member, ...(member.anyOf ?? [])].flatMap((one) => {
      if (typeof one === "boolean") return [];
      return Array.isArray(one.items) || typeof one.items !== "object"
        ? membersOf(one, place)
        : membersOf(one.items, `${place}[]`);
    });
    return [`${place}${optional ? "?" : ""}`, ...below];
  });
}

it("the docs list every member of a create request, and no other", () => {
  const { markdown } = writeFields(readDocument(fileURLToPath(new URL("../../..", import.meta.url))));
  const told = [...markdown.matchAll(/^- \[`([^`]+)`\]\([^)]+\)(, optional)?$/gm)];
  expect(told.map(([, member, optional]) => `${member}${optional ? "?" : ""}`)).toEqual(membersOf(whole));
});

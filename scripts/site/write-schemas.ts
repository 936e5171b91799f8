import { anchorOfSchema, describeDefault, describeSchema } from "./describe-schema.ts";
import { membersOf } from "./members.ts";
import { type Document, resolve, type Schema } from "./openapi.ts";
import type { Page } from "./page.ts";

const intro =
  "What the bodies of calls, answers and webhooks are made of, by the names that the OpenAPI document has for them.";

/** Every schema of the document that has a name, less the request, which has a page of its own. */
export function writeSchemas(document: Document): Page {
  const names = Object.keys(document.components.schemas)
    // One for each code, all alike: the page of errors has them.
    .filter((name) => !name.startsWith("Problem-"))
    .toSorted((one, other) => (one < other ? -1 : 1));
  const markdown = [
    "# Objects",
    intro,
    "A field that is optional is absent when there is nothing to say, never `null`. Answers may get new fields.",
    ...names.flatMap((name) => [
      `## ${name} {#${anchorOfSchema(name)}}`,
      ...(name === "CreateRequest"
        ? ["What a create and a dry run take: [Fields of the create request](/docs/fields)."]
        : writeSchema(document, resolve(document, { $ref: `/${name}` }))),
    ]),
  ].join("\n\n");
  return { path: "/docs/schemas", title: "Objects", description: intro, group: "Reference", markdown };
}

/** A schema's description and members as Markdown. */
export function writeSchema(document: Document, schema: Schema): string[] {
  const own = schema.description === undefined ? [] : [schema.description];
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives && schema.properties === undefined) {
    return [...own, "One of:", ...alternatives.flatMap((one) => writeAlternative(document, one))];
  }
  const members = membersOf(document, schema, false);
  if (members.length === 0) return [...own, describeSchema(schema)];
  return [...own, writeMembers(members)];
}

function writeAlternative(document: Document, schema: Schema): string[] {
  if (schema.$ref !== undefined) return [`- ${describeSchema(schema)}`];
  const members = membersOf(document, schema, false);
  const kind = schema.properties?.["type"]?.const;
  return [...(kind === undefined ? [] : [`With \`"type": "${String(kind)}"\`:`]), writeMembers(members)];
}

function writeMembers(members: ReturnType<typeof membersOf>): string {
  return members
    .map(({ place, schema, required }) => {
      const type = schema.properties
        ? "object"
        : schema.type === "array" && schema.items?.properties
          ? "list of objects"
          : describeSchema(schema);
      const meaning = schema.description === undefined ? "" : `: ${schema.description}`;
      return `- \`${place}\` (${required ? "" : "optional, "}${type}${describeDefault(schema)})${meaning}`;
    })
    .join("\n");
}

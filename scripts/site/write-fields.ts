import { exampleRequest } from "../../functions/contract/examples.ts";
import { capabilities } from "../../functions/domain/provider/capabilities.ts";
import { applyDefaults } from "../../functions/domain/request/apply-defaults.ts";
import { createRequestSchema } from "../../functions/domain/request/create-request.ts";
import { providers } from "../../functions/domain/values.ts";
import { describeSchema } from "./describe-schema.ts";
import { anchorOf, hasMembers, type Member, membersOf } from "./members.ts";
import { type Document, resolve } from "./openapi.ts";
import type { Page } from "./page.ts";
import { showJson } from "./show-json.ts";
import { describeAtVendor } from "./vendor-bounds.ts";

const title = "Fields of the create request";
const intro =
  "Every field of `POST /v1/vpn-connections` and of its dry run: what it means, what it may be, what counts when it is absent, and what each vendor calls it.";

/** The page of fields: from the document, with what only one vendor takes from its capabilities. */
export function writeFields(document: Document): Page {
  const schema = resolve(document, { $ref: "#/components/schemas/CreateRequest" });
  const members = membersOf(document, schema, true);
  const markdown = [
    `# ${title}`,
    intro,
    "A field that only one vendor has is refused at the other, unless it is said to be always the same there. A field in `[]` is of each item of a list. What is filled in is shown in the resource's `request`. [What differs between the vendors](/docs/vendors) has the rules between fields.",
    "The shortest request:",
    `\`\`\`json\n${showJson(exampleRequest)}\n\`\`\``,
    "## All fields",
    members
      .map(({ place, required }) => `- [\`${place}\`](#${anchorOf(place)})${required ? "" : ", optional"}`)
      .join("\n"),
    "## The request itself",
    ...members.flatMap((member) => writeMember(document, member)),
  ].join("\n\n");
  return {
    path: "/docs/fields",
    title,
    description: intro.replaceAll("`", ""),
    group: "Reference",
    short: "Request fields",
    markdown,
  };
}

function writeMember(document: Document, member: Member): string[] {
  const { place, schema, required } = member;
  const target = resolve(document, schema);
  const isHolder = hasMembers(document, member);
  const facts = [
    `${required ? requiredIn(document, place) : "Optional."} ${isHolder ? holderType(target.type) : describeSchema(target)}`,
    `Absent: ${required ? "refused" : absentOf(place)}`,
    ...providers.map((provider) => `${capabilities[provider].title}: ${atVendor(provider, place, target, isHolder)}`),
  ];
  return [
    `${isHolder ? "##" : "###"} \`${place}\` {#${anchorOf(place)}}`,
    target.description ?? schema.description ?? "",
    facts.map((fact) => `- ${fact}`).join("\n"),
  ].filter(Boolean);
}

/** A member of an object that may be absent is required only with it. */
function requiredIn(document: Document, place: string): string {
  const schema = resolve(document, { $ref: "#/components/schemas/CreateRequest" });
  const holder = place.slice(0, Math.max(place.lastIndexOf("."), 0)).replace(/\[\]$/, "");
  const above = membersOf(document, schema, true).find((member) => member.place === holder);
  return above && !above.required ? `**Required** where there is \`${holder}\`.` : "**Required.**";
}

const holderType = (type: string | string[] | undefined) => (type === "array" ? "a list of objects" : "an object");

function atVendor(
  provider: "alibaba" | "tencent",
  place: string,
  schema: { "x-alibaba"?: string | string[]; "x-tencent"?: string | string[] },
  isHolder: boolean,
): string {
  const names = [schema[`x-${provider}`] ?? []].flat();
  const called = names.map((name) => `\`${name}\``).join(", ");
  const note = describeAtVendor(provider, place);
  return [called, note].filter(Boolean).join("; ") || (isHolder ? "see its fields" : "–");
}

/** The two requests that every default is read off: with nothing that may be left out. */
const smallest = providers.map((provider) => ({
  provider,
  request: applyDefaults(createRequestSchema.parse({ ...exampleRequest, provider })),
}));

/** What counts for a field that is not there. */
function absentOf(place: string): string {
  const made: Readonly<Record<string, string>> = {
    clientToken: "the broker makes one",
    "tunnels[].preSharedKey": "the broker makes a strong one",
  };
  if (made[place] !== undefined) return made[place];
  const values = smallest.map(({ provider, request }) => ({ provider, value: valueAt(request, place) }));
  const [first, second] = values.map(({ value }) => JSON.stringify(value));
  if (values.every(({ value }) => value === undefined))
    return "nothing is sent, and the vendor's own value counts where it has one";
  if (values.some(({ value }) => typeof value === "object")) return "its fields have their defaults";
  if (first === second) return `\`${first}\``;
  return values
    .filter(({ value }) => value !== undefined)
    .map(({ provider, value }) => `\`${JSON.stringify(value)}\` at ${capabilities[provider].title}`)
    .join(", ");
}

function valueAt(request: unknown, place: string): unknown {
  return place
    .replaceAll("[]", ".0")
    .split(".")
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], request);
}

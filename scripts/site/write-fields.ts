import { exampleRequest } from "../../functions/contract/examples.ts";
import { capabilities } from "../../functions/domain/provider/capabilities.ts";
import { type ProviderName, providers } from "../../functions/domain/values.ts";
import { describeSchema } from "./describe-schema.ts";
import { anchorOf, type Member, membersOf } from "./members.ts";
import { type Document, resolve, type Schema } from "./openapi.ts";
import type { Page } from "./page.ts";
import { showJson } from "./show-json.ts";

const title = "Fields of the create request";
const intro =
  "Every field of `POST /v1/vpn-connections` and of its dry run: what it means, what it may be, what counts when it is absent, and what each vendor calls it.";

/** The page of fields, each object's own together. */
export function writeFields(document: Document): Page {
  const members = membersOf(document, { $ref: "#/components/schemas/CreateRequest" }, true);
  const holders = members.filter(({ place }) => members.some((other) => holderOf(other) === place));
  const leavesOf = (holder: string) =>
    members.filter((member) => holderOf(member) === holder && !holders.includes(member));
  const markdown = [
    `# ${title}`,
    intro,
    "`[]` means each item of a list. What is filled in for you is in the resource's `request`. A field that a vendor has no name for is refused there, unless the text says which value it takes. [What differs between the vendors](/docs/vendors) has the rules between fields.",
    "The shortest request:",
    `\`\`\`json\n${showJson(exampleRequest)}\n\`\`\``,
    "## All fields",
    members
      .map(({ place, required }) => `- [\`${place}\`](#${anchorOf(place)})${required ? "" : ", optional"}`)
      .join("\n"),
    "## The request itself",
    ...leavesOf("").flatMap((member) => writeMember(document, members, member)),
    ...holders.flatMap((holder) => [
      ...writeMember(document, members, holder, true),
      ...leavesOf(holder.place).flatMap((member) => writeMember(document, members, member)),
    ]),
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

/** The place of what holds a member; empty for the request itself. */
const holderOf = ({ place }: Member) => place.slice(0, Math.max(place.lastIndexOf("."), 0)).replace(/\[\]$/, "");

function writeMember(document: Document, members: readonly Member[], member: Member, isHolder = false): string[] {
  const { place, schema } = member;
  const facts = [
    `${neededOf(members, member)} ${isHolder ? holderType(document, schema) : describeSchema(inline(document, schema))}.`,
    ...defaultOf(schema["x-default"]),
    ...namesOf(schema),
  ];
  return [
    `${isHolder ? "##" : "###"} \`${place}\` {#${anchorOf(place)}}`,
    schema.description ?? "",
    facts.map((fact) => `- ${fact}`).join("\n"),
  ].filter(Boolean);
}

/** A member of an object that may be absent is required only with it. */
function neededOf(members: readonly Member[], member: Member): string {
  if (!member.required) return "Optional:";
  const above = members.find(({ place }) => place === holderOf(member));
  return above && !above.required ? `**Required** where there is \`${above.place}\`:` : "**Required:**";
}

/** An object, a list of them, or what else may stand there. */
function holderType(document: Document, schema: Schema): string {
  const { type, properties, anyOf, enum: values } = resolve(document, schema);
  if (anyOf && !properties) return anyOf.map((one) => holderType(document, one)).join(", or ");
  if (values) return describeSchema(inline(document, schema));
  return type === "array" ? "a list of objects" : "an object";
}

/** Closed lists have names in the document; here their values say more. */
function inline(document: Document, schema: Schema): Schema {
  const target = resolve(document, schema);
  return target.items ? { ...target, items: inline(document, target.items) } : target;
}

function defaultOf(value: Schema["x-default"]): string[] {
  if (value === undefined) return [];
  if (typeof value !== "object") return [`Default: \`${value}\``];
  const own = providers.filter((provider) => value[provider] !== undefined);
  return [
    `Default: ${own.map((provider) => `\`${String(value[provider])}\` at ${capabilities[provider].title}`).join(", ")}`,
  ];
}

/** What each vendor calls it; nothing for what is the broker's own. */
function namesOf(schema: Schema): string[] {
  const named = (provider: ProviderName) => [schema[`x-${provider}`] ?? []].flat().map((name) => `\`${name}\``);
  if (providers.every((provider) => named(provider).length === 0)) return [];
  return providers.map(
    (provider) => `${capabilities[provider].title}: ${named(provider).join(", ") || "no such parameter"}`,
  );
}

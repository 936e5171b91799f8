import { nameOf, type Schema } from "./openapi.ts";
import { codeSpan } from "./plain.ts";

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "`true` or `false`",
  object: "object",
  null: "nothing",
};

const bigNumber = new Intl.NumberFormat("en");
const show = (value: number) => (value > 9999 ? bigNumber.format(value) : String(value));

/** What a value may be, in words: type, values, bounds. Markdown. */
export function describeSchema(schema: Schema): string {
  if (schema.$ref !== undefined)
    return `[${nameOf(schema.$ref)}](/docs/schemas#${anchorOfSchema(nameOf(schema.$ref))})`;
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map(describeSchema).join(", or ");
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.type === "array") {
    const count = between(schema.minItems, schema.maxItems);
    return `list of ${count ? `${count} of: ` : ""}${schema.items ? describeSchema(schema.items) : "anything"}`;
  }
  const type = [schema.type ?? "object"]
    .flat()
    .map((one) => typeNames[one] ?? one)
    .join(" or ");
  const bounds = between(schema.minimum, schema.maximum);
  // That a text is not empty goes without saying.
  const length = schema.maxLength === undefined ? "" : between(schema.minLength, schema.maxLength);
  const most = schema.maxProperties === undefined ? "" : `of up to ${schema.maxProperties}`;
  const details = [bounds, length && `of ${length} characters`, most, formatOf(schema)].filter(Boolean);
  return [type, ...details].join(" ");
}

/** What counts when it is absent, behind what it may be; nothing where nothing is filled in. */
export function describeDefault({ default: value }: Schema): string {
  return value === undefined ? "" : `; default ${codeSpan(JSON.stringify(value).replaceAll('"', ""))}`;
}

/** A component's anchor on the page of schemas. */
export const anchorOfSchema = (name: string) => name.toLowerCase().replaceAll("_", "-");

function between(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum !== undefined && minimum === maximum) return show(minimum);
  if (minimum !== undefined && maximum !== undefined) return `${show(minimum)} to ${show(maximum)}`;
  if (minimum !== undefined) return `${show(minimum)} or more`;
  return maximum === undefined ? "" : `up to ${show(maximum)}`;
}

function formatOf({ format, pattern, enum: values }: Schema): string {
  if (format === "date-time") return "(a time)";
  if (format !== undefined) return `(${format})`;
  return pattern === undefined || values ? "" : `matching ${codeSpan(pattern)}`;
}

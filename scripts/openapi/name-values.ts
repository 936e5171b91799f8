import type { oas31 } from "zod-openapi";
import { valueLists } from "../../functions/contract/describe/value-lists.ts";

const named = new Map(Object.entries(valueLists).map(([name, { values }]) => [JSON.stringify(values), name]));

/** Puts a reference in place of each closed list of values that has a name, and makes a component of it. */
export function nameValues({ paths, webhooks, components }: oas31.OpenAPIObject): void {
  const schemas = components?.schemas ?? {};
  for (const name of Object.keys(valueLists)) delete schemas[name];
  refer([paths, webhooks, components]);
  const text = JSON.stringify([paths, webhooks, components]);
  for (const [name, { values, description, names }] of Object.entries(valueLists)) {
    if (!text.includes(`"#/components/schemas/${name}"`)) continue;
    schemas[name] = {
      type: typeof values[0] === "number" ? "integer" : "string",
      enum: [...values],
      description,
      ...(names ? { "x-enum-varnames": names } : {}),
    };
  }
}

function refer(holder: object): void {
  for (const value of Object.values(holder) as unknown[]) {
    if (typeof value !== "object" || value === null) continue;
    const name = "enum" in value ? named.get(JSON.stringify(value.enum)) : undefined;
    if (name === undefined) refer(value);
    else {
      const { type: _type, enum: _enum, ...rest } = value as oas31.SchemaObject;
      for (const key of Object.keys(value)) delete (value as Record<string, unknown>)[key];
      Object.assign(value, { $ref: `#/components/schemas/${name}`, ...rest });
    }
  }
}

import type * as z from "zod";

/** What zod-openapi shows of a schema on its way into the document. */
interface Context {
  zodSchema: z.core.$ZodType;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}

/**
 * Mends what zod says of a schema: what it leaves out (checks in code, defaults behind a transform, flags of patterns) and what
 * it says too much of. Throws for flags of a pattern, which would be lost.
 */
export function createTidier() {
  /** Those with a check in code that nothing in JSON Schema tells of. A schema with `.meta()` stands for the one before it. */
  const wordless = new Set<z.core.$ZodType>();
  return {
    override: ({ zodSchema, jsonSchema }: Context): void => {
      const { def, parent } = internals(zodSchema);
      if (def.type === "default") jsonSchema.default = (def as z.core.$ZodDefaultDef).defaultValue;
      if (def.type === "union") tidyUnion(jsonSchema);
      if (def.type === "literal" || def.type === "enum") tidyValues(jsonSchema);
      requireNoFlags(zodSchema);
      tidyText(jsonSchema);
      tidyNumber(jsonSchema);
      if (parent) wordless.delete(parent);
      if (isChecked(zodSchema) && !words.some((word) => word in jsonSchema)) wordless.add(zodSchema);
    },
    /** Throws where a check in code would be lost. */
    finish: (): void => {
      const [lost] = wordless;
      if (lost) throw new Error(`a check in code would be lost of ${internals(lost).def.type}: tell of it by .meta()`);
    },
  };
}

/** What can stand for a check in code. */
const words = ["description", "pattern", "format", "uniqueItems"];

const internals = ({ _zod: inside }: z.core.$ZodType) => inside;

const isChecked = (schema: z.core.$ZodType) =>
  internals(schema).def.checks?.some(({ _zod: { def } }) => def.check === "custom") ?? false;

/** A parameter that may be repeated is a list to the document; one alone is a list of one on the wire. */
function tidyUnion(json: z.core.JSONSchema.BaseSchema): void {
  const options = json.anyOf ?? [];
  // Beside another type: a constant makes openapi-python-client refuse every other value.
  for (const option of options) {
    if (typeof option !== "object" || typeof option.const !== "string") continue;
    option.enum = [option.const];
    delete option.const;
  }
  const list = options.find((option) => typeof option === "object" && option.type === "array");
  const alone = options.find((option) => option !== list);
  if (options.length !== 2 || typeof list !== "object" || JSON.stringify(list.items) !== JSON.stringify(alone)) return;
  delete json.anyOf;
  Object.assign(json, list);
}

/** Values of several types, which generators of clients refuse in one list, are alternatives. */
function tidyValues(json: z.core.JSONSchema.BaseSchema): void {
  const texts = json.enum?.filter((value) => typeof value === "string") ?? [];
  const numbers = json.enum?.filter((value) => typeof value === "number") ?? [];
  if (numbers.length > 0 && numbers.every(Number.isInteger)) json.type = "integer";
  if (texts.length === 0 || numbers.length === 0) return;
  delete json.enum;
  delete json.type;
  json.oneOf = [
    { type: "integer", enum: numbers },
    { type: "string", enum: texts },
  ];
}

function requireNoFlags(schema: z.core.$ZodType): void {
  const { def } = internals(schema);
  const defs: object[] = [def, ...(def.checks ?? []).map(({ _zod: { def: check } }) => check)];
  for (const one of defs) {
    const pattern = "pattern" in one ? one.pattern : undefined;
    if (pattern instanceof RegExp && /[^u]/.test(pattern.flags))
      throw new Error(`the flags of ${pattern} would be lost`);
  }
}

function tidyText(json: z.core.JSONSchema.BaseSchema): void {
  if (json.format === "date-time") delete json.pattern;
  // Classes by property are not in every language's patterns.
  if (json.pattern?.includes("\\p{")) delete json.pattern;
  const rest = json.allOf?.filter((part) => typeof part !== "object" || !part.pattern?.includes("\\p{"));
  if (rest && rest.length < (json.allOf?.length ?? 0)) {
    delete json.allOf;
    const [only, ...more] = rest;
    if (only && more.length === 0) Object.assign(json, only);
    else if (only) json.allOf = rest;
  }
  if (json.type === "integer" || json.type === "number") delete json.pattern;
}

function tidyNumber(json: z.core.JSONSchema.BaseSchema): void {
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
}

import type { oas31 } from "zod-openapi";
import { queryParameters } from "../../functions/contract/describe/query-parameters.ts";
import type { RouteContract } from "../../functions/contract/route.ts";

/** Puts in what a schema does not say of a parameter: in words what it means, and the example of the route. */
export function describeParameters(parameters: readonly oas31.ParameterObject[], { examples }: RouteContract): void {
  for (const parameter of parameters) {
    if (parameter.in !== "query") {
      moveUp(parameter);
      continue;
    }
    const description = queryParameters[parameter.name];
    if (!description) throw new Error(`describe/query-parameters.ts says nothing of ${parameter.name}`);
    parameter.description = description;
    const schema = parameter.schema as oas31.SchemaObject | undefined;
    if (schema) delete schema.description;
    const example = examples.query?.[parameter.name];
    if (example !== undefined) parameter.example = toTyped(example, schema?.type);
  }
}

/** What is said of a schema that only this parameter has is said of the parameter. */
function moveUp(parameter: oas31.ParameterObject): void {
  const { description, example, ...schema } = (parameter.schema ?? {}) as oas31.SchemaObject;
  Object.assign(parameter, { description, example, schema });
}

/** A parameter as its type has it, from its text. */
function toTyped(text: string, type: oas31.SchemaObject["type"]): unknown {
  if (type === "integer" || type === "number") return Number(text);
  return type === "array" ? [text] : text;
}

import { VendorProblem } from "../rules.ts";

/** Decoded parameters in Alibaba's flat wire form, such as `Tags.1.Key`. */
export type Parameters = Readonly<Record<string, string>>;

/** The parameter, or the platform's `Missing…` error; an empty one counts as missing. */
export function required(parameters: Parameters, name: string): string {
  const value = optional(parameters, name);
  if (value !== undefined) return value;
  throw new VendorProblem({ code: `Missing${name}`, detail: `${name} is mandatory for this action.` });
}

/** The parameter, or undefined when it is absent or empty. */
export function optional(parameters: Parameters, name: string): string | undefined {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return value === "" ? undefined : value;
}

/** A boolean parameter; the platform takes `true` and `false` in any case. */
export function flag(parameters: Parameters, name: string): boolean | undefined {
  const value = optional(parameters, name)?.toLowerCase();
  if (value === undefined || value === "true" || value === "false") {
    return value === undefined ? undefined : value === "true";
  }
  throw invalid(name);
}

/** A whole number within bounds; `fallback` when it is absent. */
export function integer(
  parameters: Parameters,
  name: string,
  { from, to, fallback }: { from: number; to: number; fallback: number },
): number {
  const value = Number(optional(parameters, name) ?? fallback);
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw invalid(name);
}

/** A parameter that is a JSON object of plain values in text form, like `IkeConfig`. */
export function jsonObject(parameters: Parameters, name: string, code = `IllegalParam.${name}`): Parameters {
  const text = optional(parameters, name);
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError();
    const members = Object.entries(value).filter(([, member]) => member !== null);
    return Object.fromEntries(members.map(([key, member]) => [key, String(member)]));
  } catch {
    throw new VendorProblem({ code, detail: `The specified ${name} is invalid.` });
  }
}

/** The parameters under a dotted prefix, the prefix taken off. */
export function nested(parameters: Parameters, prefix: string): Parameters {
  return Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => name.startsWith(`${prefix}.`))
      .map(([name, value]) => [name.slice(prefix.length + 1), value]),
  );
}

/** The members of a list such as `Tags.1.Key`, `Tags.2.Key`, in the order of their numbers. */
export function list(parameters: Parameters, name: string): Parameters[] {
  const numbers = new Set(Object.keys(nested(parameters, name)).map((key) => Number(key.split(".", 1)[0])));
  return [...numbers]
    .filter((number) => Number.isInteger(number) && number > 0)
    .toSorted((a, b) => a - b)
    .map((number) => nested(parameters, `${name}.${number}`));
}

/** The values of `Name.1`, `Name.2` … */
export function values(parameters: Parameters, name: string): string[] {
  return Object.entries(parameters)
    .filter(([key]) => new RegExp(`^${name}\\.\\d+$`).test(key))
    .map(([, value]) => value);
}

function invalid(name: string): VendorProblem {
  return new VendorProblem({
    code: `InvalidParameter.${name}`,
    detail: `The specified parameter ${name} is invalid.`,
  });
}

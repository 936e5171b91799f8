/** JSON as it is written: names may come twice, and values need not be ones that a program could hold. */
export interface JsonNode {
  /** As a member of an object; not used elsewhere. */
  name: string;
  kind: "value" | "odd" | "array" | "object";
  /** Of a value as it is written; an odd one may be none. */
  text: string;
  parts: JsonNode[];
}

export const oddNode = (name: string, text: string): JsonNode => ({ name, kind: "odd", text, parts: [] });

export function toNode(value: unknown, name = ""): JsonNode {
  if (typeof value !== "object" || value === null) {
    return { name, kind: "value", text: JSON.stringify(value), parts: [] };
  }
  const parts = Object.entries(value).map(([member, part]) => toNode(part, member));
  return { name, kind: Array.isArray(value) ? "array" : "object", text: "", parts };
}

export function print({ kind, text, parts }: JsonNode): string {
  if (kind === "array") return `[${parts.map(print).join(",")}]`;
  if (kind === "object") return `{${parts.map((part) => `${JSON.stringify(part.name)}:${print(part)}`).join(",")}}`;
  return text;
}

/** Every place in a list of nodes and below, from the outside in. */
export function listPlaces(parts: JsonNode[]): { among: JsonNode[]; index: number }[] {
  return parts.flatMap((part, index) => [{ among: parts, index }, ...listPlaces(part.parts)]);
}

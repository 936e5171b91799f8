import { type Arbitrary, array, constantFrom, nat, record, tuple } from "fast-check";
import { type JsonNode, listPlaces, oddNode, print, toNode } from "./json-node.ts";
import { oddName, oddValue } from "./odd-texts.ts";

/** Changes one part of a document; `name` and `text` are for what comes in. */
type Change = (among: JsonNode[], index: number, incoming: { name: string; text: string }) => void;

const changes: Record<string, Change> = {
  replace: (among, index, { text }) => among.splice(index, 1, oddNode(among[index]?.name ?? "", text)),
  remove: (among, index) => among.splice(index, 1),
  add: (among, index, { name, text }) => among.splice(index, 0, oddNode(name, text)),
  /** A member of the same name, after the first or before it. */
  double: (among, index, { text }) => {
    among.splice(index + (text.length % 2), 0, oddNode(among[index]?.name ?? "", text));
  },
  rename: (among, index, { name }) => {
    const part = among[index];
    if (part) among[index] = { ...part, name };
  },
  wrap: (among, index) => {
    const part = among[index];
    if (part) among[index] = { name: part.name, kind: "array", text: "", parts: [part] };
  },
  /** Many more than a list takes. */
  repeat: (among, index) => {
    const part = among[index];
    if (part) among.splice(index, 0, ...Array.from({ length: 60 }, () => part));
  },
  /** A number one further or negative, a text of another case or with a space. */
  nudge: (among, index, { name }) => {
    const part = among[index];
    if (!part || part.kind !== "value") return;
    const value: unknown = JSON.parse(part.text);
    const sign = name.length % 2 === 0 ? 1 : -1;
    if (typeof value === "number") among[index] = { ...part, text: String(sign * value + sign) };
    if (typeof value === "boolean") among[index] = { ...part, text: String(!value) };
    if (typeof value === "string") {
      among[index] = { ...part, text: JSON.stringify(sign > 0 ? `${value} ` : value.toUpperCase()) };
    }
  },
};

const mutation = record({
  kind: constantFrom(...Object.keys(changes)),
  place: nat(200),
  name: oddName,
  text: oddValue,
});

/** A document that is nearly a valid one: as JSON text, with one to three changes somewhere in it. */
export function nearly(valid: Arbitrary<object>): Arbitrary<string> {
  return tuple(valid, array(mutation, { minLength: 1, maxLength: 3 })).map(([value, mutations]) => {
    const root = [toNode(value)];
    for (const { kind, place, name, text } of mutations) {
      const places = listPlaces(root);
      const chosen = places[place % places.length];
      if (chosen) changes[kind]?.(chosen.among, chosen.index, { name, text });
    }
    return root.map(print).join("");
  });
}

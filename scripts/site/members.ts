import { type Document, resolve, type Schema } from "./openapi.ts";

/** One member of an object, with its place: `tunnels[].ike.version`. */
export interface Member {
  place: string;
  schema: Schema;
  required: boolean;
}

/**
 * Every member of a schema, those of members too, each after what holds it. With `follow` also through references; otherwise
 * what has a name of its own is left to its own list.
 */
export function membersOf(document: Document, schema: Schema, follow: boolean, place = ""): Member[] {
  const options = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const found = options.flatMap((option) => {
    const holder = follow || place === "" ? resolve(document, option) : option;
    return [
      ...Object.entries(holder.properties ?? {}).flatMap(([name, member]): Member[] => {
        const here = place === "" ? name : `${place}.${name}`;
        const required = holder.required?.includes(name) ?? false;
        return [{ place: here, schema: member, required }, ...membersOf(document, member, follow, here)];
      }),
      ...(holder.items ? membersOf(document, holder.items, follow, `${place}[]`) : []),
    ];
  });
  // Alternatives of one object have members in common.
  return found.filter(({ place: here }, index) => found.findIndex((other) => other.place === here) === index);
}

/** The anchor of a member: `tunnels[].ike.version` → `tunnels-ike-version`. */
export const anchorOf = (place: string) => place.replaceAll("[]", "").replaceAll(".", "-");

import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/*
 * Takes the place of `@aws-sdk/util-dynamodb` in the bundle of the long runs: most of a record is as it was when it is written
 * again, and is not made anew. A test holds the two together. What is read is frozen, so that no invocation changes what
 * another one sees.
 */

const wires = new WeakMap<object, AttributeValue>();
const natives = new WeakMap<AttributeValue, object>();

function toAttribute(value: unknown): AttributeValue {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  if (typeof value === "object") return toNested(value);
  throw new TypeError(`DynamoDB has no ${typeof value}`);
}

function toNested(value: object): AttributeValue {
  const known = wires.get(value);
  if (known) return known;
  const made: AttributeValue = Array.isArray(value)
    ? { L: value.filter((member) => member !== undefined).map(toAttribute) }
    : { M: marshall(value) };
  wires.set(Object.freeze(value), made);
  natives.set(made, value);
  return made;
}

/** The attributes of an object, without those that are undefined. */
export function marshall(value: object): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const name of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined) attributes[name] = toAttribute(member);
  }
  return attributes;
}

function toNative(attribute: AttributeValue): unknown {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.N !== undefined) return Number(attribute.N);
  if (attribute.BOOL !== undefined) return attribute.BOOL;
  if (attribute.NULL !== undefined) return null;
  const known = natives.get(attribute);
  if (known) return known;
  const made = Object.freeze(attribute.L ? attribute.L.map(toNative) : unmarshall(attribute.M ?? {}));
  natives.set(attribute, made);
  wires.set(made, attribute);
  return made;
}

export function unmarshall(attributes: Record<string, AttributeValue>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, attribute] of Object.entries(attributes)) values[name] = toNative(attribute);
  return values;
}

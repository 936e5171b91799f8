import type { StateMachineDefinition } from "aws-local-stepfunctions";

type Json = string | number | boolean | null | Json[] | { [member: string]: Json };

/** Fields of Amazon States Language that hold a duration which the local stack may shorten; timeouts stay. */
const durations = new Set(["IntervalSeconds", "MaxDelaySeconds", "Seconds"]);

/** A definition with every duration of its waits and retries multiplied. */
export function scaleDurations(definition: StateMachineDefinition, scale: number): StateMachineDefinition {
  return scaled(definition as unknown as Json, scale) as unknown as StateMachineDefinition;
}

function scaled(value: Json, scale: number): Json {
  if (Array.isArray(value)) return value.map((item) => scaled(item, scale));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [
      member,
      durations.has(member) && typeof inner === "number" ? inner * scale : scaled(inner, scale),
    ]),
  );
}

/** Puts values in the places of `${Name}`, as CloudFormation's DefinitionSubstitutions do. */
export function substitute(definition: string, values: Readonly<Record<string, string>>): string {
  return definition.replaceAll(/\$\{(\w+)\}/g, (_place, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the definition names ${name}, for which there is no value`);
    return value;
  });
}

import type { AttributeValue } from "@aws-sdk/client-dynamodb";

export type Item = Record<string, AttributeValue>;
type Values = Record<string, AttributeValue> | undefined;

/** What the simulation cannot play. It must never pass for a fault of the code under test. */
export class SimulationGap extends Error {
  override readonly name = "SimulationGap";
}

function scalar(value: AttributeValue | undefined): string | number | undefined {
  if (value?.S !== undefined) return value.S;
  return value?.N === undefined ? undefined : Number(value.N);
}

function compare(operator: string, left: string | number | undefined, right: string | number | undefined): boolean {
  if (left === undefined || right === undefined || typeof left !== typeof right) return false;
  switch (operator) {
    case "=":
      return left === right;
    case "<>":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      throw new SimulationGap(`the table knows no operator ${operator}`);
  }
}

function holds(atom: string, item: Item | undefined, values: Values): boolean {
  const value = (name = "") => {
    const found = values?.[name];
    if (!found) throw new SimulationGap(`there is no value for ${name}`);
    return scalar(found);
  };
  const exists = /^attribute_(not_)?exists\((\w+)\)$/.exec(atom);
  if (exists) return (item?.[exists[2] ?? ""] === undefined) === (exists[1] !== undefined);
  const begins = /^begins_with\((\w+), (:\w+)\)$/.exec(atom);
  if (begins) return String(scalar(item?.[begins[1] ?? ""]) ?? "").startsWith(String(value(begins[2])));
  const between = /^(\w+) BETWEEN (:\w+) AND (:\w+)$/.exec(atom);
  if (between) {
    const found = scalar(item?.[between[1] ?? ""]);
    return compare(">=", found, value(between[2])) && compare("<=", found, value(between[3]));
  }
  const comparison = /^(\w+) (=|<>|<=|>=|<|>) (:\w+)$/.exec(atom);
  if (comparison) return compare(comparison[2] ?? "", scalar(item?.[comparison[1] ?? ""]), value(comparison[3]));
  throw new SimulationGap(`the table knows no condition ${atom}`);
}

/** The part of DynamoDB's expressions that the broker uses: comparisons, joined by AND within OR. */
export function evaluate(expression: string, item: Item | undefined, values: Values): boolean {
  return expression
    .split(" OR ")
    .some((alternative) => alternative.split(/(?<!BETWEEN :\w+) AND /).every((atom) => holds(atom, item, values)));
}

/** What the SDK calls it, such as `GetItem`; a bundle puts a number behind a class whose name is there twice. */
export function commandName(command: object): string {
  return command.constructor.name.replace(/Command\d*$/, "");
}

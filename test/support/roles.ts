import { readFileSync } from "node:fs";
import { parse } from "yaml";

interface Statement {
  Effect: string;
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

type Roles = Record<string, { Properties: { Policies: [{ PolicyDocument: { Statement: Statement[] } }] } }>;

const read = (name: string): unknown =>
  // Tags of CloudFormation are left out, so that a reference reads as its name.
  parse(readFileSync(new URL(`../../infra/${name}`, import.meta.url), "utf8"), { merge: true, logLevel: "silent" });

/** The role of each function, by the function's name. */
export function readFunctionRoles(): Record<string, readonly Statement[]> {
  const functions = read("functions.yml") as Record<string, { role: string }>;
  const roles = read("roles.yml") as Roles;
  return Object.fromEntries(
    Object.entries(functions).map(([name, { role }]) => {
      const found = roles[role.replace(/Role$/, "")];
      if (!found) throw new Error(`${name} has no role`);
      return [name, found.Properties.Policies[0].PolicyDocument.Statement] as const;
    }),
  );
}

/**
 * Whether IAM lets a call to the table through, as the documents of IAM have it: what nothing allows is refused. Knows the
 * conditions that roles have today, and throws for others. `keys` are the partition keys that the call names.
 */
export function mayCall(role: readonly Statement[], action: string, keys: readonly string[]): boolean {
  return role.some((statement) => {
    if (statement.Effect !== "Allow") throw new Error("only what allows is known here");
    if (!statement.Action.includes(`dynamodb:${action}`)) return false;
    return Object.entries(statement.Condition ?? {}).every(([operator, values]) =>
      Object.entries(values).every(([name, value]) => holds(operator, name, [value].flat(), keys)),
    );
  });
}

function holds(operator: string, name: string, values: readonly string[], keys: readonly string[]): boolean {
  if (name !== "dynamodb:LeadingKeys") throw new Error(`${name} is not known here`);
  const isLike = (key: string) => values.some((pattern) => toExpression(pattern).test(key));
  switch (operator) {
    case "Null":
      return values.includes(String(keys.length === 0));
    case "ForAllValues:StringLike":
      return keys.every(isLike);
    case "ForAllValues:StringNotLike":
      return !keys.some(isLike);
    default:
      throw new Error(`${operator} is not known here`);
  }
}

/** `*` is any text and `?` any character, as in every pattern of IAM. */
function toExpression(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}

import type { Condition } from "./table.ts";

/*
 * What most items live by:
 *
 *   absent --- isNew ----> version 1 --- isUnchanged ----> version n+1 ---| …
 */
export const isNew: Condition = { expression: "attribute_not_exists(pk)" };

export const isUnchanged = (version: number): Condition => ({
  expression: "version = :version",
  values: { ":version": version },
});

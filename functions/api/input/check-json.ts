import type { Flaw } from "../../domain/errors.ts";
import { toPointer } from "../../domain/json-pointer.ts";

/** A valid create request has 4 levels. */
const maxDepth = 16;

interface Container {
  /** Names met so far; absent in an array. */
  names?: Set<string>;
  /** The member or the place that is being read. */
  at: string | number;
}

/**
 * What is wrong with a JSON text that parsing does not show: a member that stands twice, of which parsers keep the last; one
 * below the top that is called `__proto__`, which the schema library loses where names are free; more levels than anything
 * we take. Takes a text that JSON.parse took.
 */
export function checkJson(text: string): Flaw[] {
  const flaws: Flaw[] = [];
  const open: Container[] = [];
  const token = /"(?:[^"\\]|\\.)*"(?=(\s*:)?)|[{}[\],]/g;
  for (const [lexeme, colon] of text.matchAll(token)) {
    const inside = open.at(-1);
    if (lexeme === "{" || lexeme === "[") {
      open.push(lexeme === "{" ? { names: new Set(), at: "" } : { at: 0 });
      if (open.length > maxDepth) return [{ pointer: "", detail: `is nested more than ${maxDepth} levels deep` }];
    } else if (lexeme === "}" || lexeme === "]") {
      open.pop();
    } else if (lexeme === ",") {
      if (typeof inside?.at === "number") inside.at += 1;
    } else if (colon && inside?.names) {
      const name = JSON.parse(lexeme) as string;
      inside.at = name;
      const lost = name === "__proto__" && open.length > 1;
      const detail = inside.names.has(name) ? "stands twice" : lost ? "is not a known field" : undefined;
      if (detail) flaws.push({ pointer: toPointer(open.map(({ at }) => at)), detail });
      inside.names.add(name);
    }
  }
  return flaws;
}

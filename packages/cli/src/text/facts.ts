import type { Look } from "./look.ts";
import { plain } from "./plain.ts";
import { pad, widthOf, wrap } from "./width.ts";

/** How many columns a value needs to be read with ease. */
const least = 16;

/** Names and values, one pair a line; on a terminal below each other, in as many lines as a value takes. */
export function toFacts(
  pairs: readonly (readonly [name: string, value: string | undefined])[],
  { isTerminal, columns }: Pick<Look, "isTerminal" | "columns">,
): string {
  const told = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  if (!isTerminal) return told.map(([name, value]) => `${name}\t${plain(value)}`).join("\n");
  const width = Math.max(0, ...told.map(([name]) => widthOf(name)));
  const room = columns - width - 2;
  const lines = told.flatMap(([name, value]) => {
    // Beside the names there would be too little.
    if (room < least) return [...wrap(name, columns), ...wrap(plain(value), columns - 2).map((line) => `  ${line}`)];
    return wrap(plain(value), room).map((line, index) => `${pad(index === 0 ? name : "", width)}  ${line}`);
  });
  return lines.join("\n");
}

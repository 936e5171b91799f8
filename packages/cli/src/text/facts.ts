import type { Look } from "./look.ts";
import { plain } from "./plain.ts";
import { pad, widthOf, wrap } from "./width.ts";

/** Names and values, one pair a line; on a terminal below each other, in as many lines as a value takes. */
export function toFacts(
  pairs: readonly (readonly [name: string, value: string | undefined])[],
  { isTerminal, columns }: Pick<Look, "isTerminal" | "columns">,
): string {
  const told = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  if (!isTerminal) return told.map(([name, value]) => `${name}\t${plain(value)}`).join("\n");
  const width = Math.max(0, ...told.map(([name]) => widthOf(name)));
  return told
    .flatMap(([name, value]) => {
      const lines = wrap(plain(value), Math.max(20, columns - width - 2));
      return lines.map((line, index) => `${pad(index === 0 ? name : "", width)}  ${line}`);
    })
    .join("\n");
}

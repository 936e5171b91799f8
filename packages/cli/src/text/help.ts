import type { Session } from "../session.ts";
import { wrap } from "./width.ts";

const widest = 110;

/** What stands below a command's options: paragraphs in the room there is; examples, which are indented, as they are. */
export function toHelp({ stdout }: Pick<Session, "stdout">, text: string): string {
  const columns = Math.min(stdout.columns, widest);
  const blocks = text.trim().split("\n\n");
  return blocks
    .map((block) => `\n${isExample(block) ? block : wrap(block.replaceAll("\n", " "), columns).join("\n")}`)
    .join("\n");
}

const isExample = (block: string) => block.startsWith("  ");

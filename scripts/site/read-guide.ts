import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { type Guide, guides } from "./guides.ts";
import type { Page } from "./page.ts";

/** A page from its source: samples put in, links to other sources turned into links to their pages. Throws for a sample that is not there, or empty. */
export function readGuide(root: string, { source, path, group, short, parts }: Guide): Page {
  const folder = posix.dirname(source);
  const read = (name: string) => readFileSync(join(root, folder, name), "utf8").trimEnd();
  const text = keepParts(read(posix.basename(source)), parts)
    // The formatter puts an empty line into an empty block.
    .replaceAll(/^```(\w+) file=(\S+)\n\s*```$/gm, (_, language: string, name: string) => {
      const sample = read(name);
      if (sample === "") throw new Error(`${source} includes ${name}, which is empty`);
      return `\`\`\`${language} title=${posix.basename(name)}\n${sample}\n\`\`\``;
    })
    .replaceAll(/\]\((?!\/|#|https?:)([^)#\s]+)(#[^)\s]*)?\)/g, (_, to: string, anchor = "") => {
      const target = guides.find((guide) => guide.source === posix.join(folder, to));
      if (!target) throw new Error(`${source} has a link to ${to}, which is no page of the docs`);
      return `](${target.path}${String(anchor)})`;
    });
  const [, hollow] = /^(```.*)\n\s*```$/m.exec(text) ?? [];
  if (hollow !== undefined) throw new Error(`${source} has a block without anything in it: ${hollow}`);
  const [, title, intro] = /^# (.+)\n+((?:.+\n)+)/.exec(`${text}\n`) ?? [];
  if (title === undefined || intro === undefined) throw new Error(`${source} begins with no heading and paragraph`);
  return { path, title, description: toPlain(intro), group, markdown: text, ...(short === undefined ? {} : { short }) };
}

/** The beginning, and those of its second-level parts that are named. */
function keepParts(text: string, parts: readonly string[] | undefined): string {
  if (!parts) return text;
  const [beginning = "", ...rest] = text.split(/^(?=## )/m);
  const kept = parts.map((part) => {
    const found = rest.find((one) => one.startsWith(`## ${part}\n`));
    if (found === undefined) throw new Error(`there is no part ${part}`);
    return found;
  });
  // Where something is in the code is nothing to callers.
  return [beginning, ...kept].join("").replaceAll(/\s+\(`functions\/[^`]*`\)/g, "");
}

/** A paragraph's words. */
function toPlain(paragraph: string): string {
  return paragraph
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[`*]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

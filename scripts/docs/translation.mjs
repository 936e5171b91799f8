// Holds a translation, `NAME.zh-CN.md`, against `NAME.md` beside it: shape, blocks, names and links are the same, and it was
// looked at since the original changed.
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { readPieces } from "./pieces.mjs";

const suffix = ".zh-CN.md";

/** The file that this one translates. */
export function originalOf(file) {
  return file.endsWith(suffix) ? `${file.slice(0, -suffix.length)}.md` : undefined;
}

/** Answers `[{at, flaw}]`, lines of the translation. `file` is the original's. */
export function checkTranslation(original, translation, file) {
  const wrong = compareShape(original, translation, basename(file));
  if (wrong) return [wrong];
  const names = compareNames(original, translation, file);
  if (names.length > 0) return names;
  const mark = `<!-- ${basename(file)} ${hashOf(original)} -->`;
  if (translation.includes(mark)) return [];
  const flaw = `${basename(file)} has changed: translate what is new, and then have "${mark}" here`;
  return [{ at: translation.trimEnd().split("\n").length, flaw }];
}

function hashOf(text) {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex").slice(0, 12);
}

/** The first place where headings, list items and blocks differ; after it nothing can be compared. */
function compareShape(original, translation, name) {
  const [wanted, found] = [readShape(original), readShape(translation)];
  const first = Array.from({ length: Math.max(wanted.length, found.length) }).findIndex(
    (_, index) => wanted[index]?.shape !== found[index]?.shape,
  );
  if (first === -1) return undefined;
  const [want, have] = [wanted[first], found[first]];
  const at = have?.at ?? translation.trimEnd().split("\n").length;
  return { at, flaw: want ? `does not go with line ${want.at} of ${name}` : `is more than ${name} has` };
}

/** Headings with their level, list items with their depth, and blocks line by line, in order. */
function readShape(text) {
  let fenced = false;
  return text.split("\n").flatMap((line, index) => {
    const fence = /^\s*```/.test(line);
    const inside = fenced;
    if (fence) fenced = !fenced;
    const shape = fence || inside ? line : /^(#+ |\s*(?:[-*]|\d+\.) )/.exec(line)?.[1];
    return shape === undefined ? [] : [{ at: index + 1, shape }];
  });
}

/** What is named in code or linked to, section by section, in any order: sentences are built differently. */
function compareNames(original, translation, file) {
  const [wanted, found] = [readNames(original, file), readNames(translation, file)];
  return wanted.flatMap(({ names }, index) => {
    const { at, names: have } = found[index];
    const missing = [...names].filter((name) => !have.has(name)).map((name) => `lacks ${name}`);
    const extra = [...have].filter((name) => !names.has(name)).map((name) => `has ${name}`);
    return [...missing, ...extra].map((what) => ({ at, flaw: `the section ${what}, unlike ${basename(file)}` }));
  });
}

function readNames(text, file) {
  const sections = [{ at: 1, names: new Set() }];
  const starts = readShape(text).filter(({ shape }) => shape.startsWith("#"));
  sections.push(...starts.map(({ at }) => ({ at, names: new Set() })));
  const each = new Set([basename(file), basename(file).replace(/\.md$/, suffix)]);
  for (const { kind, text: name, at } of readPieces(text)) {
    if (kind === "block" || (kind === "link" && each.has(name))) continue;
    sections.findLast((section) => section.at <= at).names.add(kind === "link" ? `a link to ${name}` : `\`${name}\``);
  }
  return sections;
}

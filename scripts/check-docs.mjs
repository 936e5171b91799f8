// Holds what the documents name (paths, links, commands, variables, routes) against the code, translations against what
// they translate, and lines to 160 columns.
// `node scripts/check-docs.mjs FILE…` looks at these instead of the project's own.
import { existsSync, readFileSync } from "node:fs";
import { join, posix, relative, resolve, sep } from "node:path";
import { checkCommands, checkLink, checkPaths, checkRoutes, checkVariables } from "./docs/checks.mjs";
import { readFacts } from "./docs/facts.mjs";
import { readPieces } from "./docs/pieces.mjs";
import { checkTranslation, originalOf } from "./docs/translation.mjs";

const maxColumns = 160;
const root = resolve(import.meta.dirname, "..");
const facts = readFacts(root);
const own = [...facts.paths].filter((path) => path.endsWith(".md")).map((path) => join(root, path));
const given = process.argv.slice(2).map((path) => resolve(path));

const flaws = (given.length > 0 ? given : own).flatMap(checkFile);
if (given.length === 0) flaws.push(...checkComplete());
for (const flaw of flaws) console.log(flaw);
console.log(`${flaws.length} flaws in ${(given.length > 0 ? given : own).length} documents`);
process.exitCode = flaws.length === 0 ? 0 : 1;

function checkFile(file) {
  const text = readFileSync(file, "utf8");
  const name = relative(root, file).split(sep).join("/");
  const say = (at, flaw) => `${name}:${at}: ${flaw}`;
  const wide = text
    .split("\n")
    .flatMap((line, index) =>
      [...line].length > maxColumns ? [say(index + 1, `is wider than ${maxColumns} columns`)] : [],
    );
  // It tells what was, too.
  if (name === "CHANGELOG.md") return wide;
  const assigned = new Set([...text.matchAll(/(?:^|[ (])([A-Z][A-Z0-9_]*)=/gm)].map(([, variable]) => variable));
  const context = { ...facts, file, assigned, folder: posix.dirname(name) };
  const checks = [checkLink, checkPaths, checkCommands, checkVariables, checkRoutes];
  const wrong = readPieces(text).flatMap((piece) =>
    checks.flatMap((check) => check(piece, context)).map((flaw) => say(piece.at, flaw)),
  );
  const original = originalOf(file);
  const apart = original ? checkTranslation(readFileSync(original, "utf8"), text, original) : [];
  return [...wide, ...new Set(wrong), ...apart.map(({ at, flaw }) => say(at, flaw))];
}

/** A variable, a command or a suite that no page tells of is a gap; the docs site makes a page of each route. */
function checkComplete() {
  const page = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "");
  const configuration = page("docs/configuration.md");
  const contributing = page("CONTRIBUTING.md");
  const commands = `${page("README.md")}\n${contributing}`;
  const suites = new Set([...facts.paths].flatMap((path) => /^test\/[^/]+(?=\/)/.exec(path) ?? []));
  return [
    ...[...facts.variables]
      .filter((name) => !configuration.includes(`\`${name}\``))
      .map((name) => `docs/configuration.md: says nothing of ${name}`),
    ...[...facts.scripts]
      .filter((name) => !new RegExp(`\\bnpm (?:run )?${name}(?![\\w-])`).test(commands))
      .map((name) => `README.md, CONTRIBUTING.md: say nothing of npm run ${name}`),
    ...[...suites]
      .filter((suite) => !contributing.includes(`\`${suite}\``))
      .map((suite) => `CONTRIBUTING.md: says nothing of ${suite}`),
  ];
}

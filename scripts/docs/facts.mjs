// What the documents may name: read from the code, never listed by hand.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ignored = new Set([".git", ".local", ".serverless", "dist", "node_modules"]);

export function readFacts(root) {
  const read = (...path) => readFileSync(join(root, ...path), "utf8");
  const list = (folder) => readdirSync(join(root, folder)).map((name) => read(folder, name));
  const { folders, paths } = walk(root);
  return {
    root,
    folders,
    paths,
    scripts: new Set(Object.keys(JSON.parse(read("package.json")).scripts)),
    commands: readCommands(read, list),
    variables: new Set(
      find(read("functions/entries/config.ts"), /[\s{]([A-Z][A-Z0-9_]{2,}): (?:text|url|z\b|fingerprintKeys)/g),
    ),
    routes: [...readRoutes(list("functions/contract/routes")), ...readControlRoutes(read), ...readPages(root)],
  };
}

/** Every file and folder, relative to the root, with slashes; and the names of the folders in it. */
function walk(root) {
  const paths = new Set();
  const visit = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (ignored.has(entry.name)) continue;
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      paths.add(path);
      if (entry.isDirectory()) visit(path);
    }
  };
  visit("");
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return { paths, folders: new Set(folders.map(({ name }) => name).filter((name) => !ignored.has(name))) };
}

const find = (text, pattern) => [...text.matchAll(pattern)].map(([, first]) => first);

/** The commands of the command line by their whole names, "" for what all have: their options, and whether they do something. */
function readCommands(read, list) {
  const program = read("packages/cli/src/program.ts");
  const commands = new Map([["", { options: new Set([...readOptions(program), "help", "version"]), runs: false }]]);
  const add = (name, source) =>
    commands.set(name, { options: new Set(readOptions(source)), runs: source.includes(".action(") });
  for (const name of find(program, /^ {4}"?([a-z-]+)"?: \["/gm)) {
    add(name, name === "admin" ? "" : read(`packages/cli/src/commands/${name}.ts`));
  }
  for (const source of list("packages/cli/src/admin")) {
    // Each is said of the variable that holds its parent, or at once of the one before it.
    const said = [...source.matchAll(/(?:(?:const (\w+) = )?\b(\w+)|\))\s*\.command\("([a-z-]+)"\)/g)];
    const names = new Map([["admin", "admin"]]);
    let name = "admin";
    for (const [index, { 1: variable, 2: parent, 3: own, index: start }] of said.entries()) {
      name = `${parent === undefined ? name : names.get(parent)} ${own}`;
      if (variable) names.set(variable, name);
      add(name, source.slice(start, said[index + 1]?.index));
    }
  }
  return commands;
}

const readOptions = (source) => find(source, /option\(\s*"(?:-\w, )?--([a-z-]+)/gi);

function readRoutes(files) {
  const declared = files.flatMap((text) => [...text.matchAll(/method: "([A-Z]+)",\s+path: "([^"]+)"/g)]);
  return declared.map(([, method, path]) => ({ method, path }));
}

/** Of the docs site: those that people write, and those that are made. */
function readPages(root) {
  const names = (folder, ending) => readdirSync(join(root, folder)).filter((name) => name.endsWith(ending));
  const written = names("docs/site", ".md").map((name) => `/docs/${name.slice(0, -3)}`);
  const sources = names("scripts/site", ".ts").map((name) => readFileSync(join(root, "scripts/site", name), "utf8"));
  const made = find(sources.join("\n"), /path: "(\/docs[^"]*)"/g);
  return [...written, ...made, "/docs"].map((path) => ({ method: "GET", path }));
}

/** Of the simulators. */
function readControlRoutes(read) {
  const declared = read("packages/simulators/src/control-api.ts").matchAll(/app\.(get|put|post|delete)\("([^"]+)"/g);
  return [...declared].map(([, method, path]) => ({ method: method.toUpperCase(), path: `/__control${path}` }));
}

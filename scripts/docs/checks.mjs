// Each check takes one piece of a document and answers what it names that is not there.
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { readAnchors } from "./pieces.mjs";

/** Files that the broker, or whoever follows a page, makes at run time. */
const madeLater = new Set([
  "secrets.json",
  "request.json",
  "connection.json",
  "my-first.json",
  "admin-key.json",
  "serverless.json",
]);

/** Variables that other programs read. */
const readElsewhere = new Map([
  ["AWS_REGION", "the AWS SDK"],
  ["AWS_DEFAULT_REGION", "the AWS command line"],
  ["AWS_PROFILE", "the AWS SDK"],
  ["CLIENT_RUNS", "test/chaos/client-faults.test.ts"],
  ["CLIENT_SEED", "test/chaos/client-faults.test.ts"],
  ["FUZZ_SEED", "test/fuzz/fuzz.test.ts"],
  ["FUZZ_REQUESTS", "test/fuzz/fuzz.test.ts"],
]);

export function checkLink({ kind, text }, { file }) {
  // What begins with a slash is of the docs site, whose own test follows it.
  if (kind !== "link" || /^[a-z]+:|^\//.test(text)) return [];
  const [path, anchor] = text.split("#");
  const target = path ? join(dirname(file), path) : file;
  if (!existsSync(target)) return [`there is no ${path}`];
  if (anchor === undefined || !target.endsWith(".md")) return [];
  return readAnchors(readFileSync(target, "utf8")).has(anchor) ? [] : [`${path || basename(file)} has no #${anchor}`];
}

export function checkPaths({ kind, text }, facts) {
  if (kind === "link") return [];
  const words = text
    .split(/[\s"'`();=]+|,(?![^{}]*\})/)
    .map((word) => word.replace(/^\.\//, "").replace(/[.:…]+$/, ""));
  return words
    .filter((word) => looksLikePath(word, facts) && !exists(word, facts))
    .map((word) => `there is no ${word}`);
}

function looksLikePath(word, { folders }) {
  if (/^[/~@$.<]|[$[\]:]|^\w+\/<|\/\//.test(word) || madeLater.has(word)) return false;
  const [first] = word.split("/");
  return (word.includes("/") && folders.has(first)) || /^[\w./*{}-]+\.(ts|mjs|json|yml|md)$/.test(word);
}

function exists(word, { paths, folder }) {
  const pattern = toPattern(word.replace(/\/$/, ""));
  const places = [...paths];
  if (!word.includes("/")) return places.some((path) => pattern.test(posix.basename(path)));
  return places.some((path) => pattern.test(path) || (folder && pattern.test(posix.relative(folder, path))));
}

/** `*` is anything but a slash, `<name>` too, `{a,b}` one of them. */
function toPattern(glob) {
  const escaped = glob
    .replaceAll(/<\w+>/g, "*")
    .replaceAll(/[.+?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", "[^/]*");
  return new RegExp(`^${escaped.replaceAll(/\{([^}]+)\}/g, (_, names) => `(${names.replaceAll(",", "|")})`)}$`);
}

export function checkCommands({ kind, text }, { scripts, commands }) {
  if (kind === "link") return [];
  const npm = [...text.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(test|start))( -- ([^|&<>;)]*))?/g)].flatMap(
    ([whole, run, short, , rest]) => {
      const name = run ?? short;
      if (!scripts.has(name)) return [`there is no command ${whole}`];
      return name === "admin" && rest !== undefined ? checkCall("npm run admin", rest, "admin", commands) : [];
    },
  );
  // Elsewhere the name is that of a table, a user, a folder.
  const called = /(?<=^\s*|[|&;(:"']\s*|\$ |npx |[A-Z_]+=\S* )vpn-broker (?=[a-z-])([^|&<>;)]*)/g;
  return [...npm, ...[...text.matchAll(called)].flatMap(([, rest]) => checkCall("vpn-broker", rest, "", commands))];
}

/** What is given to the command line: the longest name of a command that it begins with, and options of its own or of all. */
function checkCall(program, rest, room, commands) {
  const given = rest.trim();
  const [words] = given.replace(/^(?:--(?:(?:url|key-file) \S+|[a-z-]+)(?: |$))*/, "").split(/\s+(?=-)/);
  const [first] = words.split(" ");
  if (first === "" || first === "help") return checkOptions(program, given, commands.get("").options);
  const whole = `${room} ${words} `.trimStart();
  const named = [...commands.keys()].filter((name) => whole.startsWith(`${name} `));
  const name = named.toSorted((one, other) => other.length - one.length)[0];
  // Of a group one must be named, unless it is the group that is spoken of.
  const isThere = name && name !== room && (commands.get(name).runs || whole.trim() === name);
  if (!isThere) return [`${program} has no ${given}`];
  return checkOptions(program, given, new Set([...commands.get("").options, ...commands.get(name).options]));
}

function checkOptions(program, given, known) {
  const used = [...given.matchAll(/(?<=\s|^)--([a-z-]+)/g)].map(([, option]) => option);
  return used.filter((option) => !known.has(option)).map((option) => `${program} has no --${option}`);
}

const variable = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

/** In text, a span that is a variable's name; in a shell block, what is read or set and stands nowhere else in the document. */
export function checkVariables({ kind, language, text }, { variables, root, assigned }) {
  const found = [];
  if (kind === "code" && (variable.test(text) || /^[A-Z_]{3,}=/.test(text))) found.push(text.split("=")[0]);
  if (kind === "block" && language === "sh")
    for (const [, name] of text.matchAll(/\$\{?([A-Z][A-Z0-9_]*)/g)) if (!assigned.has(name)) found.push(name);
  return found
    .filter((name) => !variables.has(name) && !isReadElsewhere(name, root))
    .map((name) => `no part of the broker reads ${name}`);
}

function isReadElsewhere(name, root) {
  const where = readElsewhere.get(name);
  if (!where?.endsWith(".ts")) return where !== undefined;
  return existsSync(join(root, where)) && readFileSync(join(root, where), "utf8").includes(name);
}

export function checkRoutes({ kind, language, text }, { routes }) {
  // A call that is shown as it goes over the wire is to somebody else.
  if (kind === "link" || language === "http") return [];
  const named = [...text.matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (\/[^\s"'`,]*)/g)].map(([, ...named]) => named);
  const called = [...text.matchAll(/(?:_URL|:\d{4})(\/(?:v1|docs|healthz|openapi)[^\s"'`]*)/g)].map(([, path]) => [
    "",
    path,
  ]);
  const bare = /^\/(v1|docs|healthz|openapi|__control)\b\S*$/.test(text) ? [["", text]] : [];
  return [...named, ...called, ...bare].flatMap(([method, path]) => {
    const given = path.split(/[?#]/)[0].split("/");
    const fits = routes.some((route) => (!method || route.method === method) && matches(route.path, given, !method));
    return fits ? [] : [`there is no route ${method} ${path}`.replace("  ", " ")];
  });
}

/** Without a method, the beginning of a path will do. */
function matches(path, given, beginning) {
  const declared = path.split("/");
  if (beginning ? given.length > declared.length : given.length !== declared.length) return false;
  return given.every((segment, index) => declared[index].startsWith(":") || declared[index] === segment);
}

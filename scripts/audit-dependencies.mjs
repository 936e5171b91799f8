// What can be said of the dependencies without a network, and what the registry says where it answers.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), "utf8"));
const { packages } = readJson("package-lock.json");
const { dependencies, allowScripts = {} } = readJson("package.json");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** Licences under which a part may be shipped with this project. */
const licences = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "Apache-2.0",
  "Apache License 2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "Unlicense",
]);

const flaws = [];
const shipped = Object.entries(packages).filter(([path, { dev, optional }]) => path && !dev && !optional);
for (const [path, entry] of Object.entries(packages)) {
  // This project and its own packages come from no registry.
  if (!path.includes("node_modules/") || entry.link) continue;
  const { integrity, resolved, hasInstallScript } = entry;
  if (!integrity?.startsWith("sha512-")) flaws.push(`${path} is not pinned by a SHA-512 checksum`);
  if (resolved && !resolved.startsWith("https://")) flaws.push(`${path} does not come from a registry over https`);
  const name = path.replace(/^.*node_modules\//, "");
  if (hasInstallScript && allowScripts[name] !== false) flaws.push(`${path} runs a script when it is installed`);
}
const setting = run("config", "get", "ignore-scripts").stdout.trim();
if (setting !== "true") flaws.push(`npm runs the scripts of packages here: ignore-scripts is ${setting}`);
// Of the packages that have one, this is the only one whose script leaves a trace: it puts a program in the file's place.
const launcher = join(root, "node_modules", "esbuild", "bin", "esbuild");
if (existsSync(launcher) && !readFileSync(launcher, "latin1").startsWith("#!")) {
  flaws.push("the script of esbuild ran when it was installed");
}
for (const [path, { license }] of shipped) {
  const declared = license ?? licenceOf(path);
  const alternatives = declared.replace(/[()]/g, "").split(/ OR /);
  if (!alternatives.some((one) => licences.has(one))) flaws.push(`${path} has the licence ${declared || "unknown"}`);
}
for (const name of Object.keys(dependencies)) {
  if (!readme.includes(`\`${name}\``)) flaws.push(`${name} is not argued for in README.md`);
}

function licenceOf(path) {
  if (!existsSync(join(root, path, "package.json"))) return "";
  const { license } = readJson(path, "package.json");
  return typeof license === "string" ? license : (license?.type ?? "");
}

console.log(`${Object.keys(packages).length - 1} packages locked, ${shipped.length} of them shipped`);
for (const flaw of flaws) console.log(`  ${flaw}`);

// Known vulnerabilities need the registry, and not every registry has the service.
const { status, stdout } = run("audit", "--omit=dev", "--audit-level=high", "--json");
const report = parse(stdout);
if (report?.metadata === undefined) {
  console.log("dependencies: not run: known vulnerabilities, because the registry does not answer that question");
} else if (status !== 0) {
  flaws.push("known vulnerabilities");
  for (const [name, { severity }] of Object.entries(report.vulnerabilities)) console.log(`  ${name}: ${severity}`);
}

function run(...options) {
  const shell = process.platform === "win32";
  return spawnSync("npm", options, { cwd: root, encoding: "utf8", timeout: 60_000, shell });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

process.exitCode = flaws.length === 0 ? 0 : 1;

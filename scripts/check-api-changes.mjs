// Whether openapi.json breaks callers of its last version: by oasdiff, a Go module. Where there is no Go it only says so.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const version = "v1.37.0";
const go = "go";
const root = resolve(import.meta.dirname, "..");
const tools = join(root, ".local", "tools", `oasdiff-${version}`);
const program = join(tools, process.platform === "win32" ? "oasdiff.exe" : "oasdiff");
const document = join(root, "openapi.json");
const rules = (file) => join(root, "scripts", "openapi", file);

const base = findBase();
if (base === undefined) notRun("git has no other version of openapi.json to compare with");
const problem = existsSync(program) ? undefined : install();
if (problem) notRun(problem);
const scratch = mkdtempSync(join(tmpdir(), "api-changes-"));
try {
  const before = join(scratch, "openapi.json");
  writeFileSync(before, base.text);
  const accepted = rules("accepted-changes.txt");
  const options = [
    "--severity-levels",
    rules("change-levels.txt"),
    "--err-ignore",
    accepted,
    "--warn-ignore",
    accepted,
  ];
  const compared = spawnSync(program, ["breaking", "--fail-on", "WARN", ...options, before, document], run(root));
  process.stdout.write(`compared with ${base.name}\n${compared.stdout}${compared.stderr}`);
  process.exitCode = compared.status === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function run(cwd, variables = {}) {
  return { cwd, encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, ...variables } };
}

function git(...parameters) {
  const { status, stdout } = spawnSync("git", parameters, run(root));
  return status === 0 ? stdout : undefined;
}

/** The newest release's document, or before there is one the newest other than this. */
function findBase() {
  const tags = git("tag", "--list", "v*", "--merged", "HEAD", "--sort=-v:refname") ?? "";
  const commits = git("log", "--format=%h", "--", "openapi.json") ?? "";
  const now = readFileSync(document, "utf8");
  for (const name of `${tags}${commits}`.split("\n").filter(Boolean)) {
    const text = git("show", `${name}:openapi.json`);
    if (text !== undefined && text !== now) return { name, text };
  }
  return undefined;
}

function install() {
  if (spawnSync(go, ["version"], run(root)).status !== 0) return "no Go";
  mkdirSync(tools, { recursive: true });
  const found = spawnSync(go, ["install", `github.com/oasdiff/oasdiff@${version}`], run(tools, { GOBIN: tools }));
  return found.status === 0 ? undefined : `oasdiff ${version} could not be fetched and built`;
}

function notRun(why) {
  console.log(`api changes: not run: ${why}`);
  process.exit(0);
}

import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { permitted, type PlantedFile, refused } from "./layers.cases.ts";

// The project's own lint configuration on two planted trees, one process each: what it must refuse and what it must not.
const root = resolve(import.meta.dirname, "../..");
const compilerOptions = { module: "nodenext", strict: true, allowImportingTsExtensions: true, noEmit: true, types: [] };

type RulesByPath = Map<string, string[]>;

let directory: string;
let inRefused: RulesByPath;
let inPermitted: RulesByPath;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "layers-"));
  [inRefused, inPermitted] = await Promise.all([lint("refused", refused), lint("permitted", permitted)]);
  return () => rm(directory, { recursive: true, force: true });
});

async function lint(name: string, files: PlantedFile[]): Promise<RulesByPath> {
  const tree = join(directory, name);
  await plant(tree, { path: "tsconfig.json", source: JSON.stringify({ compilerOptions }) });
  await copyFile(join(root, ".oxlintrc.json"), join(tree, ".oxlintrc.json"));
  // oxlint looks for its type-aware half in the node_modules where it runs.
  await symlink(join(root, "node_modules"), join(tree, "node_modules"), "junction");
  for (const file of files) await plant(tree, file);

  const rules: RulesByPath = new Map();
  for (const { filename, code } of await diagnostics(tree)) {
    const path = relative(tree, resolve(tree, filename)).replaceAll("\\", "/");
    rules.set(path, [...(rules.get(path) ?? []), code.replace(/^.*\((.*)\)$/, "$1")]);
  }
  return rules;
}

async function plant(tree: string, { path, source }: Pick<PlantedFile, "path" | "source">): Promise<void> {
  await mkdir(dirname(join(tree, path)), { recursive: true });
  await writeFile(join(tree, path), `${source}\n`, { flag: "wx" });
}

async function diagnostics(tree: string): Promise<{ filename: string; code: string }[]> {
  const binary = join(root, "node_modules/oxlint/bin/oxlint");
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, [binary, "--format", "json"], { cwd: tree, maxBuffer: 1e8 }, (_, out) => done(out));
  });
  return JSON.parse(output).diagnostics;
}

describe("the linter refuses", () => {
  test.each(refused)("$path: $source", ({ path, rules }) => {
    expect((inRefused.get(path) ?? []).toSorted()).toEqual(rules.toSorted());
  });
});

describe("the linter permits", () => {
  test.each(permitted)("$path", ({ path }) => {
    expect(inPermitted.get(path) ?? []).toEqual([]);
  });
});

test("workflows/ holds JSON and nothing else", async () => {
  const entries = await readdir(join(root, "workflows"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  expect(files.filter((name) => !name.endsWith(".json"))).toEqual([]);
});

import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const run = promisify(execFile);
let folder: string;
let env: NodeJS.ProcessEnv;
const witness = () => join(folder, "witness");
const npm = (words: string[], cwd = join(folder, "project")) =>
  run("npm", [...words, "--offline", "--no-audit", "--no-fund"], { cwd, env, shell: process.platform === "win32" });

function write(path: string, content: object): void {
  mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, path, "package.json"), JSON.stringify({ version: "1.0.0", ...content }));
}

/** A project with one dependency, whose every script of its installation leaves a witness. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vpn-broker-scripts-"));
  for (const name of ["user.npmrc", "global.npmrc"]) writeFileSync(join(folder, name), "");
  // As somebody without settings of his own: npm hands its settings on to what it runs, this test too.
  const without = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  env = {
    ...Object.fromEntries(without),
    npm_config_userconfig: join(folder, "user.npmrc"),
    npm_config_globalconfig: join(folder, "global.npmrc"),
    npm_config_cache: join(folder, "cache"),
    WITNESS: witness(),
  };
  const leave = `node -e "require('fs').writeFileSync(process.env.WITNESS, '')"`;
  write("planted", { name: "planted", scripts: { preinstall: leave, install: leave, postinstall: leave } });
  await npm(["pack", "--ignore-scripts", "--pack-destination", folder], join(folder, "planted"));
  write("project", {
    name: "project",
    dependencies: { planted: "file:../planted-1.0.0.tgz" },
    scripts: { ours: leave },
  });
  await npm(["install", "--ignore-scripts"]);
  return () => rmSync(folder, { recursive: true, force: true });
});

describe.each([["install"], ["ci"], ["rebuild"]])("npm %s", (command) => {
  beforeEach(() => {
    rmSync(witness(), { force: true });
    // What is there already is not installed again.
    if (command === "install") rmSync(join(folder, "project", "node_modules"), { recursive: true });
  });

  it("runs the scripts of a package, left to itself", async () => {
    rmSync(join(folder, "project", ".npmrc"), { force: true });
    await npm([command]);
    expect(existsSync(witness())).toBe(true);
  });

  it("runs none with the settings of this repository", async () => {
    copyFileSync(join(root, ".npmrc"), join(folder, "project", ".npmrc"));
    await npm([command]);
    expect(existsSync(witness())).toBe(false);
  });
});

it("our own scripts run by name with those settings, and none rests on one before or after it", async () => {
  rmSync(witness(), { force: true });
  copyFileSync(join(root, ".npmrc"), join(folder, "project", ".npmrc"));
  await npm(["run", "ours"]);
  expect(existsSync(witness())).toBe(true);
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  const names = Object.keys(scripts);
  expect(names.filter((name) => names.some((other) => name === `pre${other}` || name === `post${other}`))).toEqual([]);
});

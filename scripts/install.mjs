// Installs the dependencies when they are missing or not those of package-lock.json; otherwise ends at once.
// Plain Node without a package, because it runs before there is any.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const stamp = join(modules, ".installed-lock");
const lock = join(root, ".local", "install.lock");
const maxWaitMilliseconds = 15 * 60_000;

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node 20.19 or newer is needed; this is Node ${process.versions.node}.`);
}
if (!isInstalled()) {
  await takeLock();
  try {
    if (!isInstalled()) await install();
  } finally {
    releaseLock();
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function readJson(...path) {
  return JSON.parse(readFileSync(join(root, ...path), "utf8"));
}

function lockfileHash() {
  const lockfile = readFileSync(join(root, "package-lock.json"));
  return createHash("sha256").update(lockfile).digest("hex");
}

function isInstalled() {
  const { dependencies, devDependencies } = readJson("package.json");
  const names = Object.keys({ ...dependencies, ...devDependencies });
  if (!names.every((name) => existsSync(join(modules, name, "package.json")))) return false;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockfileHash()) return true;
  if (!isInstalledByHand()) return false;
  writeFileSync(stamp, lockfileHash());
  return true;
}

// After someone's own `npm install`, npm's record of what it installed agrees with the lockfile.
function isInstalledByHand() {
  if (!existsSync(join(modules, ".package-lock.json"))) return false;
  const installed = readJson("node_modules", ".package-lock.json").packages;
  const { "": _project, ...wanted } = readJson("package-lock.json").packages;
  return Object.entries(wanted).every(([path, { version, optional }]) =>
    installed[path] ? installed[path].version === version : optional,
  );
}

async function install() {
  console.log("Installing dependencies …");
  const hash = lockfileHash();
  // Also where a variable of the environment would speak against .npmrc.
  const options = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  // Inside `npm run`, npm says where it is; otherwise it is on the path.
  const npm = process.env.npm_execpath;
  const child =
    npm && basename(npm) === "npm-cli.js"
      ? spawn(process.execPath, [npm, ...options], { cwd: root, stdio: "inherit" })
      : spawn("npm", options, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (child.pid) appendFileSync(join(lock, "pids"), `${child.pid}\n`);
  const forward = (signal) => child.kill(signal);
  process.once("SIGINT", forward).once("SIGTERM", forward);

  const problem = await new Promise((done) => {
    child.once("error", (error) => done(error.message));
    child.once("exit", (code, signal) => done(code === 0 ? undefined : (signal ?? `exit code ${code}`)));
  });
  if (problem) {
    process.exitCode = 1;
    console.error(`Installing the dependencies failed: npm ci ended with ${problem}.`);
  } else {
    writeFileSync(stamp, hash);
  }
}

// The lock is a directory with the ids of its owners, renamed into place whole, which only one process can do.
async function takeLock() {
  const mine = `${lock}.${process.pid}`;
  rmSync(mine, { recursive: true, force: true });
  mkdirSync(mine, { recursive: true });
  writeFileSync(join(mine, "pids"), `${process.pid}\n`);
  const start = Date.now();
  while (!isRenamed(mine, lock)) {
    removeStaleLock();
    if (Date.now() - start > maxWaitMilliseconds) {
      rmSync(mine, { recursive: true, force: true });
      fail(`Another install still runs. If there is none, delete ${lock}`);
    }
    await sleep(100);
  }
}

// Moved away whole first, so that no other process ever meets it half deleted.
function releaseLock() {
  const mine = `${lock}.${process.pid}`;
  if (isRenamed(lock, mine)) rmSync(mine, { recursive: true, force: true });
}

function isRenamed(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}

// A lock is stale when neither its process nor the npm that it started is alive. Whoever moves it aside looks again,
// and puts it back when it was a younger one.
function removeStaleLock() {
  const aside = `${lock}.${process.pid}.stale`;
  if (!isStale(lock) || !isRenamed(lock, aside)) return;
  if (!isStale(aside)) isRenamed(aside, lock);
  rmSync(aside, { recursive: true, force: true });
}

function isStale(directory) {
  try {
    const pids = readFileSync(join(directory, "pids"), "utf8").trim().split("\n").map(Number);
    return !pids.some(isAlive);
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

// What publishers' tools find wrong with `@vpn-broker/client`, packed. They come from the registry each time, pinned:
// together they are larger than all else that is installed here.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "client-"));
const tools = ["--package", "publint@0.3.25", "--package", "@arethetypeswrong/cli@0.18.5"];
const exec = (...command) => run("npm", "exec", "--yes", "--fetch-retries=0", ...tools, "--", ...command);

try {
  const steps = [
    () => run(process.execPath, join(root, "scripts", "build-client.mjs"), join(folder, "client")),
    () => exec("publint", "--strict", join(folder, "client")),
    () => exec("attw", "--pack", join(folder, "client"), "--profile", "esm-only"),
  ];
  if (exec("node", "--version") !== 0) {
    console.log("client: not run: publint and attw, because the registry does not give them");
    steps.length = 1;
  }
  process.exitCode = steps.some((step) => step() !== 0) ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// Away from the repository, or npm would look for the tools in its workspaces.
function run(program, ...options) {
  return spawnSync(program, options, { cwd: folder, stdio: "inherit", shell: process.platform === "win32" }).status;
}

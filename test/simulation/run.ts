import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { bundleSimulation, nodeOptions } from "./bundle.ts";

/** `npm run simulate`: bundles the simulation as the code is now, and plays it. */
const program = join(import.meta.dirname, "../../dist/simulation/main.mjs");
await bundleSimulation(program);
const { status } = spawnSync(process.execPath, [...nodeOptions, program, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;

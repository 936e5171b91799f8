import { resolve } from "node:path";
import { build, type Plugin } from "esbuild";

const root = resolve(import.meta.dirname, "../..");

/**
 * Makes a program of the simulation and of the code that it plays: without a loader, and with a quick stand-in for the
 * SDK's conversion of items, a schedule takes half the time. `plugins` may put other code in the place of some.
 */
export async function bundleSimulation(outfile: string, plugins: Plugin[] = []): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ["test/simulation/main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "linked",
    alias: { "@aws-sdk/util-dynamodb": "./test/simulation/marshall.ts" },
    // CommonJS inside an ES module still calls require for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: "error",
    plugins,
  });
}

/** Most of what a schedule makes is needed for a moment only. */
export const nodeOptions = ["--max-semi-space-size=64"];

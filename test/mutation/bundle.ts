import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Plugin } from "esbuild";
import { bundleSimulation } from "../simulation/bundle.ts";
import { applyPatch, type Patch } from "./patch.ts";

export const root = resolve(import.meta.dirname, "../..");

/** What stands for the patched file, and for no other. No file of the checkout is changed. */
function substitute(patch: Patch): Plugin {
  const path = join(root, patch.file);
  return {
    name: "substitute",
    setup(build) {
      build.onLoad({ filter: /\.(ts|json)$/ }, async (file) => {
        if (resolve(file.path) !== path) return undefined;
        const contents = applyPatch(await readFile(path, "utf8"), patch);
        return { contents, loader: patch.file.endsWith(".json") ? "json" : "ts" };
      });
    },
  };
}

/** Bundles the simulation with the patch, or as it is, in a folder of its own, and answers the bundle's path. */
export async function bundlePatched(folder: string, patch?: Patch): Promise<string> {
  const outfile = join(folder, "main.mjs");
  await bundleSimulation(outfile, patch ? [substitute(patch)] : []);
  return outfile;
}

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build as bundle, type Plugin } from "esbuild";
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

/**
 * Bundles the simulation with the patch, or as it is, and answers the bundle's path. It stands as deep in a folder of its
 * own as the simulation in the repository, with the definitions beside it, for whoever reads them by a path.
 */
export async function bundleSimulation(folder: string, patch?: Patch): Promise<string> {
  const outfile = join(folder, "test/simulation/main.mjs");
  await bundle({
    absWorkingDir: root,
    entryPoints: ["test/simulation/main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
    plugins: patch ? [substitute(patch)] : [],
  });
  await mkdir(join(folder, "workflows"), { recursive: true });
  for (const name of await readdir(join(root, "workflows"))) {
    const file = `workflows/${name}`;
    const text = await readFile(join(root, file), "utf8");
    await writeFile(join(folder, file), patch?.file === file ? applyPatch(text, patch) : text);
  }
  return outfile;
}

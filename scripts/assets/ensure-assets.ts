import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { assetManifest } from "../../functions/contract/asset-manifest.ts";
import type { Asset } from "./asset.ts";
import { hashInputs } from "./hash-inputs.ts";
import { namesIn, writeAsset } from "./write-asset.ts";

/** Where an asset is kept: the API's package takes all of `dist/api` along. */
const assetFolder = (root: string, { name }: Pick<Asset, "name">) => join(root, "dist", "api", name);

/** Builds what is stale, with a line each; what is not costs a look. Throws what the build or the disk says. */
export async function ensureAssets(root: string, assets: readonly Asset[], say: (text: string) => void): Promise<void> {
  for (const asset of assets) {
    const inputs = hashInputs(root, asset);
    const folder = assetFolder(root, asset);
    if (isCurrent(folder, inputs)) continue;
    say(`Building the ${asset.name} …`);
    const start = performance.now();
    try {
      await writeAsset(folder, inputs, await asset.build(root));
    } catch (error) {
      say(" failed.\n");
      throw error;
    }
    say(` ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  }
}

function isCurrent(folder: string, inputs: string): boolean {
  try {
    const manifest = assetManifest.parse(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")));
    const there = new Set(readdirSync(folder));
    return manifest.inputs === inputs && namesIn(manifest).every((name) => there.has(name));
  } catch {
    return false;
  }
}

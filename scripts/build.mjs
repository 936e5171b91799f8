import { copyFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build } from "esbuild";
import { assets } from "./assets/assets.ts";
import { ensureAssets } from "./assets/ensure-assets.ts";

/*
 * Bundles the Lambda functions: the API apart from the workflow's functions, so that no vendor SDK is near it. What is
 * imported on demand (a vendor's SDK, a way to find credentials) becomes a chunk that a cold start does not load.
 * `dist/meta.json` says what went into each file. The docs and the OpenAPI document go beside the API, which serves them.
 */
const common = {
  bundle: true,
  platform: "node",
  target: "node22",
  format: "esm",
  minify: true,
  legalComments: "none",
  metafile: true,
  splitting: true,
  outExtension: { ".js": ".mjs" },
  // The AWS clients' ES modules are half the size of their CommonJS.
  mainFields: ["module", "main"],
  // CommonJS inside an ES module still calls require for Node's own modules.
  banner: { js: "import{createRequire as __require}from'node:module';const require=__require(import.meta.url);" },
  logLevel: "warning",
};

const workers = {
  workflow: "functions/entries/workflow.ts",
  "provider-api": "functions/entries/provider-api.ts",
  "secrets-api": "functions/entries/secrets-api.ts",
  "example-api": "functions/entries/example-api.ts",
};

await rm("dist", { recursive: true, force: true });
const built = await Promise.all([
  build({ ...common, entryPoints: ["functions/entries/api.ts"], outdir: "dist/api" }),
  build({ ...common, entryPoints: workers, outdir: "dist/workers" }),
]);
const outputs = Object.assign({}, ...built.map(({ metafile }) => metafile.outputs));
await copyFile("openapi.json", "dist/api/openapi.json");
await writeFile("dist/meta.json", JSON.stringify(outputs));
for (const [file, { bytes }] of Object.entries(outputs))
  console.log(`${String(Math.ceil(bytes / 1024)).padStart(6)} KB  ${file}`);
await ensureAssets(resolve(import.meta.dirname, ".."), assets, (text) => process.stdout.write(text));

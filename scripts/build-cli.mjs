// Makes `vpn-broker` as it is published, in `dist/cli` or the folder that is given: bundled, so that it starts fast and needs
// nothing beside it. What only some commands use becomes chunks that the others do not load.
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const source = join(root, "packages", "cli");
const target = resolve(process.argv[2] ?? join(root, "dist", "cli"));

rmSync(target, { recursive: true, force: true });
await build({
  entryPoints: { "vpn-broker": join(source, "src", "main.ts") },
  outdir: target,
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node20",
  format: "esm",
  minify: true,
  legalComments: "none",
  mainFields: ["module", "main"],
  // CommonJS inside an ES module still calls require for Node's own modules.
  banner: {
    js: "#!/usr/bin/env node\nimport{createRequire as __require}from'node:module';const require=__require(import.meta.url);",
  },
  logLevel: "warning",
});

const program = join(target, "vpn-broker.js");
chmodSync(program, 0o755);
const {
  private: _private,
  dependencies: _bundled,
  devDependencies: _tools,
  exports: _sources,
  ...manifest
} = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
const published = { ...manifest, bin: { "vpn-broker": "vpn-broker.js" }, files: ["*.js"] };
writeFileSync(join(target, "package.json"), `${JSON.stringify(published, undefined, 2)}\n`);
copyFileSync(join(source, "README.md"), join(target, "README.md"));
copyFileSync(join(root, "LICENSE"), join(target, "LICENSE"));

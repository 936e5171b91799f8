// Makes `@vpn-broker/client` as it is published: in `dist/client`, or in the folder that is given.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const source = join(root, "packages", "client");
const target = resolve(process.argv[2] ?? join(root, "dist", "client"));

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
const options = ["--project", join(source, "tsconfig.build.json"), "--outDir", join(target, "dist")];
const { status } = spawnSync(process.execPath, [compiler, ...options], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);

// In the repository the entries are the sources, so that nothing has to be built before it can be imported.
const { private: _private, devDependencies: _tools, exports, ...manifest } = readJson("package.json");
const entries = Object.entries(exports).map(([name, path]) => {
  const built = path.replace("./src/", "./dist/").replace(/\.ts$/, "");
  return [name, { types: `${built}.d.ts`, default: `${built}.js` }];
});
const published = { ...manifest, sideEffects: false, exports: Object.fromEntries(entries), files: ["dist"] };
writeFileSync(join(target, "package.json"), `${JSON.stringify(published, undefined, 2)}\n`);
copyFileSync(join(source, "README.md"), join(target, "README.md"));
copyFileSync(join(root, "LICENSE"), join(target, "LICENSE"));

function readJson(name) {
  return JSON.parse(readFileSync(join(source, name), "utf8"));
}

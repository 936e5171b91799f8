import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Asset } from "./asset.ts";

/** What an asset is made from, as one hash: names and contents of its inputs, and the locked versions of its tools. */
export function hashInputs(root: string, { inputs, tools }: Pick<Asset, "inputs" | "tools">): string {
  const hash = createHash("sha256");
  const add = (name: string, content: string | Uint8Array) => {
    hash.update(`${name}\0${content.length}\0`).update(content);
  };
  for (const path of inputs.flatMap((input) => listFiles(root, input)).toSorted()) {
    add(path, readFileSync(join(root, path)));
  }
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { version: string } | undefined>;
  };
  for (const tool of tools) add(tool, packages[`node_modules/${tool}`]?.version ?? "");
  return hash.digest("hex");
}

function listFiles(root: string, path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => listFiles(root, `${path}/${name}`));
}

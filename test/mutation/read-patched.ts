import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findPatch } from "./list.ts";
import { applyPatch } from "./patch.ts";

/*
 * A state machine's definition is read, not imported: whoever reads it in this process reads it as the patch has it. A
 * worker runs this before each of its test files, and wraps what reads once.
 */
const done = Symbol.for("vpn-broker: reads are patched");
const marked = globalThis as { [done]?: true };

if (!marked[done]) {
  marked[done] = true;
  const patch = findPatch(process.env["MUTATION_PATCH"]);
  const path = join(resolve(import.meta.dirname, "../.."), patch.file);
  const read = fs.readFileSync;
  const patched = applyPatch(read(path, "utf8"), patch);
  fs.readFileSync = ((file: fs.PathOrFileDescriptor, ...options: [BufferEncoding]) => {
    const isPatched = (typeof file === "string" || file instanceof URL) && toPath(file) === path;
    if (!isPatched) return read(file, ...options);
    return options.length > 0 ? patched : Buffer.from(patched);
  }) as typeof read;
  syncBuiltinESMExports();
}

function toPath(file: string | URL): string {
  return resolve(file instanceof URL ? fileURLToPath(file) : file);
}

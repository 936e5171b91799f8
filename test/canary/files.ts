import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Evidence } from "./evidence.ts";

/** Every file below a folder, by its path in it. */
export function readFiles(folder: string): Evidence[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const what = relative(folder, path);
      const bytes = readUnlessGone(path);
      return bytes ? [{ place: what === "broker.log" ? "log" : "file", what, bytes } as const] : [];
    });
}

/** The table's engine removes files as it goes along. */
function readUnlessGone(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

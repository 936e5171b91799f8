import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { explainFileError } from "./explain-file-error.ts";
import { keepPrivate } from "./keep-private.ts";

/**
 * Makes the data folder where it is missing, for its owner only, and tries whether files can be made in it. What is in it is
 * closed to others. Answers its absolute path. Throws a sentence that names the folder in the way and what to do.
 */
export function prepareDataFolder(dataDir: string): string {
  const folder = resolve(dataDir);
  makeFolder(folder);
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    writeFileSync(probe, "writable", { mode: 0o600 });
    rmSync(probe);
    keepPrivate(folder);
  } catch (error) {
    throw explainFileError(error, folder);
  }
  return folder;
}

/** One level at a time: Node's own recursive way never comes back where nothing can be made, such as under /proc. */
function makeFolder(folder: string): void {
  const found = lookAt(folder);
  if (found === "folder") return;
  if (found === "other") throw explainFileError({ code: "ENOTDIR" }, folder);
  const parent = dirname(folder);
  makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been quicker.
    if (lookAt(folder) === "folder") return;
    const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
    // What is there and cannot be looked at is a link that leads nowhere.
    throw isThere ? explainFileError({ code: "ELOOP" }, folder) : explainFileError(error, parent);
  }
}

/** What cannot be looked at counts as missing: making it, or what is above it, then says why. */
function lookAt(path: string): "folder" | "other" | "missing" {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return "missing";
    return found.isDirectory() ? "folder" : "other";
  } catch {
    return "missing";
  }
}

import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { explainFileError } from "./explain-file-error.ts";
import { findLockHolder } from "./find-lock-holder.ts";

interface LevelDatabase {
  /** Fails with a cause that has the reason. */
  open: () => Promise<void>;
  close: () => Promise<void>;
}

/** The very library that dynalite opens its files with: dynalite keeps to itself why they do not open. */
const { Level } = createRequire(fileURLToPath(import.meta.resolve("dynalite")))("level") as {
  Level: new (folder: string) => LevelDatabase;
};

/** Opens the table's files once and closes them again. Throws a sentence on what is wrong with them and what to do. */
export async function checkTableFiles(folder: string): Promise<void> {
  if (lacksBeginning(requireAccess(folder))) throw damaged(folder);
  const database = new Level(folder);
  try {
    await database.open();
  } catch (error) {
    const { code, message = "" } = (error as { cause?: { code?: string; message?: string } }).cause ?? {};
    if (code === "LEVEL_LOCKED") throw held(folder);
    // "IO error: <path>: <what the system says>"
    const reason = message.split(": ").at(-1);
    if (code !== "LEVEL_IO_ERROR" || reason === "No such file or directory") throw damaged(folder);
    throw new Error(`the files in ${folder} cannot be used (${reason}); set DATA_DIR to another folder`, {
      cause: error,
    });
  }
  await database.close();
}

/** The names in the folder, none where it is still to be made. Throws for what this user may not read and write. */
function requireAccess(folder: string): string[] {
  let place = folder;
  try {
    if (!statSync(folder, { throwIfNoEntry: false })) return [];
    const names = readdirSync(folder);
    for (place of [folder, ...names.map((name) => join(folder, name))]) {
      accessSync(place, constants.R_OK | constants.W_OK | (place === folder ? constants.X_OK : 0));
    }
    return names;
  } catch (error) {
    throw explainFileError(error, place);
  }
}

/** Without this file LevelDB begins a new database, and throws away what is left of the old one. */
function lacksBeginning(names: readonly string[]): boolean {
  return !names.includes("CURRENT") && names.some((name) => /^MANIFEST-|\.(ldb|log|sst)$/.test(name));
}

function damaged(folder: string): Error {
  return new Error(
    `the table's files in ${folder} are damaged; remove that folder to start afresh, without its records`,
  );
}

function held(folder: string): Error {
  const holder = findLockHolder(join(folder, "LOCK"));
  const who = holder === undefined ? "" : ` (process ${holder})`;
  return new Error(
    `${folder} is in use by another broker with the same DATA_DIR${who}; stop that one, or set DATA_DIR to another folder`,
  );
}

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { oldestVersion, schemaVersion } from "../functions/aws/schema.ts";
import { explainFileError } from "./explain-file-error.ts";

/** Releases before the file was there wrote data of this version. */
const unnamedVersion = 1;

/**
 * Makes sure that the folder's data is ours: its `schema-version` says what release's data is in it. Data of an older one is brought up to
 * date item by item as it is read. Throws, before anything is read, for a folder that this release cannot go on with.
 */
export function requireDataVersion(dataDir: string): void {
  const file = join(dataDir, "schema-version");
  const named = readVersion(file);
  const found = named ?? (existsSync(join(dataDir, "secrets.json")) ? unnamedVersion : schemaVersion);
  const what = `the data in ${dataDir} is of schema version ${found}, and this release`;
  if (found > schemaVersion) {
    throw new Error(`${what} knows ${schemaVersion}: start the newer release, or remove the folder to start afresh`);
  }
  if (found < oldestVersion) {
    throw new Error(`${what} reads ${oldestVersion} at the least: start an older one, or remove the folder`);
  }
  if (named === schemaVersion) return;
  const fresh = `${file}.new`;
  try {
    writeFileSync(fresh, `${schemaVersion}\n`, { mode: 0o600 });
    renameSync(fresh, file);
  } catch (error) {
    throw explainFileError(error, fresh);
  }
}

function readVersion(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const text = readText(file).trim();
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Error(`${file} names no version; remove the folder to start afresh`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw explainFileError(error, file);
  }
}

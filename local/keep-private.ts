import { chmodSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What the broker has in its data folder, and a person puts there for it. Below a folder nothing is reached by others. */
const folders = ["table", "credentials"];
const files = ["secrets.json", "schema-version", "url", "broker.log", "alibaba.json", "tencent.json"];

/**
 * Closes to others what is in the data folder, whoever made the folder and however open it is: the folder itself may be one that
 * others use as well. What belongs to another user is left to that one.
 */
export function keepPrivate(dataDir: string): void {
  // The table's engine makes its files as open as it is let.
  mkdirSync(join(dataDir, "table"), { mode: 0o700, recursive: true });
  for (const name of folders) close(join(dataDir, name), 0o700);
  for (const name of files) close(join(dataDir, name), 0o600);
}

function close(path: string, mode: number): void {
  const found = statSync(path, { throwIfNoEntry: false });
  const user = process.getuid?.();
  if (!found || (found.mode & 0o077) === 0 || (user !== 0 && user !== found.uid)) return;
  chmodSync(path, mode);
}

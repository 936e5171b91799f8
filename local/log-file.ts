import { createWriteStream, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Log, toLogLine } from "../functions/domain/log.ts";

/** Appends log lines to `broker.log` in the data folder, so that the terminal is free for people. */
export function openLogFile(dataDir: string): { path: string; log: Log } {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(`DATA_DIR cannot be used: ${(error as NodeJS.ErrnoException).code ?? "unknown"}`, { cause: error });
  }
  const path = resolve(join(dataDir, "broker.log"));
  const stream = createWriteStream(path, { flags: "a", mode: 0o600 });
  stream.on("error", (error: NodeJS.ErrnoException) => {
    process.stderr.write(`the log ${path} cannot be written (${error.code ?? error.name})\n`);
  });
  return {
    path,
    log: (event, fields) => void stream.write(`${toLogLine(new Date(), event, fields)}\n`),
  };
}

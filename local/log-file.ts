import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { type Log, toLogLine } from "../functions/domain/log.ts";
import { prepareDataFolder } from "./data-folder.ts";

/** Appends log lines to `broker.log` in the data folder, so that the terminal is free for people. */
export function openLogFile(dataDir: string): { path: string; log: Log } {
  const path = join(prepareDataFolder(dataDir), "broker.log");
  const stream = createWriteStream(path, { flags: "a", mode: 0o600 });
  stream.on("error", (error: NodeJS.ErrnoException) => {
    process.stderr.write(`the log ${path} cannot be written (${error.code ?? error.name})\n`);
  });
  return {
    path,
    log: (event, fields) => void stream.write(`${toLogLine(new Date(), event, fields)}\n`),
  };
}

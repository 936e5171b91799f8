import type { AddressInfo } from "node:net";
import dynalite from "dynalite";

/** Entry of the process that holds the table: one owner of the files, ended with its parent. */
interface Options {
  path: string;
  port?: number;
}

// Ctrl-C reaches the whole process group; the parent decides when its engines end.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit(0));
// dynalite opens its files without waiting: that they are held by another process arrives here.
process.on("uncaughtException", (error: NodeJS.ErrnoException) => fail(error.code ?? error.name));

process.once("message", ({ path, port = 0 }: Options) => {
  const server = dynalite({ path, createTableMs: 0 });
  server.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.name));
  server.listen(port, "127.0.0.1", () => {
    const { port: bound } = server.address() as AddressInfo;
    process.send?.({ url: `http://127.0.0.1:${bound}` });
  });
});

function fail(reason: string): void {
  const held = reason === "LEVEL_DATABASE_NOT_OPEN" || reason === "LEVEL_LOCKED";
  const error = held ? "its files are in use, most likely by another broker with the same DATA_DIR" : reason;
  process.send?.({ error }, () => process.exit(1));
}

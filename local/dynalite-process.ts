import type { AddressInfo } from "node:net";
import dynalite from "dynalite";
import { checkTableFiles } from "./check-table-files.ts";

/** Entry of the process that holds the table: one owner of the files, ended with its parent. */
interface Options {
  path: string;
  port?: number;
}

// LevelDB makes files for everybody to read.
process.umask(0o077);
// Ctrl-C reaches the whole process group; the parent decides when its engines end.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit(0));
// dynalite opens its files without waiting: what goes wrong with them after the check arrives here. A caller that went
// away does too, and is no reason to end.
process.on("uncaughtException", (error: NodeJS.ErrnoException) => {
  if (error.code !== "ECONNRESET") fail(error.code ?? error.name);
});

process.once("message", (options: Options) => {
  checkTableFiles(options.path).then(
    () => serve(options),
    (error: Error) => fail(error.message),
  );
});

function serve({ path, port = 0 }: Options): void {
  const server = dynalite({ path, createTableMs: 0 });
  server.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.name));
  server.listen(port, "127.0.0.1", () => {
    const { port: bound } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${bound}`;
    listTables(url).then(
      () => process.send?.({ url }),
      () => fail("it does not answer"),
    );
  });
}

/** The first call opens the files: only after it is the table known to be there. dynalite checks no signature. */
async function listTables(url: string): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.ListTables",
      "x-amz-date": "20260101T000000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=none",
    },
    body: "{}",
  });
  if (!response.ok) throw new Error(`ListTables answered ${response.status}`);
}

/** What dynalite says of files that were fine a moment ago is a bare code. */
function fail(reason: string): void {
  const error = reason.startsWith("LEVEL_")
    ? `its files cannot be opened (${reason}); look whether their disk is full or another broker has just started, then start again`
    : reason;
  process.send?.({ error }, () => process.exit(1));
}

import { text } from "node:stream/consumers";
import { readConfig } from "../../../../functions/entries/config.ts";
import { findAccess } from "./access.ts";
import { createApiClient } from "./api-client.ts";
import type { Context } from "./command.ts";
import { hideSecrets } from "./failure.ts";
import { runAdmin } from "./run.ts";

const secrets: string[] = [];
const complain = (line: string) => void process.stderr.write(hideSecrets(line, secrets));

const context: Context = {
  connect(options) {
    const access = findAccess(readConfig("admin"), options);
    secrets.push(access.key);
    return createApiClient({ access, note: context.note });
  },
  now: () => new Date(),
  readInput: async () => (process.stdin.isTTY ? undefined : text(process.stdin)),
  note: (line) => complain(`${line}\n`),
};

/** `npm run admin`: the operators' command line. */
async function admin(): Promise<void> {
  // A reader that has seen enough, as `head` has, is no failure worth a stack.
  process.stdout.on("error", () => process.exit(1));
  const { output, complaint, exitCode } = await runAdmin(process.argv.slice(2), context);
  process.stdout.write(output);
  complain(complaint);
  process.exitCode = exitCode;
}

await admin();

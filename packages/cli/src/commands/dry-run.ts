import type { Command } from "@commander-js/extra-typings";
import { exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";
import { showDryRun } from "../show/show-dry-run.ts";
import { lookOf } from "../text/look.ts";

/** `dry-run`: what the real call would find wrong. */
export function defineDryRun(command: Command, session: Session): void {
  command
    .description(
      "Say what would be wrong with a request, at the vendor too, and create nothing. Ends with 1 if something is.",
    )
    .requiredOption("-f, --file <file>", "the create request in JSON; - for stdin (needed)")
    .action(async ({ file }) => {
      const { readRequest } = await import("../read-request.ts");
      const request = await readRequest(session, file);
      const client = await session.connect();
      const answer = await client.dryRun(request, { signal: session.signal });
      session.exitCode = answer.ok ? exitCodes.done : exitCodes.error;
      await session.print(answer, showDryRun(answer, lookOf(session)));
    });
}

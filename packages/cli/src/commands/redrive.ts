import type { Command } from "@commander-js/extra-typings";
import { askAbout } from "../confirm.ts";
import { secondsOf } from "../options.ts";
import { resolveId } from "../resolve-id.ts";
import { requireConnection, type Session } from "../session.ts";
import { showChanged } from "../show/show-changed.ts";
import { lookOf } from "../text/look.ts";
import { limitTime } from "../time-limit.ts";
import { waitAndPrint } from "../wait.ts";

/** `redrive`: runs a request again. */
export function defineRedrive(command: Command, session: Session): void {
  command
    .description(
      "Run a failed or unknown request again. What is at the vendor is looked for first: it never makes a second one.",
    )
    .argument("<id>", "of the request, or any other that it has met")
    .requiredOption("--reason <text>", "why, for the audit log (needed)")
    .option("--yes", "without asking")
    .option("--wait", "until it has ended")
    .option("--timeout <duration>", "wait so long at most, such as 30m", secondsOf("--timeout"))
    .action(async (given, { reason, yes, wait, timeout }) => {
      const ask = askAbout(session, { verb: "Run again", possible: ["failed", "unknown"], yes });
      const limit = limitTime(session, timeout);
      const client = await session.connect();
      const id = await resolveId(session, client, given);
      const seen = await ask(client, id);
      const made = await client.redrive(id, { reason }, { ...seen, signal: session.signal });
      if (wait !== true && timeout === undefined) return session.print(made, showChanged(made, lookOf(session)));
      session.underway = { id };
      return waitAndPrint(session, client, requireConnection(made, "--wait"), limit);
    });
}

import type { Command } from "@commander-js/extra-typings";
import { askAbout } from "../confirm.ts";
import { resolveId } from "../resolve-id.ts";
import type { Session } from "../session.ts";
import { showChanged } from "../show/show-changed.ts";
import { lookOf } from "../text/look.ts";

/** `cancel`: ends a request before the vendor is called. */
export function defineCancel(command: Command, session: Session): void {
  command
    .description("Cancel a request that the vendor was not called for yet. Ends with 1 where it is too late.")
    .argument("<id>", "of the request, or any other that it has met")
    .option("--reason <text>", "why, for the audit log")
    .option("--yes", "without asking")
    .action(async (given, { reason, yes }) => {
      const ask = askAbout(session, { verb: "Cancel", possible: ["accepted", "queued", "creating"], yes });
      const client = await session.connect();
      const id = await resolveId(session, client, given);
      const seen = await ask(client, id);
      const body = reason === undefined ? {} : { reason };
      const made = await client.cancel(id, body, { ...seen, signal: session.signal });
      await session.print(made, showChanged(made, lookOf(session)));
    });
}

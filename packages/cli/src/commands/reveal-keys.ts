import type { Command } from "@commander-js/extra-typings";
import { prepareToConfirm } from "../confirm.ts";
import { resolveId } from "../resolve-id.ts";
import type { Session } from "../session.ts";
import { toFacts } from "../text/facts.ts";
import { lookOf } from "../text/look.ts";

/** `reveal-keys`: the pre-shared keys that the broker made. */
export function defineRevealKeys(command: Command, session: Session): void {
  command
    .description(
      "Show the pre-shared keys that the broker made, for 24 hours after success. The audit log says who asked.",
    )
    .argument("<id>", "of the request, or any other that it has met")
    .option("--reason <text>", "why, for the audit log")
    .option("--yes", "without asking")
    .action(async (given, { reason, yes }) => {
      const confirm = prepareToConfirm(session, yes);
      const client = await session.connect();
      const id = await resolveId(session, client, given);
      await confirm(`Show the pre-shared keys of ${id} here?`);
      const body = reason === undefined ? {} : { reason };
      const items = await client.revealKeys(id, body, { signal: session.signal });
      const facts = items.map((item, index) => [`tunnel ${index + 1}`, item.preSharedKey] as const);
      await session.print({ items }, toFacts(facts, lookOf(session)));
    });
}

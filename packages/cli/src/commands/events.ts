import type { Command } from "@commander-js/extra-typings";
import { printTable } from "../print-table.ts";
import { resolveId } from "../resolve-id.ts";
import type { Session } from "../session.ts";
import { eventColumns, isTrouble, toEventRow } from "../show/event-row.ts";
import { lookOf } from "../text/look.ts";

/** `events`: what happened to a request. */
export function defineEvents(command: Command, session: Session): void {
  command
    .description(
      "Show what happened to a request, oldest first: statuses, vendor calls, webhook attempts, people's actions.",
    )
    .argument("<id>", "of the request, or any other that it has met")
    .option("--failed", "only what did not go well, and what was done about it")
    .action(async (given, { failed }) => {
      const client = await session.connect();
      const id = await resolveId(session, client, given);
      const events = await client.events(id, { signal: session.signal });
      const items = failed ? events.filter(isTrouble) : events;
      const look = lookOf(session);
      const rows = items.map((event) => toEventRow(event, look));
      const none = failed ? "Nothing went wrong." : "Nothing has happened yet.";
      await printTable(session, { items }, { columns: eventColumns, rows, none });
    });
}

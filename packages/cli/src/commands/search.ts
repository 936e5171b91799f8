import type { Command } from "@commander-js/extra-typings";
import type { Session } from "../session.ts";
import { connectionColumns, toConnectionRow } from "../show/connection-rows.ts";
import { lookOf } from "../text/look.ts";
import { toTable } from "../text/table.ts";

const help = `
Any id that a request has met: its own or the first 12 characters of it, its client token, the name or an id at the vendor, a
gateway, the vendor's id of the create, an execution, a delivery.`;

/** `search`: the requests that an id belongs to. */
export function defineSearch(command: Command, session: Session): void {
  command
    .description("Find the requests that any id belongs to.")
    .argument("<id>", "whole, of whatever kind")
    .addHelpText("after", help)
    .action(async (id) => {
      const look = lookOf(session);
      const client = await session.connect();
      const items = await client.search(id, { signal: session.signal });
      const connections = items.map(({ connection }) => connection);
      const columns = connectionColumns(connections, look);
      const rows = items.map(({ matched, connection }) => toConnectionRow(connection, look).toSpliced(2, 0, matched));
      columns.splice(2, 0, { heading: "matched" });
      await session.print({ items }, toTable(columns, rows, look, "No request has ever met it."));
    });
}

import type { Command } from "@commander-js/extra-typings";
import { printTable } from "../print-table.ts";
import { wholeIds } from "../resolve-id.ts";
import type { Session } from "../session.ts";
import { connectionColumns, toConnectionRow } from "../show/connection-rows.ts";
import { toHelp } from "../text/help.ts";
import { lookOf } from "../text/look.ts";

const help = `
Any id that a request has met: its own or the first 12 characters of it, its client token, the name or an id at the vendor, a
gateway, the vendor's id of the create, an execution, a delivery.`;

/** `providerConnectionId` as it is read. */
const toWords = (matched: string) => matched.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** `search`: the requests that an id belongs to. */
export function defineSearch(command: Command, session: Session): void {
  command
    .description("Find the requests that any id belongs to.")
    .argument("<id>", "whole, of whatever kind")
    .addHelpText("after", () => toHelp(session, help))
    .action(async (id) => {
      const look = lookOf(session);
      const client = await session.connect();
      const items = await client.search(id, { signal: session.signal });
      const connections = items.map(({ connection }) => connection);
      const columns = connectionColumns(connections, look);
      const rows = items.map(({ matched, connection }) =>
        toConnectionRow(connection, look).toSpliced(2, 0, toWords(matched)),
      );
      columns.splice(2, 0, { heading: "matched" });
      await printTable(session, { items }, { columns, rows, none: `No request has ever met it. ${wholeIds}` });
    });
}

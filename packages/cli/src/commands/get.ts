import type { Command } from "@commander-js/extra-typings";
import { isFinal } from "@vpn-broker/client";
import { resolveId } from "../resolve-id.ts";
import type { Session } from "../session.ts";
import { showConnection } from "../show/show-connection.ts";
import { lookOf } from "../text/look.ts";

/** `get`: how a request stands. */
export function defineGet(command: Command, session: Session): void {
  command
    .description("Show how a request stands, what stands in its way, and what to do.")
    .argument("<id>", "of the request, or any other that it has met")
    .action(async (given) => {
      const client = await session.connect();
      const id = await resolveId(session, client, given);
      const connection = await client.get(id, { signal: session.signal });
      const { signal } = session;
      const deliveries = session.json || !isFinal(connection) ? [] : await client.deliveries(id, { signal });
      await session.print(connection, showConnection(connection, lookOf(session), deliveries));
    });
}

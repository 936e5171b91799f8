import type { Command } from "@commander-js/extra-typings";
import { resolveId } from "../resolve-id.ts";
import type { Session } from "../session.ts";
import { showDeliveries } from "../show/show-deliveries.ts";
import { lookOf } from "../text/look.ts";

/** `deliveries`: a request's webhooks. */
export function defineDeliveries(command: Command, session: Session): void {
  command
    .description("Show a request's webhooks with every attempt, newest first.")
    .argument("<id>", "of the request, or any other that it has met")
    .action(async (given) => {
      const client = await session.connect();
      const id = await resolveId(session, client, given);
      const items = await client.deliveries(id, { signal: session.signal });
      await session.print({ items }, showDeliveries(items, lookOf(session)));
    });
}

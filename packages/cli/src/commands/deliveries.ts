import type { Command } from "@commander-js/extra-typings";
import { printTable } from "../print-table.ts";
import { resolveId } from "../resolve-id.ts";
import type { Session } from "../session.ts";
import { deliveryColumns, toDeliveryRows } from "../show/show-deliveries.ts";
import { lookOf } from "../text/look.ts";

/** `deliveries`: a request's webhooks. */
export function defineDeliveries(command: Command, session: Session): void {
  command
    .description("Show a request's webhooks with every attempt: the newest webhook first, its attempts in their order.")
    .argument("<id>", "of the request, or any other that it has met")
    .action(async (given) => {
      const client = await session.connect();
      const id = await resolveId(session, client, given);
      const items = await client.deliveries(id, { signal: session.signal });
      const look = lookOf(session);
      const rows = items.flatMap((delivery) => toDeliveryRows(delivery, look));
      const none = "There is no webhook: the request goes on, or names no receiver.";
      await printTable(session, { items }, { columns: deliveryColumns, rows, none });
    });
}

import type { Command } from "@commander-js/extra-typings";
import { prepareToConfirm } from "../confirm.ts";
import { resolveId } from "../resolve-id.ts";
import type { Session } from "../session.ts";
import { toFacts } from "../text/facts.ts";
import { lookOf } from "../text/look.ts";

/** `resend`: sends a webhook once more. */
export function defineResend(command: Command, session: Session): void {
  command
    .description("Send a webhook once more, under the same id, with the whole schedule ahead of it.")
    .argument("<id>", "of the request, or any other that it has met")
    .argument("<delivery>", "id of the delivery, as deliveries lists it")
    .option("--reason <text>", "why, for the audit log")
    .option("--yes", "without asking")
    .action(async (given, deliveryId, { reason, yes }) => {
      const confirm = prepareToConfirm(session, yes);
      const client = await session.connect();
      const id = await resolveId(session, client, given);
      await confirm(`Send ${deliveryId} of ${id} again?`);
      const body = reason === undefined ? {} : { reason };
      const delivery = await client.resend(id, deliveryId, body, { signal: session.signal });
      const facts = [
        ["delivery", delivery.id],
        ["state", delivery.state],
        ["next", `vpn-broker deliveries ${id}`],
      ] as const;
      await session.print(delivery, toFacts(facts, lookOf(session)));
    });
}

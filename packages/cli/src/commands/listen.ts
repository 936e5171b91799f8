import type { Command } from "@commander-js/extra-typings";
import { portOf } from "../options.ts";
import { readConfig, type Session } from "../session.ts";
import { toHelp } from "../text/help.ts";

const help = `
For trying: name its address as callback.url of a request, or as the tenant's webhook URL. Each webhook is checked with the
local stack's secret, or the one in VPN_BROKER_WEBHOOK_SECRET, and answered with 204, or 401 when it is not signed with it.
With --json a document a line.`;

/** `listen`: receives webhooks on this computer, checks and prints them. */
export function defineListen(command: Command, session: Session): void {
  command
    .description("Receive, verify and print the local stack's webhooks, until Ctrl-C.")
    .option("--port <port>", "where to listen on this computer; a free one without", portOf("--port"))
    .addHelpText("after", () => toHelp(session, help))
    .action(async ({ port = 0 }) => {
      const { findWebhookSecret } = await import("../listen/webhook-secret.ts");
      const { secret, source } = findWebhookSecret(await readConfig(session));
      const { receiveWebhooks } = await import("../listen/receive-webhooks.ts");
      await receiveWebhooks(session, { port, secret, source });
    });
}

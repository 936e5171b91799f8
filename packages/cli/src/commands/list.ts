import type { Command } from "@commander-js/extra-typings";
import type { ListConnectionsQuery } from "@vpn-broker/client";
import { requestErrorCodes } from "../../../../functions/domain/errors.ts";
import { statuses } from "../../../../functions/domain/record/status.ts";
import { providers } from "../../../../functions/domain/values.ts";
import { UsageError } from "../failure.ts";
import { collectOf, countOf, oneOf, timeOf } from "../options.ts";
import type { Session } from "../session.ts";
import { createPrinter } from "../show/connection-printer.ts";
import { toHelp } from "../text/help.ts";
import { lookOf } from "../text/look.ts";

/** How many a person sees without `--limit`. */
const usual = 20;
const pageSize = 100;

const help = `
On a terminal the newest ${usual}, unless --limit or --all says otherwise; in a pipe and with --json all, as they come. Lines of a
pipe: id, status, name, time of acceptance, error, vendor and region, VPN gateway, connection, tenant.

  vpn-broker list --status failed --status unknown --created-after 24h
  vpn-broker list --tenant '*' --provider tencent --json | jq -r '.items[].id'`;

/** What was given of it. */
const given = (options: object) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** `list`: requests, newest first, however many. */
export function defineList(command: Command, session: Session): void {
  command
    .description("List requests, newest first.")
    .option("--status <status>", `once for each: ${statuses.join(", ")}`, collectOf("--status", statuses))
    .option("--provider <vendor>", providers.join(" or "), oneOf("--provider", providers))
    .option("--region <region>", "the vendor's region id")
    .option("--gateway <id>", "the VPN gateway")
    .option("--client-token <token>", "the caller's own name for it")
    .option("--connection <id>", "the connection's id at the vendor")
    .option("--error-code <code>", "why it failed, such as provider_quota", oneOf("--error-code", requestErrorCodes))
    .option("--created-after <time>", "a time, or so long ago: 2h", timeOf("--created-after", session.now))
    .option("--created-before <time>", "a time, or so long ago: 7d", timeOf("--created-before", session.now))
    .option("--tenant <tenant>", "another tenant's, or * for all; needs the scope operations")
    .option("--limit <count>", "so many at most", countOf("--limit"))
    .option("--all", "every one")
    .addHelpText("after", () => toHelp(session, help))
    .action(async ({ gateway, connection, limit, all, ...filters }) => {
      if (all && limit !== undefined) throw new UsageError("--limit and --all exclude each other");
      const look = lookOf(session);
      const isForPerson = look.isTerminal && !session.json && !all;
      const most = limit ?? (isForPerson ? usual : Infinity);
      const query: ListConnectionsQuery = {
        ...given({ ...filters, vpnGatewayId: gateway, providerConnectionId: connection }),
        // One more tells whether there are more.
        limit: Math.min(pageSize, most + 1),
      };
      const client = await session.connect();
      const printer = createPrinter(session, look);
      let count = 0;
      for await (const connection of client.list(query, { signal: session.signal })) {
        count += 1;
        if (count > most) break;
        await printer.print(connection);
      }
      await printer.end();
      if (count === 0) session.note("There is no such request.");
      if (count > most && limit === undefined) session.note("… and more: --limit N, or --all", { more: true });
    });
}

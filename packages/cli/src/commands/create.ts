import type { Command } from "@commander-js/extra-typings";
import { isFinal } from "@vpn-broker/client";
import { exitCodeOf } from "../exit-codes.ts";
import { secondsOf } from "../options.ts";
import { requireConnection, type Session } from "../session.ts";
import { showChanged } from "../show/show-changed.ts";
import { toHelp } from "../text/help.ts";
import { lookOf } from "../text/look.ts";
import { limitTime } from "../time-limit.ts";
import { waitAndPrint } from "../wait.ts";

const help = `
Repeating it with the same clientToken, of the file or by --client-token, never makes a second connection. A request without
one gets one, which is told before anything is sent. Without --wait and --timeout it ends once the request is accepted.

  vpn-broker create -f request.json --wait --timeout 30m
  jq 'del(.clientToken) | .name = "branch-2"' request.json | vpn-broker create -f - --client-token branch-2`;

/** `create`: one request, once for its token. */
export function defineCreate(command: Command, session: Session): void {
  command
    .description("Create a connection, once for its client token.")
    .requiredOption("-f, --file <file>", "the create request in JSON; - for stdin (needed)")
    .option("--client-token <token>", "what the request is known by when it is repeated")
    .option("--wait", "until it has ended")
    .option("--timeout <duration>", "wait so long at most, such as 30m", secondsOf("--timeout"))
    .addHelpText("after", () => toHelp(session, help))
    .action(async ({ file, clientToken, wait, timeout }) => {
      const { readRequest } = await import("../read-request.ts");
      const request = await readRequest(session, file, clientToken);
      const client = await session.connect();
      const limit = limitTime(session, timeout);
      const { clientToken: token = crypto.randomUUID() } = request;
      if (request.clientToken === undefined) {
        session.note(`The client token is ${token}.`, { clientToken: token });
      }
      session.underway = { clientToken: token };
      const made = await client.create({ ...request, clientToken: token }, { signal: limit.signal });
      session.underway = { id: made.id };
      session.note(`${isFinal(made) ? "Accepted before" : "Accepted"} as ${made.id}.`, {
        id: made.id,
        clientToken: token,
      });
      if (wait === true || timeout !== undefined) {
        return waitAndPrint(session, client, requireConnection(made, "--wait"), limit);
      }
      session.underway = {};
      if (isFinal(made)) session.exitCode = exitCodeOf(made);
      return session.print(made, showChanged(made, lookOf(session)));
    });
}

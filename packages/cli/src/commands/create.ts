import type { Command } from "@commander-js/extra-typings";
import { isFinal } from "@vpn-broker/client";
import { exitCodeOf } from "../exit-codes.ts";
import { secondsOf } from "../options.ts";
import { requireConnection, type Session } from "../session.ts";
import { showConnection } from "../show/show-connection.ts";
import { toHelp } from "../text/help.ts";
import { lookOf } from "../text/look.ts";
import { waitForEnd } from "../wait.ts";

const help = `
Repeating it with the same clientToken, of the file or by --client-token, never makes a second connection. A request without
one gets one, which is told before anything is sent. Without --wait it ends once the request is accepted.

  vpn-broker create -f request.json --wait --timeout 30m
  jq '.name = "branch-2"' request.json | vpn-broker create -f - --client-token branch-2`;

/** `create`: one request, once for its token. */
export function defineCreate(command: Command, session: Session): void {
  command
    .description("Create a connection, once for its client token.")
    .requiredOption("-f, --file <file>", "the create request in JSON; - for stdin")
    .option("--client-token <token>", "what the request is known by when it is repeated")
    .option("--wait", "until it has ended")
    .option("--timeout <duration>", "wait so long at most, such as 30m", secondsOf("--timeout"))
    .addHelpText("after", () => toHelp(session, help))
    .action(async ({ file, clientToken, wait, timeout }) => {
      const { readRequest } = await import("../read-request.ts");
      const request = await readRequest(session, file, clientToken);
      const client = await session.connect();
      const token = request.clientToken ?? crypto.randomUUID();
      if (request.clientToken === undefined) {
        session.note(`The client token is ${token}.`, { clientToken: token });
      }
      session.underway = { clientToken: token };
      const made = await client.create({ ...request, clientToken: token }, { signal: session.signal });
      session.underway = { id: made.id };
      session.note(`Accepted as ${made.id}.`, { id: made.id, clientToken: token });
      const isWaited = wait === true || timeout !== undefined;
      const last = isWaited ? await waitForEnd(session, client, requireConnection(made, "--wait"), timeout) : made;
      session.underway = {};
      session.exitCode = isWaited || isFinal(last) ? exitCodeOf(last) : 0;
      await session.print(last, showConnection(last, lookOf(session)));
    });
}

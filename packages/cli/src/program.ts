import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { defineAdmin } from "./admin/admin.ts";
import { defineAttention } from "./commands/attention.ts";
import { defineCancel } from "./commands/cancel.ts";
import { defineCreate } from "./commands/create.ts";
import { defineDeliveries } from "./commands/deliveries.ts";
import { defineDryRun } from "./commands/dry-run.ts";
import { defineEvents } from "./commands/events.ts";
import { defineGet } from "./commands/get.ts";
import { defineList } from "./commands/list.ts";
import { defineListen } from "./commands/listen.ts";
import { defineOpenapi } from "./commands/openapi.ts";
import { defineRedrive } from "./commands/redrive.ts";
import { defineResend } from "./commands/resend.ts";
import { defineRevealKeys } from "./commands/reveal-keys.ts";
import { defineSearch } from "./commands/search.ts";
import { defineStats } from "./commands/stats.ts";
import { defineWatch } from "./commands/watch.ts";
import { defineWhoami } from "./commands/whoami.ts";
import type { Session } from "./session.ts";
import { toHelp } from "./text/help.ts";
import { version } from "./version.ts";

const exits = `
Exit codes: 0 done, or the request succeeded; 1 an error; 2 a wrong command line; 3 the request failed or was canceled;
4 no key, or one that may not do this; 5 unknown: whether there is a connection must be looked at; 6 still running at the
end of --timeout; 130 Ctrl-C.

The broker is the one at --url or VPN_BROKER_URL, or else this computer's; the key is read from VPN_BROKER_API_KEY or
--key-file, and this computer's broker is shown its own without either. Results go to stdout: tables cut to the terminal,
tab-separated lines in a pipe, documents with --json. All else goes to stderr. An ID may be any that the request has met.

  vpn-broker dry-run -f request.json       what would be wrong with it
  vpn-broker create -f request.json --wait
  vpn-broker attention                     what needs a person, and what to do
  vpn-broker events ID                     what happened to a request`;

type Define = (command: Command, session: Session) => void;

const groups: Record<string, Record<string, readonly [summary: string, define: Define]>> = {
  "Requests:": {
    create: ["create a connection, once for its client token", defineCreate],
    "dry-run": ["say what would be wrong with a request, and create nothing", defineDryRun],
    get: ["show how a request stands, and what stands in its way", defineGet],
    list: ["list requests, newest first", defineList],
    search: ["find the requests that any id belongs to", defineSearch],
    watch: ["follow a request until it has ended", defineWatch],
    events: ["show what happened to a request: statuses, vendor calls, webhooks", defineEvents],
    deliveries: ["show a request's webhooks with every attempt", defineDeliveries],
  },
  "What needs a person:": {
    attention: ["list what a person should look at, each with what to do", defineAttention],
    stats: ["show how requests ended, how long they took, and what is unfinished", defineStats],
  },
  "Changes:": {
    cancel: ["cancel a request that the vendor was not called for yet", defineCancel],
    redrive: ["run a failed or unknown request again, safely", defineRedrive],
    resend: ["send a webhook once more, under the same id", defineResend],
    "reveal-keys": ["show the pre-shared keys that the broker made", defineRevealKeys],
  },
  "Others:": {
    listen: ["receive, verify and print the local stack's webhooks", defineListen],
    whoami: ["show what the key is, and what it may do", defineWhoami],
    openapi: ["print the OpenAPI document of the broker", defineOpenapi],
    admin: ["the operators' commands: tenants, keys, the audit log", defineAdmin],
  },
};

/** The commands; each reads what it needs from the session, and prints to it. */
export function createProgram(given: readonly string[], session: Session): CommandUnknownOpts {
  const { stdout, stderr } = session;
  const program = new Command("vpn-broker")
    .description("VPN connections at Alibaba Cloud and Tencent Cloud, each created exactly once.")
    .version(version)
    .option("--url <url>", "the broker's address")
    .option("--key-file <file>", "a file that holds the API key")
    .option("--insecure-http", "send the key over http to another computer")
    .option("--json", "print documents, on stderr too")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, sortOptions: false })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      // Help in place of a command that is missing.
      writeErr: (text) => void (session.json ? undefined : stderr.write(text)),
      // What is wrong is told where all errors are.
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(stdout.columns, 110),
      getErrHelpWidth: () => Math.min(stderr.columns, 110),
      getOutHasColors: () => stdout.hasColors,
      getErrHasColors: () => stderr.hasColors,
    })
    .hook("preAction", (_program, command) => {
      session.options = command.optsWithGlobals();
      session.optionNames = new Set(command.options.map((option) => option.attributeName()));
    })
    .addHelpText("after", () => toHelp(session, exits));
  for (const [group, commands] of Object.entries(groups)) {
    for (const [name, [summary, define]] of Object.entries(commands)) {
      const command = program.command(name).summary(summary).helpGroup(group);
      // Of those that are not called, the name is all that help needs.
      if (given.includes(name)) define(command, session);
    }
  }
  return program;
}

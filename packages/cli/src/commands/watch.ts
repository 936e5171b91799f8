import type { Command } from "@commander-js/extra-typings";
import type { Connection } from "@vpn-broker/client";
import { exitCodeOf } from "../exit-codes.ts";
import { follow } from "../follow.ts";
import { secondsOf } from "../options.ts";
import { resolveId } from "../resolve-id.ts";
import type { Session } from "../session.ts";
import { lookOf, paintStatus } from "../text/look.ts";
import { plain, toJson } from "../text/plain.ts";
import { limitTime } from "../time-limit.ts";

/** `watch`: each state of a request until it has ended. */
export function defineWatch(command: Command, session: Session): void {
  command
    .description("Print each state of a request until it has ended, a line each; with --json a document a line.")
    .argument("<id>", "of the request, or any other that it has met")
    .option("--timeout <duration>", "so long at most, such as 30m", secondsOf("--timeout"))
    .action(async (given, { timeout }) => {
      const limit = limitTime(session, timeout);
      const client = await session.connect();
      const id = await resolveId({ ...session, signal: limit.signal }, client, given);
      let last: Connection | undefined;
      for await (const state of follow(session, client, id, limit.left())) {
        const isNew = state.status !== last?.status || state.statusReason !== last.statusReason;
        if (session.json) await session.stdout.write(`${toJson(state)}\n`);
        else if (isNew) await session.stdout.write(`${toLine(state, session)}\n`);
        last = state;
      }
      if (last) session.exitCode = exitCodeOf(last);
    });
}

function toLine({ updatedAt, status, statusReason }: Connection, session: Session): string {
  const reason = plain(statusReason);
  const look = lookOf(session);
  if (!look.isTerminal) return [updatedAt, status, reason].join("\t");
  return `${updatedAt}  ${paintStatus(status.padEnd(12), status, look)}  ${reason}`;
}

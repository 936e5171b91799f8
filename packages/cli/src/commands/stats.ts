import type { Command } from "@commander-js/extra-typings";
import { windowOf } from "../options.ts";
import type { Session } from "../session.ts";
import { showStats } from "../show/show-stats.ts";
import { lookOf } from "../text/look.ts";

/** `stats`: how requests ended, and what is unfinished. */
export function defineStats(command: Command, session: Session): void {
  command
    .description("Show how requests ended within a window, how long they took, and what is unfinished now.")
    .option("--window <duration>", "1h to 720h, or 1d to 30d; 24h without", windowOf("--window"))
    .option("--tenant <tenant>", "another tenant's, or * for all; needs the scope operations")
    .action(async ({ window, tenant }) => {
      const client = await session.connect();
      const query = { ...(window === undefined ? {} : { window }), ...(tenant === undefined ? {} : { tenant }) };
      const stats = await client.stats(query, { signal: session.signal });
      await session.print(stats, showStats(stats, lookOf(session)));
    });
}

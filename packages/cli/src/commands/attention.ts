import type { Command } from "@commander-js/extra-typings";
import type { AttentionItem } from "@vpn-broker/client";
import { countOf } from "../options.ts";
import type { Session } from "../session.ts";
import { showAttention } from "../show/show-attention.ts";
import { lookOf } from "../text/look.ts";

const usual = 50;
const pageSize = 100;

/** `attention`: what a person should look at. */
export function defineAttention(command: Command, session: Session): void {
  command
    .description("List what a person should look at, each with what to do: waves and outages first, then requests.")
    .option("--tenant <tenant>", "another tenant's, or * for all; needs the scope operations")
    .option("--limit <count>", `so many requests at most, ${usual} without`, countOf("--limit"))
    .action(async ({ tenant, limit = usual }) => {
      const client = await session.connect();
      const asked = tenant === undefined ? {} : { tenant };
      const { signal } = session;
      const first = await client.attention({ ...asked, limit: Math.min(limit, pageSize) }, { signal });
      const items: AttentionItem[] = [...first.items];
      let cursor = first.nextCursor;
      while (cursor !== undefined && items.length < limit) {
        const size = Math.min(limit - items.length, pageSize);
        const page = await client.attention({ ...asked, limit: size, cursor }, { signal });
        items.push(...page.items);
        // One that leads to itself has no end.
        if (page.nextCursor === cursor) break;
        cursor = page.nextCursor;
      }
      const { groups } = first;
      const document = { items, groups, more: cursor !== undefined };
      await session.print(document, showAttention(groups, items, lookOf(session)));
      if (groups.length + items.length === 0 && cursor === undefined && !session.json)
        session.note("Nothing needs a person.");
      if (cursor !== undefined) session.note("… and more: --limit N", { more: true });
    });
}

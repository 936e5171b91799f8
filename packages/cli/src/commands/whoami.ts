import type { Command } from "@commander-js/extra-typings";
import type { Session } from "../session.ts";
import { toFacts } from "../text/facts.ts";
import { lookOf } from "../text/look.ts";

/** `whoami`: what the key is. */
export function defineWhoami(command: Command, session: Session): void {
  command.description("Show which tenant's the key is, and what it may do.").action(async () => {
    const client = await session.connect();
    const key = await client.key({ signal: session.signal });
    const { base, keySource } = await session.findAccess();
    const facts = [
      ["broker", base],
      ["tenant", key.tenant],
      ["key", `${key.name} (${key.id}), from ${keySource}`],
      ["scopes", key.scopes.join(" ")],
      ["gateways", key.gateways.join(" ") || "none"],
      ["limit", `${key.rateLimit.perSecond}/s, ${key.rateLimit.burst} at once`],
      ["ends", key.expiresAt ?? "never"],
    ] as const;
    await session.print(key, toFacts(facts, lookOf(session)));
  });
}

import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { AuditEntry } from "@vpn-broker/client";
import { UsageError } from "../failure.ts";
import { countOf } from "../options.ts";
import type { Session } from "../session.ts";
import { plain } from "../text/plain.ts";
import { checkTenant } from "./names.ts";

const maxOfPage = 100;
const usual = 20;

/** The audit log. */
export function addAudit(admin: CommandUnknownOpts, session: Session): void {
  admin
    .command("audit")
    .description("who did what, when, from where and why; newest first")
    .option("--tenant <tenant>", "what was done to this one only", checkTenant)
    .option("--limit <count>", `so many entries, ${usual} without`, countOf("--limit"))
    .option("--all", "every one there is")
    .action(async ({ tenant, limit, all }) => {
      if (all && limit !== undefined) throw new UsageError("--limit and --all exclude each other");
      const most = all ? Infinity : (limit ?? usual);
      const query = { ...(tenant === undefined ? {} : { tenant }), limit: Math.min(maxOfPage, most + 1) };
      const client = await session.connect();
      const items: AuditEntry[] = [];
      let more = false;
      for await (const entry of client.admin.audit(query, { signal: session.signal })) {
        more = items.length === most;
        if (more) break;
        items.push(entry);
      }
      await session.print({ items, more }, items.map(toLine).join("\n"));
      if (more) session.note("… and more: --limit N, or --all", { more });
      else if (items.length === 0) session.note("Nothing was written down yet.");
    });
}

function toLine({ at, action, tenant, target, by, reason, details = {} }: AuditEntry): string {
  const who = `by ${by.keyName} (${by.keyId} of ${by.tenant})${by.address ? ` from ${by.address}` : ""}`;
  const what = `${action.padEnd(21)} ${tenant}${target ? ` ${target}` : ""}`;
  const facts = Object.entries(details).map(([name, value]) => ` ${name}=${String(value)}`);
  return plain(`${at}  ${what}${facts.join("")}  ${who}${reason ? `: ${reason}` : ""}`);
}

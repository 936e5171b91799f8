import type { AuditEntry } from "../../../../functions/domain/audit.ts";
import type { ApiClient } from "./api-client.ts";
import { type Command, defineApiCommand } from "./command.ts";
import { Failure, UsageError } from "./failure.ts";
import { checkTenant } from "./names.ts";
import { toCount } from "./tenants.ts";
import { plain } from "./text.ts";

interface AuditPage {
  items: AuditEntry[];
  nextCursor?: string;
}

const maxOfPage = 100;
const usualLines = 20;

const show = defineApiCommand({
  name: "audit",
  synopsis: "[--tenant TENANT] [--limit N] [--all]",
  summary: "who did what, when, from where and why; newest first",
  details: [
    "--tenant TENANT  what was done to this one only",
    `--limit N        so many lines, ${usualLines} without; --all for every one there is`,
  ],
  options: { tenant: { type: "string" }, limit: { type: "string" }, all: { type: "boolean" } },
  prepare(_operands, { tenant, limit, all }) {
    if (all && limit !== undefined) throw new UsageError("--limit and --all exclude each other");
    const most = all ? Infinity : limit === undefined ? usualLines : toCount(limit, "--limit");
    const filter: Record<string, string> = tenant === undefined ? {} : { tenant: checkTenant(tenant) };
    return async (api) => {
      const { items, more } = await readAudit(api, filter, most);
      const lines = items.map(toLine);
      const end = more ? "… and more: --limit N, or --all" : items.length === 0 ? "Nothing was written down yet." : "";
      return { document: { items, more }, text: [...lines, ...(end ? [end] : [])].join("\n") };
    };
  },
});

export const auditCommands: readonly Command[] = [show];

/** Page after page: one may be short or empty although more follow. */
async function readAudit(
  api: ApiClient,
  filter: Record<string, string>,
  most: number,
): Promise<{ items: AuditEntry[]; more: boolean }> {
  const items: AuditEntry[] = [];
  let cursor: string | undefined;
  do {
    const limit = String(Math.min(maxOfPage, most - items.length));
    const query = new URLSearchParams({ ...filter, limit, ...(cursor === undefined ? {} : { cursor }) });
    const page: AuditPage = await api.get<AuditPage>(`/audit?${query.toString()}`);
    if (page.nextCursor !== undefined && page.nextCursor === cursor) {
      throw new Failure("The broker answers with the same page of the audit log again and again.");
    }
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && items.length < most);
  return { items, more: cursor !== undefined };
}

function toLine({ at, action, tenant, target, by, reason, details = {} }: AuditEntry): string {
  const who = `by ${by.keyName} (${by.keyId} of ${by.tenant})${by.address ? ` from ${by.address}` : ""}`;
  const what = `${action.padEnd(21)} ${tenant}${target ? ` ${target}` : ""}`;
  const facts = Object.entries(details).map(([name, value]) => ` ${name}=${String(value)}`);
  return plain(`${at}  ${what}${facts.join("")}  ${who}${reason ? `: ${reason}` : ""}`);
}

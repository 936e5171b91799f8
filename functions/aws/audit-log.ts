import type { AuditEntry, AuditLog, AuditQuery } from "../domain/audit.ts";
import type { Clock } from "../domain/clock.ts";
import { DomainError } from "../domain/errors.ts";
import { type AuditItem, auditPartition, type RecordItem } from "./item.ts";
import { type Condition, createTable, type TableDeps } from "./table.ts";

const isNew: Condition = { expression: "attribute_not_exists(pk)" };
/** The index has a partition a month; so many are looked through, and so many times is it asked, for one page. */
const maxMonths = 24;
const maxQueries = 50;
/** Sorts after every time. */
const newest = "~";

interface Row {
  pk: string;
  gsi5sk: string;
}

/** The audit log: entries of its own and, where a request was accepted, the record itself, by time in one index. */
export function createAuditLog({ clock, ...deps }: TableDeps & { clock: Clock }): AuditLog {
  const table = createTable(deps);

  function query(month: string, before: string, tenant: string | undefined) {
    return table.query<Row>({
      IndexName: "gsi5",
      ScanIndexForward: false,
      Limit: 100,
      KeyConditionExpression: "gsi5pk = :month AND gsi5sk < :before",
      ...(tenant === undefined
        ? {}
        : { FilterExpression: "#tenant = :tenant", ExpressionAttributeNames: { "#tenant": "tenant" } }),
      values: {
        ":month": auditPartition(month),
        ":before": before,
        ...(tenant === undefined ? {} : { ":tenant": tenant }),
      },
    });
  }

  return {
    async append(entry) {
      const item: AuditItem = {
        pk: `audit#${entry.id}`,
        entry,
        tenant: entry.tenant,
        gsi5pk: auditPartition(entry.at),
        gsi5sk: `${entry.at}#${entry.id}`,
      };
      // Ids are random: an item that is in the way is this very one.
      await table.putIf(item, isNew);
    },

    async list({ limit, cursor, tenant }: AuditQuery) {
      let before = cursor === undefined ? newest : fromCursor(cursor);
      let month = cursor === undefined ? clock.now().toISOString() : before;
      const rows: Row[] = [];
      let months = 0;
      for (let asked = 0; asked < maxQueries && months < maxMonths && rows.length <= limit; asked += 1) {
        const found = await query(month, before, tenant);
        rows.push(...found.rows);
        before = found.last?.gsi5sk ?? newest;
        if (found.last === undefined) {
          month = monthBefore(month);
          months += 1;
        }
      }
      const shown = rows.slice(0, limit);
      const items = await table.readMany<AuditItem | RecordItem>(shown.map(({ pk }) => pk));
      const entries = new Map(items.map((item) => [item.pk, toEntry(item)]));
      const ended = rows.length <= limit && months === maxMonths;
      const last = rows.length > limit ? shown.at(-1)?.gsi5sk : before === newest ? `${month}~` : before;
      return {
        items: shown.flatMap(({ pk }) => entries.get(pk) ?? []),
        ...(ended || last === undefined ? {} : { nextCursor: Buffer.from(last).toString("base64url") }),
      };
    },
  };
}

function toEntry(item: AuditItem | RecordItem): AuditEntry {
  if ("entry" in item) return item.entry;
  const { id, tenant, createdAt, createdBy } = item.data;
  return { id: `audit_${id}`, at: createdAt, action: "connection.create", tenant, target: id, by: createdBy };
}

/** The last millisecond of the month before, RFC 3339; a place in the index will do for the time. */
function monthBefore(time: string): string {
  return new Date(Date.UTC(Number(time.slice(0, 4)), Number(time.slice(5, 7)) - 1) - 1).toISOString();
}

/** A cursor is a place in the index: a time, and as a rule what stands there. */
function fromCursor(cursor: string): string {
  const place = Buffer.from(cursor, "base64url").toString();
  if (/^\d{4}-(?:0[1-9]|1[0-2])-[0-3]\dT[\d:.]+Z[#~]\w{0,64}$/.test(place)) return place;
  throw new DomainError("invalid_request", "the cursor is not one of ours", [
    { pointer: "/cursor", detail: "is not one of ours" },
  ]);
}

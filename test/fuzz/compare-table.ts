import type { Ledger } from "./ledger.ts";
import type { TableContents } from "./read-table.ts";

/** What the table holds that no answer told of, and what answers told of that it does not hold. */
export function compareTable({ connections, audit, ...table }: TableContents, ledger: Ledger): string[] {
  const accepted = [...ledger.connections].map(([id, call]) => `${id} by ${call}`);
  const ids = connections.map(({ id, createdBy }) => `${id} by ${createdBy.requestId}`);
  const calls = audit.map(({ by }) => by.requestId);
  const audited = [...ledger.mustBeAudited, ...calls.filter((call) => ledger.mayBeAudited.has(call))];
  return [
    ...compare("request", ids, accepted),
    ...compare("entry of the audit log for the call", calls, audited),
    ...compare("tenant", table.tenants, [...ledger.tenants]),
    ...compare("way to a tenant from the key", table.keyHashes, [...ledger.keyHashes], ledger.lostKeys),
    ...compare("item", table.others, []),
  ];
}

/** `mostTooMany` of those that are not expected are no fault. */
function compare(what: string, found: readonly string[], expected: readonly string[], mostTooMany = 0): string[] {
  const [there, wanted] = [new Set(found), new Set(expected)];
  const tooMany = found.filter((one, index) => !wanted.has(one) || found.indexOf(one) !== index);
  const missing = expected.filter((one) => !there.has(one));
  return [
    ...(tooMany.length > mostTooMany ? tooMany : []).map((one) => `a ${what} too many: ${one}`),
    ...missing.map((one) => `no ${what}: ${one}`),
  ];
}

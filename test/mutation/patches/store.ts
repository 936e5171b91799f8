import { inFile, type Patch } from "../patch.ts";

const table = inFile("functions/aws/table.ts", [
  {
    id: "table-reads-stale",
    find: "new GetItemCommand({ TableName: table, Key: toWire({ pk }), ConsistentRead: true }),",
    replace: "new GetItemCommand({ TableName: table, Key: toWire({ pk }), ConsistentRead: false }),",
    why: "a record is read for certain before anything is decided on it",
  },
  {
    id: "table-own-write-blocks",
    find: 'return by && "writeId" in by && by.writeId === writeId ? undefined : { by };',
    replace: "return { by };",
    why: "a write that the SDK repeated is no other's",
  },
  {
    id: "table-any-write-is-own",
    find: 'return by && "writeId" in by && by.writeId === writeId ? undefined : { by };',
    replace: 'return by && "writeId" in by ? undefined : { by };',
    why: "a write that somebody was quicker than has no effect, and says so",
  },
  {
    id: "table-write-without-condition",
    find: "          ConditionExpression: expression,\n",
    replace: "",
    why: "a write takes effect only on what was read",
  },
  {
    id: "table-first-page-only",
    find: "after = page.last;\n      if (!after) return;",
    replace: "after = page.last;\n      return;",
    why: "a gateway may have more connections than a page, the sweep more work",
    unplayed: "nowhere wait a hundred requests",
  },
]);

const records = inFile("functions/aws/connection-store.ts", [
  {
    id: "store-saves-over-anything",
    find: "isUnchanged(record.version))) {",
    replace: 'isUnchanged(record.version).expression ? { expression: "attribute_exists(pk)" } : isUnchanged(0))) {',
    why: "a stale save has no effect",
  },
  {
    id: "store-stale-save-is-silent",
    find: 'throw new StaleRecordError("the record was written by somebody else");',
    replace: "return next;",
    why: "who was overtaken knows it",
  },
  {
    id: "store-saves-the-same-version",
    find: "const next = { ...record, version: record.version + 1 };",
    replace: "const next = { ...record };",
    why: "of two saves of one record only one has an effect",
  },
  {
    id: "store-replay-is-new",
    find: "if (!blocked) return undefined;",
    replace: "if (blocked || !blocked) return undefined;",
    why: "a token that is known is a replay, and no new request",
  },
  {
    id: "store-creates-over-the-ended",
    find: 'expression: "attribute_not_exists(pk) OR expiresAt < :now",',
    replace: 'expression: "attribute_not_exists(pk) OR attribute_exists(expiresAt) OR expiresAt < :now",',
    why: "a token that was used is not used anew while its request is kept",
  },
  {
    id: "store-made-first-page-only",
    find: 'if (kind === "waiting") break;',
    replace: "break;",
    why: "a gateway may have more connections than a page",
    unplayed: "nowhere wait a hundred requests",
  },
  {
    id: "store-sweeps-one-shard",
    find: "for (let n = 0; n < sweepShards; n += 1) {",
    replace: "for (let n = 0; n < 1; n += 1) {",
    why: "every request with work left is swept",
  },
  {
    id: "store-sweeps-quiet-for-ever",
    find: "const quietAt = writtenAt.getTime() + sweepSeconds * 1000 * timeScale;",
    replace: "const quietAt = writtenAt.getTime() + 1000 * sweepSeconds * 1000 * timeScale;",
    why: "a request that nobody is at work on is found within a few minutes",
  },
]);

const items = inFile("functions/aws/item.ts", [
  {
    id: "item-waits-where-it-came",
    find: "`waiting#${queuedAt(record)}#${record.id}`",
    replace: "`waiting#${record.createdAt}#${record.id}`",
    why: "who gave its turn back goes after those who waited",
  },
  {
    id: "item-made-by-known-ids",
    find: "const made = mayHaveConnection(record) ? `made#${place}` : undefined;",
    replace: "const made = record.providerConnectionId ? `made#${place}` : undefined;",
    why: "one whose create is in doubt may be a duplicate",
  },
  {
    id: "item-made-by-success",
    find: "const made = mayHaveConnection(record) ? `made#${place}` : undefined;",
    replace: 'const made = record.status === "succeeded" ? `made#${place}` : undefined;',
    why: "what is being provisioned may be a duplicate",
  },
  {
    id: "item-never-swept-for-keys",
    find: "...(needsSweep(record) ? { gsi2pk",
    replace: "...(needsWork(record) ? { gsi2pk",
    why: "keys are erased when their time is over",
  },
  {
    id: "item-unknown-expires",
    find: 'if (record.status !== "failed" && record.status !== "canceled") return {};',
    replace: 'if (record.status === "succeeded" || !record.completedAt) return {};',
    why: "a record that may have a connection is kept for good",
    unplayed: "no schedule lasts for ninety days",
  },
  {
    id: "item-kept-for-no-day",
    find: "const keptDays = 90;",
    replace: "const keptDays = 0;",
    why: "a token that was used is not used anew while its request is kept",
  },
]);

const rest = [
  ...inFile("functions/aws/turns.ts", [
    {
      id: "turns-passed-by-anybody",
      find: 'expression: "holder = :from", values: { ":from": holder }',
      replace: 'expression: "attribute_exists(pk) OR holder = :from", values: { ":from": holder }',
      why: "a turn is passed on only by who knows its holder",
    },
    {
      id: "turns-free-for-all",
      find: 'const isFree: Condition = { expression: "attribute_not_exists(pk)" };',
      replace: 'const isFree: Condition = { expression: "attribute_not_exists(pk) OR attribute_exists(pk)" };',
      why: "of two who find a gateway free one has the turn",
    },
    {
      id: "turns-own-name-is-lost",
      find: "return !blocked || blocked.by?.holder === to;",
      replace: "return !blocked;",
      why: "who has the turn knows it",
      equivalent: "the next look finds the turn under its own name, and goes on",
    },
    {
      id: "turns-blocked-is-passed",
      find: "return !blocked || blocked.by?.holder === to;",
      replace: "return !blocked || blocked.by?.holder !== from;",
      why: "of two who take a turn one has it",
    },
  ]),
  ...inFile("functions/aws/conditions.ts", [
    {
      id: "unchanged-since-earlier",
      find: 'expression: "version = :version",',
      replace: 'expression: "version >= :version",',
      why: "a stale save has no effect",
    },
  ]),
  ...inFile("functions/aws/workflows.ts", [
    {
      id: "workflows-closed-is-running",
      find: '=== "RUNNING" || status === "PENDING_REDRIVE" ? "running" : "closed"',
      replace: '!== "SUCCEEDED" ? "running" : "closed"',
      why: "a run that broke off is taken up",
    },
    {
      id: "workflows-running-is-closed",
      find: '=== "RUNNING" || status === "PENDING_REDRIVE" ? "running" : "closed"',
      replace: '=== "PENDING_REDRIVE" ? "running" : "closed"',
      why: "a run that is at work is left alone",
    },
    {
      id: "workflows-absent-is-running",
      find: 'if (error instanceof ExecutionDoesNotExist) return "absent";',
      replace: 'if (error instanceof ExecutionDoesNotExist) return "running";',
      why: "a request whose workflow never started is started",
    },
  ]),
];

export const patches: readonly Patch[] = [...table, ...records, ...items, ...rest];

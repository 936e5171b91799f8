import { SchemaVersionError } from "../domain/errors.ts";

/**
 * The version of what is stored, on every item as `schemaVersion`; an item without it is of version 1. Raise it with
 * each change after which code of before would misread an item, and say in `upgrades` what becomes of older ones.
 *
 * An item is brought up to date whenever it is read, and stays so once it is written again. Where the indexes want it to have
 * other keys, the sweeper goes through the table once and writes it. While a deployment replaces the code, both versions run: the older refuses what the newer has written, the API
 * with 503, a step by failing, which its workflow and then the sweeper repeat. So it is after a rollback: go forward again.
 *
 * Code of version 1 cannot refuse: it knew no versions. It takes an `undecided` attempt for one that was settled, and may
 * send a second create. So replace it only while nothing is submitted (reserved concurrency of Submit: 0), and never
 * roll back to it.
 */
export const schemaVersion = 5;

/** Data of a version that no type describes any more. */
type Data = Readonly<Record<string, unknown>>;
export type Kind = "record" | "tenant" | "audit";

/** What each version changed, by the version that it changed from. */
const upgrades: Readonly<Record<number, Partial<Record<Kind, (data: Data) => Data>>>> = {
  1: {
    record: ({ create, ...data }) => (create ? { ...data, create: renameState(create as Data) } : data),
    tenant: ({ mostOpenRequests, ...data }) => ({ maxUnfinishedRequests: mostOpenRequests, ...data }),
  },
  // Until then there was one deadline, from the acceptance on: such a record keeps it. Words and members that were added
  // with it change nothing of older items, though code of 2 would misread them. Later came `wrongSecrets`, which code of 3
  // without it carries along and does not look at: while both run, some replays are compared without being counted.
  2: { record: (data) => ({ ...data, queueDeadlineAt: data["deadlineAt"] }) },
  // A tenant can be suspended since, and a turn given back, which older code does not look at. Nothing of older items changes.
  3: {},
  // The indexes were cut anew, and an estimate is made when somebody asks: see `rekey.ts`. Code of 4 would write no rows in them.
  4: { record: ({ estimatedCompletionAt: _estimate, ...data }) => ({ ...data, ...findCreateRequest(data) }) },
};

/** The oldest version that can still be read. */
export const oldestVersion = Math.min(schemaVersion, ...Object.keys(upgrades).map(Number));

/**
 * An item as this code knows it, brought up to date where it is older. Throws `SchemaVersionError` for one that a newer
 * version has written, or a version so old that nothing is known of it.
 */
export function toCurrent(item: Data): Data {
  const { pk, schemaVersion: found = 1, data } = item;
  if (typeof found !== "number" || found < oldestVersion || found > schemaVersion) {
    throw new SchemaVersionError(String(pk), Number(found), schemaVersion);
  }
  const kind = kindOf(String(pk));
  if (kind === undefined || found === schemaVersion || data === undefined) return item;
  let current = data as Data;
  for (let version = found; version < schemaVersion; version += 1) {
    current = upgrades[version]?.[kind]?.(current) ?? current;
  }
  return { ...item, data: current };
}

/** What of an item has changed, or its keys: turns and ways from keys to tenants have never. */
export function kindOf(pk: string): Kind | undefined {
  if (pk.startsWith("tenant#")) return "tenant";
  if (pk.startsWith("audit#")) return "audit";
  return pk.includes("#") ? undefined : "record";
}

/** The vendor's id of the last create's answer, from the timeline. */
function findCreateRequest({ create, events }: Data): Data {
  const { action } = (create ?? {}) as Data;
  const calls = ((events ?? []) as Data[]).filter(
    (event) => event["type"] === "vendor_call" && event["action"] === action,
  );
  const createRequestId = calls.findLast(({ providerRequestId }) => providerRequestId)?.["providerRequestId"];
  return createRequestId === undefined ? {} : { createRequestId };
}

function renameState(create: Data): Data {
  return create["state"] === "open" ? { ...create, state: "undecided" } : create;
}

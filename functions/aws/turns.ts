import { latelyHolders, type Turns } from "../domain/ports.ts";
import { type Condition, createTable, type TableDeps } from "./table.ts";

interface TurnItem {
  pk: string;
  holder: string;
  /** Who had it before, newest first. */
  earlier?: string[];
}

/*
 * One item per gateway names the request that has the turn. It has no expiry to get wrong: it passes on when the
 * holder's own record says that it needs it no more.
 *
 *   absent --- isFree ----> holder A --- isHeldBy A ----> holder B ---| …
 */
const isFree: Condition = { expression: "attribute_not_exists(pk)" };
const isHeldBy = (holder: string): Condition => ({ expression: "holder = :from", values: { ":from": holder } });

/** The turns of the gateways, in the same table as the records. */
export function createTurns(deps: TableDeps): Turns {
  const table = createTable(deps);
  const toKey = (gateway: string) => `turn#${gateway}`;

  return {
    async holders(gateway) {
      const { holder, earlier = [] } = (await table.get<TurnItem>(toKey(gateway))) ?? {};
      return holder === undefined ? [] : [holder, ...earlier];
    },

    // A name is never used again: as long as the first one still has the turn, the others are who had it before.
    async pass(gateway, holders, to) {
      const [from] = holders;
      const item: TurnItem = { pk: toKey(gateway), holder: to, earlier: holders.slice(0, latelyHolders) };
      const blocked = await table.putIf(item, from === undefined ? isFree : isHeldBy(from));
      return !blocked || blocked.by?.holder === to;
    },
  };
}

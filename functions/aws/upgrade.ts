import type { Clock } from "../domain/clock.ts";
import type { Upgrade } from "../domain/ports.ts";
import { rekey } from "./rekey.ts";
import { schemaVersion } from "./schema.ts";
import { createTable, type TableDeps } from "./table.ts";

/** How far it has come. */
interface UpgradeItem {
  pk: string;
  /** The key behind which it goes on; absent = at the beginning. */
  after?: string;
  /** Items written since the last beginning. */
  written: number;
  isDone?: true;
}

const atOnce = 10;
const maxMilliseconds = 60_000;

/**
 * Goes through the whole table and writes what an older release has written with the keys of today's indexes. Over only when
 * nothing was found from beginning to end: while a deployment replaces the code, the older goes on writing. Afterwards it
 * costs one read.
 */
export function createUpgrade({ clock, ...deps }: TableDeps & { clock: Clock }): Upgrade {
  const table = createTable(deps);
  const pk = `upgrade#${schemaVersion}`;

  async function write(items: readonly ({ pk: string } & object)[]): Promise<number> {
    const rekeyed = items.flatMap((item) => rekey(item) ?? []);
    for (let from = 0; from < rekeyed.length; from += atOnce) {
      // One that somebody wrote meanwhile is up to date by that, or is found by the next time through.
      await Promise.all(rekeyed.slice(from, from + atOnce).map(({ item, condition }) => table.putIf(item, condition)));
    }
    return rekeyed.length;
  }

  return {
    async goOn() {
      let state: UpgradeItem = (await table.get<UpgradeItem>(pk)) ?? { pk, written: 0 };
      const isOver = state.isDone ?? false;
      let written = 0;
      const begun = clock.now().getTime();
      while (!state.isDone && clock.now().getTime() - begun < maxMilliseconds) {
        const { items, last } = await table.scanOlder(state.after);
        const count = await write(items);
        written += count;
        const total = state.written + count;
        state =
          last === undefined
            ? { pk, written: 0, ...(total === 0 ? { isDone: true as const } : {}) }
            : { pk, written: total, after: last };
        await table.put({ ...state });
      }
      return { written, isDone: state.isDone ?? false, isOver };
    },
  };
}

import type { Clock } from "../domain/clock.ts";
import {
  giveBackPlace,
  keepPlace,
  type Place,
  type Places,
  type Quota,
  type Quotas,
  takePlace,
} from "../domain/quotas.ts";
import { isNew, isUnchanged } from "./conditions.ts";
import { createTable, type TableDeps } from "./table.ts";

interface QuotaItem extends Places {
  pk: string;
  version: number;
  /** Epoch seconds after which nothing of it counts; DynamoDB removes it some time later. */
  expiresAt: number;
}

const toKey = ({ name, subject }: Pick<Quota, "name" | "subject">) => `quota#${name}#${subject}`;

/** Each time somebody else has written, so that many of one subject at once get on; then one of them is turned away. */
const maxTries = 10;

const maxRemembered = 10_000;

/**
 * The places of each quota and subject in an item of the table. A refusal costs one read; of a rate, whose places nobody gives
 * back, it is remembered, and costs none until there is a place.
 */
export function createQuotas({ clock, ...deps }: TableDeps & { clock: Clock }): Quotas {
  const table = createTable(deps);
  /** By key, when (epoch milliseconds) there is a place. */
  const refusedUntil = new Map<string, number>();

  function remember(quota: Quota, until: number): void {
    if (refusedUntil.size >= maxRemembered) refusedUntil.clear();
    refusedUntil.set(toKey(quota), until);
  }

  /** Writes what comes of the places, unless nothing does; answers false when others were always there before. */
  async function change({ name, subject }: Quota, of: (places: Places) => Places | undefined): Promise<boolean> {
    const pk = toKey({ name, subject });
    let item = await table.get<QuotaItem>(pk);
    for (let tries = 0; tries < maxTries; tries += 1) {
      const places = of({ held: item?.held ?? [], kept: item?.kept ?? [] });
      if (!places) return true;
      const last = Math.max(clock.now().getTime(), ...places.held, ...places.kept);
      const next = { pk, ...places, version: (item?.version ?? 0) + 1, expiresAt: Math.ceil(last / 1000) + 60 };
      const blocked = await table.putIf<QuotaItem>(next, item ? isUnchanged(item.version) : isNew);
      if (!blocked) return true;
      item = blocked.by;
    }
    return false;
  }

  /** A place of these, if there is one; that there is none in a rate is remembered. */
  function find(quota: Quota, places: Places): ReturnType<typeof takePlace> {
    const now = clock.now().getTime();
    const found = takePlace(places, quota, now);
    if (!found.place.taken && quota.rate) remember(quota, Math.min(...places.held.filter((end) => end > now)));
    return found;
  }

  function rememberedSeconds(quota: Quota): number {
    return Math.ceil(((refusedUntil.get(toKey(quota)) ?? 0) - clock.now().getTime()) / 1000);
  }

  return {
    async take(quota) {
      const seconds = rememberedSeconds(quota);
      if (seconds > 0) return { taken: false, retryAfterSeconds: seconds };
      let place: Place = { taken: false, retryAfterSeconds: 1 };
      const settled = await change(quota, (places) => {
        const found = find(quota, places);
        place = found.place;
        return found.places;
      });
      return settled ? place : { taken: false, retryAfterSeconds: 1 };
    },

    async isFull(quota) {
      if (rememberedSeconds(quota) > 0) return true;
      const { held = [], kept = [] } = (await table.get<QuotaItem>(toKey(quota))) ?? {};
      return !find(quota, { held, kept }).place.taken;
    },

    async giveBack(quota, until) {
      await change(quota, (places) => giveBackPlace(places, until));
    },

    async keep(quota, until, seconds) {
      await change(quota, (places) => keepPlace(places, until, clock.now().getTime() + seconds * 1000));
    },
  };
}

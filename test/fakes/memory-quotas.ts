import type { Clock } from "../../functions/domain/clock.ts";
import {
  giveBackPlace,
  keepPlace,
  type Places,
  type Quota,
  type Quotas,
  takePlace,
} from "../../functions/domain/quotas.ts";

/** The quotas' port in memory. */
export interface MemoryQuotas extends Quotas {
  /** How many places of a quota are not free. */
  used: (quota: Pick<Quota, "name" | "subject">) => number;
  /** How often a place was asked for. */
  asked: () => number;
}

export function createMemoryQuotas(clock: Clock): MemoryQuotas {
  const all = new Map<string, Places>();
  const keyOf = ({ name, subject }: Pick<Quota, "name" | "subject">) => `${name}#${subject}`;
  const find = (quota: Pick<Quota, "name" | "subject">) => all.get(keyOf(quota)) ?? { held: [], kept: [] };
  let asked = 0;
  return {
    asked: () => asked,
    used(quota) {
      const { held, kept } = find(quota);
      return [...held, ...kept].filter((until) => until > clock.now().getTime()).length;
    },
    async take(quota) {
      asked += 1;
      const { places, place } = takePlace(find(quota), quota, clock.now().getTime());
      if (places) all.set(keyOf(quota), places);
      return place;
    },
    isFull: async (quota) => !takePlace(find(quota), quota, clock.now().getTime()).place.taken,
    async giveBack(quota, until) {
      all.set(keyOf(quota), giveBackPlace(find(quota), until));
    },
    async keep(quota, until, seconds) {
      all.set(keyOf(quota), keepPlace(find(quota), until, clock.now().getTime() + seconds * 1000));
    },
  };
}

import { latelyHolders, type Turns } from "../../functions/domain/ports.ts";

/** The turns' port in memory. */
export function createMemoryTurns(): Turns {
  const holders = new Map<string, string[]>();
  const of = (gateway: string) => holders.get(gateway) ?? [];
  return {
    holders: async (gateway) => of(gateway),
    async pass(gateway, known, to) {
      if (of(gateway)[0] === known[0]) holders.set(gateway, [to, ...known.slice(0, latelyHolders)]);
      return of(gateway)[0] === to;
    },
  };
}

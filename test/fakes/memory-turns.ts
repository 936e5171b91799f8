import { latelyHolders, type Turns } from "../../functions/domain/ports.ts";

/** The turns' port in memory. */
export function createMemoryTurns(): Turns {
  const holders = new Map<string, string[]>();
  const of = (gateway: string) => holders.get(gateway) ?? [];
  return {
    lately: async (gateway) => of(gateway),
    holder: async (gateway) => of(gateway)[0],
    async pass(gateway, from, to) {
      const names = of(gateway);
      if (names[0] === from) holders.set(gateway, [to, ...names].slice(0, latelyHolders + 1));
      return of(gateway)[0] === to;
    },
  };
}

import type { Turns } from "../../functions/domain/ports.ts";

/** The turns' port in memory. */
export function createMemoryTurns(): Turns {
  const holders = new Map<string, string>();
  return {
    holder: async (gateway) => holders.get(gateway),
    async pass(gateway, from, to) {
      if (holders.get(gateway) === from) holders.set(gateway, to);
      return holders.get(gateway) === to;
    },
  };
}

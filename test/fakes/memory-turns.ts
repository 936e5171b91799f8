import { latelyHolders, type Turns } from "../../functions/domain/ports.ts";

/** The turns' port in memory. */
export function createMemoryTurns(): Turns {
  const holders = new Map<string, string[]>();
  const lately = async (gateway: string) => holders.get(gateway) ?? [];
  return {
    lately,
    holder: async (gateway) => (await lately(gateway))[0],
    async pass(gateway, from, to) {
      const names = await lately(gateway);
      if (names[0] === from) holders.set(gateway, [to, ...names].slice(0, latelyHolders + 1));
      return holders.get(gateway)?.[0] === to;
    },
  };
}

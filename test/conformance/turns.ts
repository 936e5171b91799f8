import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { latelyHolders, type Turns } from "../../functions/domain/ports.ts";

const newGateway = () => `alibaba#cn-shanghai#vpn-${randomUUID()}`;
const racers = Array.from({ length: 20 }, (_, n) => `racer-${n}`);

/** What every implementation of the turns keeps to. */
export function describeTurns(name: string, open: () => Turns): void {
  /** Twenty who want the turn from the same holder at once: those who were told that they have it. */
  async function race(gateway: string, from: string | undefined): Promise<string[]> {
    const told = await Promise.all(racers.map((racer) => open().pass(gateway, from, racer)));
    return racers.filter((_, n) => told[n]);
  }

  describe(`the turns ${name}`, () => {
    it("are nobody's at a gateway where nobody ever was", async () => {
      expect(await open().holder(newGateway())).toBeUndefined();
    });

    it("are told back as they were given", async () => {
      const gateway = newGateway();
      expect(await open().pass(gateway, undefined, "one#1")).toBe(true);
      expect(await open().holder(gateway)).toBe("one#1");
    });

    it("go to one of many who find the gateway free", async () => {
      const gateway = newGateway();
      const winners = await race(gateway, undefined);
      expect(winners).toHaveLength(1);
      expect(await open().holder(gateway)).toBe(winners[0]);
    });

    it("go to one of many who want them from the same holder", async () => {
      const gateway = newGateway();
      await open().pass(gateway, undefined, "first");
      const winners = await race(gateway, "first");
      expect(winners).toHaveLength(1);
      expect(await open().holder(gateway)).toBe(winners[0]);
    });

    it("stay where they are when somebody else is thought to have them, or nobody", async () => {
      const gateway = newGateway();
      await open().pass(gateway, undefined, "one");
      expect(await open().pass(gateway, "two", "three")).toBe(false);
      expect(await open().pass(gateway, undefined, "three")).toBe(false);
      expect(await open().holder(gateway)).toBe("one");
    });

    it("are not passed on by somebody who was never there", async () => {
      const gateway = newGateway();
      expect(await open().pass(gateway, "one", "two")).toBe(false);
      expect(await open().holder(gateway)).toBeUndefined();
    });

    it("are had by who asks again for what it has, whatever it knew of the holder", async () => {
      const gateway = newGateway();
      await open().pass(gateway, undefined, "one");
      await open().pass(gateway, "one", "two");
      expect(await open().pass(gateway, "one", "two")).toBe(true);
      expect(await open().pass(gateway, undefined, "two")).toBe(true);
      expect(await open().pass(gateway, "two", "two")).toBe(true);
      expect(await open().holder(gateway)).toBe("two");
    });

    it("are remembered by who had them lately, newest first, and by no more", async () => {
      const gateway = newGateway();
      expect(await open().lately(gateway)).toEqual([]);
      const names = Array.from({ length: latelyHolders + 3 }, (_, n) => `holder-${n}`);
      for (const [n, to] of names.entries()) await open().pass(gateway, names[n - 1], to);
      await open().pass(gateway, "somebody else", "too late");
      expect(await open().lately(gateway)).toEqual(names.toReversed().slice(0, latelyHolders + 1));
    });

    it("of one gateway are nothing to another", async () => {
      const [here, there] = [newGateway(), newGateway()];
      await open().pass(here, undefined, "one");
      expect(await open().pass(there, undefined, "two")).toBe(true);
      expect([await open().holder(here), await open().holder(there)]).toEqual(["one", "two"]);
    });
  });
}

import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { latelyHolders, type Turns } from "../../functions/domain/ports.ts";

const newGateway = () => `alibaba#cn-shanghai#vpn-${randomUUID()}`;
const racers = Array.from({ length: 20 }, (_, n) => `racer-${n}`);

/** What every implementation of the turns keeps to. */
export function describeTurns(name: string, open: () => Turns): void {
  /** Twenty who want the turn from the same holder at once: those who were told that they have it. */
  async function race(gateway: string, from: readonly string[]): Promise<string[]> {
    const told = await Promise.all(racers.map((racer) => open().pass(gateway, from, racer)));
    return racers.filter((_, n) => told[n]);
  }

  describe(`the turns ${name}`, () => {
    it("are nobody's at a gateway where nobody ever was", async () => {
      expect(await open().holders(newGateway())).toEqual([]);
    });

    it("are told back as they were given", async () => {
      const gateway = newGateway();
      expect(await open().pass(gateway, [], "one#1")).toBe(true);
      expect((await open().holders(gateway))[0]).toBe("one#1");
    });

    it("go to one of many who find the gateway free", async () => {
      const gateway = newGateway();
      const winners = await race(gateway, []);
      expect(winners).toHaveLength(1);
      expect((await open().holders(gateway))[0]).toBe(winners[0]);
    });

    it("go to one of many who want them from the same holder", async () => {
      const gateway = newGateway();
      await open().pass(gateway, [], "first");
      const winners = await race(gateway, ["first"]);
      expect(winners).toHaveLength(1);
      expect((await open().holders(gateway))[0]).toBe(winners[0]);
    });

    it("stay where they are when somebody else is thought to have them, or nobody", async () => {
      const gateway = newGateway();
      await open().pass(gateway, [], "one");
      expect(await open().pass(gateway, ["two"], "three")).toBe(false);
      expect(await open().pass(gateway, [], "three")).toBe(false);
      expect((await open().holders(gateway))[0]).toBe("one");
    });

    it("are not passed on by somebody who was never there", async () => {
      const gateway = newGateway();
      expect(await open().pass(gateway, ["one"], "two")).toBe(false);
      expect(await open().holders(gateway)).toEqual([]);
    });

    it("are had by who asks again for what it has, whatever it knew of the holder", async () => {
      const gateway = newGateway();
      await open().pass(gateway, [], "one");
      await open().pass(gateway, ["one"], "two");
      expect(await open().pass(gateway, ["one"], "two")).toBe(true);
      expect(await open().pass(gateway, [], "two")).toBe(true);
      expect(await open().pass(gateway, ["two"], "two")).toBe(true);
      expect((await open().holders(gateway))[0]).toBe("two");
    });

    it("are remembered by who had them lately, newest first, and by no more", async () => {
      const gateway = newGateway();
      const names = Array.from({ length: latelyHolders + 3 }, (_, n) => `holder-${n}`);
      for (const to of names) await open().pass(gateway, await open().holders(gateway), to);
      await open().pass(gateway, ["somebody else"], "too late");
      expect(await open().holders(gateway)).toEqual(names.toReversed().slice(0, latelyHolders + 1));
    });

    it("of one gateway are nothing to another", async () => {
      const [here, there] = [newGateway(), newGateway()];
      await open().pass(here, [], "one");
      expect(await open().pass(there, [], "two")).toBe(true);
      expect([await open().holders(here), await open().holders(there)]).toEqual([["one"], ["two"]]);
    });
  });
}

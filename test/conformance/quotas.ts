import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Place, Quota, Quotas } from "../../functions/domain/quotas.ts";
import type { FakeClock } from "../fakes/fake-clock.ts";

/** Quotas of two places for ten seconds each, whose subject nobody has met. */
const newQuota = (patch: Partial<Quota> = {}): Quota => ({
  name: "tests",
  subject: randomUUID(),
  max: 2,
  seconds: 10,
  rate: true,
  ...patch,
});
const untilOf = (place: Place): number => {
  if (!place.taken) throw new Error("there was no place");
  return place.until;
};

/** What every implementation of the quotas keeps to; each `open` is another process. */
export function describeQuotas(name: string, open: () => Quotas, clock: FakeClock): void {
  describe(`the quotas ${name}`, () => {
    it("have as many places as they say, whoever asks, and say when there is one again", async () => {
      const quota = newQuota();
      expect(await open().take(quota)).toMatchObject({ taken: true });
      clock.advance(4000);
      expect(await open().take(quota)).toMatchObject({ taken: true });
      expect(await open().take(quota)).toEqual({ taken: false, retryAfterSeconds: 6 });
      clock.advance(5500);
      expect(await open().take(quota)).toEqual({ taken: false, retryAfterSeconds: 1 });
    });

    it("say whether they are full, and take no place for it", async () => {
      const quota = newQuota({ max: 1 });
      expect(await open().isFull(quota)).toBe(false);
      await open().take(quota);
      const other = open();
      for (let asked = 0; asked < 2; asked += 1) expect(await other.isFull(quota)).toBe(true);
      clock.advance(10_000);
      expect(await other.isFull(quota)).toBe(false);
      expect(await open().take(quota)).toMatchObject({ taken: true });
    });

    it("have a place again that was given back", async () => {
      const quota = newQuota({ max: 1 });
      const until = untilOf(await open().take(quota));
      await open().giveBack(quota, until);
      expect(await open().take(quota)).toMatchObject({ taken: true });
      expect(await open().take(quota)).toMatchObject({ taken: false });
    });

    it("have a place again whose time is over: a process that was killed gives nothing back", async () => {
      const quota = newQuota({ max: 1 });
      const until = untilOf(await open().take(quota));
      clock.advance(10_000);
      const second = untilOf(await open().take(quota));
      // The first one was only slow: what it gives back is not the other's.
      await open().giveBack(quota, until);
      expect(second).not.toBe(until);
      expect(await open().take(quota)).toMatchObject({ taken: false });
    });

    it("keep a place beyond its time, until another's is given back", async () => {
      const quota = newQuota();
      await open().keep(quota, untilOf(await open().take(quota)), 60);
      const until = untilOf(await open().take(quota));
      clock.advance(9000);
      expect(await open().take(quota)).toEqual({ taken: false, retryAfterSeconds: 1 });
      await open().giveBack(quota, until);
      await open().take(quota);
      expect(await open().take(quota)).toMatchObject({ taken: true });
    });

    it("say when the first of kept places is free", async () => {
      const quota = newQuota();
      for (const seconds of [60, 90]) await open().keep(quota, untilOf(await open().take(quota)), seconds);
      expect(await open().take(quota)).toEqual({ taken: false, retryAfterSeconds: 60 });
      clock.advance(60_000);
      expect(await open().take(quota)).toMatchObject({ taken: true });
      expect(await open().take(quota)).toEqual({ taken: false, retryAfterSeconds: 10 });
    });

    it("ask to come again soon where what is under way may end at any time, and not where all is kept", async () => {
      const quota = newQuota({ max: 1, rate: false });
      const until = untilOf(await open().take(quota));
      expect(await open().take(quota)).toEqual({ taken: false, retryAfterSeconds: 2 });
      await open().keep(quota, until, 60);
      expect(await open().take(quota)).toEqual({ taken: false, retryAfterSeconds: 60 });
    });

    it("give no place twice, however many ask at once, and each place that there is", async () => {
      const quota = newQuota({ max: 3 });
      const places = await Promise.all(Array.from({ length: 20 }, () => open().take(quota)));
      expect(places.filter(({ taken }) => taken)).toHaveLength(3);
    });

    it("are each subject's and each name's own", async () => {
      const quota = newQuota({ max: 1 });
      await open().take(quota);
      expect(await open().take({ ...quota, subject: `${quota.subject}x` })).toMatchObject({ taken: true });
      expect(await open().take({ ...quota, name: "others" })).toMatchObject({ taken: true });
    });
  });
}

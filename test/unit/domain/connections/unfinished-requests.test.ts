import { describe, expect, it } from "vitest";
import { createUnfinishedRequests, toFull } from "../../../../functions/domain/connections/unfinished-requests.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { createRecordingLog } from "../../../fakes/recording-log.ts";

/** Counts that are answered when the test says so. */
function createCounting() {
  const asked: { tenant: string; answer: (count: number) => Promise<void>; fail: (error: Error) => Promise<void> }[] =
    [];
  const { log, lines } = createRecordingLog();
  const clock = createFakeClock();
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const store = {
    ...createMemoryConnectionStore(),
    countUnfinished: (tenant: string) =>
      new Promise<number>((resolve, reject) => {
        const answer = (count: number) => (resolve(count), settled());
        asked.push({ tenant, answer, fail: (error) => (reject(error), settled()) });
      }),
  };
  return { open: createUnfinishedRequests({ store, clock, log }), clock, asked, lines };
}

describe("a tenant that was not counted yet", () => {
  it("is counted beside the request, which waits for nothing and is let through", async () => {
    const { open, asked } = createCounting();
    expect(await open.isFull("acme", 1)).toBe(false);
    expect(asked.map(({ tenant }) => tenant)).toEqual(["acme"]);
    await asked[0]?.answer(1);
    expect(await open.isFull("acme", 1)).toBe(true);
  });

  it("is counted once for many requests at the same time", async () => {
    const { open, asked } = createCounting();
    const full = await Promise.all(Array.from({ length: 20 }, () => open.isFull("acme", 1)));
    expect(full).toEqual(Array.from({ length: 20 }, () => false));
    expect(asked).toHaveLength(1);
  });

  it("is held meanwhile to what it sends here", async () => {
    const { open } = createCounting();
    const accepted: number[] = [];
    for (const request of [1, 2, 3, 4, 5]) {
      if (await open.isFull("acme", 3)) continue;
      open.add("acme");
      accepted.push(request);
    }
    expect(accepted).toEqual([1, 2, 3]);
  });
});

describe("a tenant that was counted", () => {
  it.each([
    [0, 1, false],
    [4, 5, false],
    [5, 5, true],
    [9, 5, true],
  ])("with %i of %i is full: %s", async (count, most, expected) => {
    const { open, asked } = createCounting();
    await open.isFull("acme", most);
    await asked[0]?.answer(count);
    expect(await open.isFull("acme", most)).toBe(expected);
  });

  it("has in addition what was accepted since, and while it was being counted", async () => {
    const { open, asked } = createCounting();
    await open.isFull("acme", 10);
    open.add("acme");
    open.add("acme");
    await asked[0]?.answer(5);
    expect([await open.isFull("acme", 7), await open.isFull("acme", 8)]).toEqual([true, false]);
    open.add("acme");
    expect([await open.isFull("acme", 8), await open.isFull("acme", 9)]).toEqual([true, false]);
  });

  it("has what came before the next count no second time, and what comes meanwhile again", async () => {
    const { open, clock, asked } = createCounting();
    await open.isFull("acme", 10);
    await asked[0]?.answer(0);
    for (let count = 0; count < 4; count += 1) open.add("acme");
    clock.advance(60_000);
    expect([await open.isFull("acme", 5), await open.isFull("acme", 4)]).toEqual([false, true]);
    open.add("acme");
    await asked[1]?.answer(4);
    expect([await open.isFull("acme", 5), await open.isFull("acme", 6)]).toEqual([true, false]);
    expect(asked).toHaveLength(2);
  });

  it("is counted again after a minute and not before, and is as it was until that is done", async () => {
    const { open, clock, asked } = createCounting();
    await open.isFull("acme", 2);
    await asked[0]?.answer(1);
    clock.advance(59_999);
    expect(await open.isFull("acme", 2)).toBe(false);
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(await open.isFull("acme", 2)).toBe(false);
    expect(asked).toHaveLength(2);
    await asked[1]?.answer(2);
    expect(await open.isFull("acme", 2)).toBe(true);
  });

  it("is not full for what another has", async () => {
    const { open, asked } = createCounting();
    await open.isFull("acme", 1);
    await asked[0]?.answer(9);
    open.add("acme");
    expect(await open.isFull("other", 1)).toBe(false);
    expect(asked.map(({ tenant }) => tenant)).toEqual(["acme", "other"]);
  });
});

describe("a tenant whose last count says full", () => {
  /** One of one, counted so long ago. */
  async function createFull(milliseconds: number) {
    const counting = createCounting();
    await counting.open.isFull("acme", 1);
    await counting.asked[0]?.answer(1);
    counting.clock.advance(milliseconds);
    return counting;
  }

  it("is refused within two seconds of it without another count", async () => {
    const { open, asked } = await createFull(1999);
    for (let count = 0; count < 3; count += 1) expect(await open.isFull("acme", 1)).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it.each([2000, 59_999, 60_000, 3_600_000])(
    "is let through %i ms later when its requests have all ended: it is counted anew, and that is waited for",
    async (milliseconds) => {
      const { open, asked } = await createFull(milliseconds);
      const answers: boolean[] = [];
      const asking = open.isFull("acme", 1).then((full) => answers.push(full));
      await new Promise<void>((resolve) => setImmediate(resolve));
      expect([asked.length, answers]).toEqual([2, []]);
      await asked[1]?.answer(0);
      await asking;
      expect(answers).toEqual([false]);
      expect(await open.isFull("acme", 1)).toBe(false);
      expect(asked).toHaveLength(2);
    },
  );

  it("is refused when it still has them, with what was accepted while it was counted, and for two seconds more", async () => {
    const { open, clock, asked } = await createFull(2000);
    const [still, meanwhile] = [open.isFull("acme", 1), createFull(2000)];
    await asked[1]?.answer(1);
    expect(await still).toBe(true);
    clock.advance(1999);
    expect(await open.isFull("acme", 1)).toBe(true);
    expect(asked).toHaveLength(2);

    const other = await meanwhile;
    const asking = other.open.isFull("acme", 1);
    other.open.add("acme");
    await other.asked[1]?.answer(0);
    expect(await asking).toBe(true);
  });

  it("is counted once for many at the same time, and only the first waits", async () => {
    const { open, asked } = await createFull(2000);
    const [first, ...others] = Array.from({ length: 20 }, () => open.isFull("acme", 1));
    expect(await Promise.all(others)).toEqual(others.map(() => true));
    expect(asked).toHaveLength(2);
    await asked[1]?.answer(0);
    expect(await first).toBe(false);
  });

  it("is refused when it cannot be counted, and counted again two seconds later", async () => {
    const { open, clock, asked, lines } = await createFull(2000);
    const asking = open.isFull("acme", 1);
    await asked[1]?.fail(Object.assign(new Error("MARKER"), { name: "ThrottlingException" }));
    expect(await asking).toBe(true);
    expect(lines).toEqual([{ event: "count_failed", tenant: "acme", error: "ThrottlingException" }]);
    clock.advance(2000);
    const again = open.isFull("acme", 1);
    await asked[2]?.answer(0);
    expect(await again).toBe(false);
  });
});

describe("a count that fails", () => {
  const failure = Object.assign(new Error("MARKER in the message"), { name: "ThrottlingException" });

  it("is logged without its message, changes nothing, and is made again after a minute", async () => {
    const { open, clock, asked, lines } = createCounting();
    await open.isFull("acme", 3);
    await asked[0]?.answer(1);
    open.add("acme");
    clock.advance(60_000);
    await open.isFull("acme", 3);
    await asked[1]?.fail(failure);
    expect(lines).toEqual([{ event: "count_failed", tenant: "acme", error: "ThrottlingException" }]);
    expect([await open.isFull("acme", 2), await open.isFull("acme", 3)]).toEqual([true, false]);
    expect(asked).toHaveLength(2);
    clock.advance(60_000);
    await open.isFull("acme", 3);
    await asked[2]?.answer(0);
    expect(await open.isFull("acme", 1)).toBe(false);
  });

  it("keeps nobody out, and what is accepted still counts", async () => {
    const { open, asked } = createCounting();
    await open.isFull("acme", 2);
    open.add("acme");
    await asked[0]?.fail(failure);
    expect(await open.isFull("acme", 2)).toBe(false);
    open.add("acme");
    expect(await open.isFull("acme", 2)).toBe(true);
  });
});

it("tells a tenant that is full to come again when it may be counted anew", () => {
  expect(toFull({ maxUnfinishedRequests: 7 })).toMatchObject({
    code: "rate_limited",
    message: expect.stringContaining("7 unfinished requests"),
    retryAfterSeconds: 2,
  });
});

it("forgets rather than grow without bound", async () => {
  const { open, asked } = createCounting();
  await open.isFull("acme", 1);
  await asked[0]?.answer(1);
  for (let index = 0; index < 10_000; index += 1) await open.isFull(`tenant-${index}`, 1);
  expect(await open.isFull("acme", 1)).toBe(false);
});

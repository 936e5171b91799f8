import { describe, expect, it } from "vitest";
import { createOpenRequests } from "../../../functions/domain/open-requests.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { createMemoryConnectionStore } from "../../support/memory-connection-store.ts";
import { createRecordingLog } from "../../support/recording-log.ts";

/** Counts that are answered when the test says so. */
function createCounting() {
  const asked: { tenant: string; answer: (count: number) => Promise<void>; fail: (error: Error) => Promise<void> }[] =
    [];
  const { log, lines } = createRecordingLog();
  const clock = createFakeClock();
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const store = {
    ...createMemoryConnectionStore(),
    countOpen: (tenant: string) =>
      new Promise<number>((resolve, reject) => {
        const answer = (count: number) => (resolve(count), settled());
        asked.push({ tenant, answer, fail: (error) => (reject(error), settled()) });
      }),
  };
  return { open: createOpenRequests({ store, clock, log }), clock, asked, lines };
}

describe("a tenant that was not counted yet", () => {
  it("is counted beside the request, which waits for nothing and is let through", async () => {
    const { open, asked } = createCounting();
    expect(open.isFull("acme", 1)).toBe(false);
    expect(asked.map(({ tenant }) => tenant)).toEqual(["acme"]);
    await asked[0]?.answer(1);
    expect(open.isFull("acme", 1)).toBe(true);
  });

  it("is counted once for many requests at the same time", () => {
    const { open, asked } = createCounting();
    for (let count = 0; count < 20; count += 1) open.isFull("acme", 1);
    expect(asked).toHaveLength(1);
  });

  it("is held meanwhile to what it sends here", () => {
    const { open } = createCounting();
    const accepted = [1, 2, 3, 4, 5].filter(() => {
      const isFull = open.isFull("acme", 3);
      if (!isFull) open.add("acme");
      return !isFull;
    });
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
    open.isFull("acme", most);
    await asked[0]?.answer(count);
    expect(open.isFull("acme", most)).toBe(expected);
  });

  it("has in addition what was accepted since, and while it was being counted", async () => {
    const { open, asked } = createCounting();
    open.isFull("acme", 10);
    open.add("acme");
    open.add("acme");
    await asked[0]?.answer(5);
    expect([open.isFull("acme", 7), open.isFull("acme", 8)]).toEqual([true, false]);
    open.add("acme");
    expect([open.isFull("acme", 8), open.isFull("acme", 9)]).toEqual([true, false]);
  });

  it("has what came before the next count no second time, and what comes meanwhile again", async () => {
    const { open, clock, asked } = createCounting();
    open.isFull("acme", 10);
    await asked[0]?.answer(0);
    for (let count = 0; count < 4; count += 1) open.add("acme");
    clock.advance(60_000);
    expect(open.isFull("acme", 4)).toBe(true);
    open.add("acme");
    await asked[1]?.answer(4);
    expect([open.isFull("acme", 5), open.isFull("acme", 6)]).toEqual([true, false]);
  });

  it("is counted again after a minute and not before, and is as it was until that is done", async () => {
    const { open, clock, asked } = createCounting();
    open.isFull("acme", 1);
    await asked[0]?.answer(1);
    clock.advance(59_999);
    expect(open.isFull("acme", 1)).toBe(true);
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(open.isFull("acme", 1)).toBe(true);
    expect(asked).toHaveLength(2);
    await asked[1]?.answer(0);
    expect(open.isFull("acme", 1)).toBe(false);
  });

  it("is not full for what another has", async () => {
    const { open, asked } = createCounting();
    open.isFull("acme", 1);
    await asked[0]?.answer(9);
    open.add("acme");
    expect(open.isFull("other", 1)).toBe(false);
    expect(asked.map(({ tenant }) => tenant)).toEqual(["acme", "other"]);
  });
});

describe("a count that fails", () => {
  const failure = Object.assign(new Error("MARKER in the message"), { name: "ThrottlingException" });

  it("is logged without its message, changes nothing, and is made again after a minute", async () => {
    const { open, clock, asked, lines } = createCounting();
    open.isFull("acme", 3);
    await asked[0]?.answer(1);
    open.add("acme");
    clock.advance(60_000);
    open.isFull("acme", 3);
    await asked[1]?.fail(failure);
    expect(lines).toEqual([{ event: "count_failed", tenant: "acme", error: "ThrottlingException" }]);
    expect([open.isFull("acme", 2), open.isFull("acme", 3)]).toEqual([true, false]);
    expect(asked).toHaveLength(2);
    clock.advance(60_000);
    open.isFull("acme", 3);
    await asked[2]?.answer(0);
    expect(open.isFull("acme", 1)).toBe(false);
  });

  it("keeps nobody out, and what is accepted still counts", async () => {
    const { open, asked } = createCounting();
    open.isFull("acme", 2);
    open.add("acme");
    await asked[0]?.fail(failure);
    expect(open.isFull("acme", 2)).toBe(false);
    open.add("acme");
    expect(open.isFull("acme", 2)).toBe(true);
  });
});

it("forgets rather than grow without bound", async () => {
  const { open, asked } = createCounting();
  open.isFull("acme", 1);
  await asked[0]?.answer(1);
  for (let index = 0; index < 10_000; index += 1) open.isFull(`tenant-${index}`, 1);
  expect(open.isFull("acme", 1)).toBe(false);
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRateLimiter } from "../../../../functions/domain/tenants/rate-limit.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

const limit = { perSecond: 2, burst: 4 };

function createLimited(of = limit, key = "key_1") {
  const clock = createFakeClock();
  const limiter = createRateLimiter(clock);
  return { clock, limiter, take: () => limiter.take(key, of) };
}

describe("a key that asks", () => {
  it("may send a burst at once, told how many are left and when all are there again", () => {
    const { take } = createLimited();
    expect([take(), take(), take(), take()]).toEqual([
      { allowed: true, remaining: 3, fullInSeconds: 1, retryAfterSeconds: 0 },
      { allowed: true, remaining: 2, fullInSeconds: 1, retryAfterSeconds: 0 },
      { allowed: true, remaining: 1, fullInSeconds: 2, retryAfterSeconds: 0 },
      { allowed: true, remaining: 0, fullInSeconds: 2, retryAfterSeconds: 0 },
    ]);
    expect(take()).toEqual({ allowed: false, remaining: 0, fullInSeconds: 2, retryAfterSeconds: 1 });
  });

  it("may go on as fast as its rate, and gains nothing by asking meanwhile", () => {
    const { clock, take } = createLimited();
    for (let count = 0; count < 4; count += 1) take();
    for (let count = 0; count < 20; count += 1) {
      clock.advance(250);
      expect(take().allowed).toBe(false);
      clock.advance(250);
      expect(take().allowed).toBe(true);
    }
  });

  it("may send a burst again after a rest, and no more however long it was", () => {
    const { clock, take } = createLimited();
    for (let count = 0; count < 4; count += 1) take();
    clock.advance(86_400_000);
    expect([take(), take(), take(), take(), take()].map(({ allowed }) => allowed)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it("may go on when it has waited as long as it was told", () => {
    const slow = createLimited({ perSecond: 1, burst: 1 });
    slow.take();
    slow.clock.advance(999);
    expect(slow.take()).toMatchObject({ allowed: false, retryAfterSeconds: 1 });
    slow.clock.advance(1000);
    expect(slow.take().allowed).toBe(true);
  });

  it("is held to its limit of now, when that was lowered meanwhile", () => {
    const { limiter, take } = createLimited();
    take();
    const lower = { perSecond: 1, burst: 1 };
    expect([limiter.take("key_1", lower), limiter.take("key_1", lower)]).toMatchObject([
      { allowed: true, remaining: 0 },
      { allowed: false },
    ]);
  });

  it("does not count for another", () => {
    const { limiter, take } = createLimited();
    for (let count = 0; count < 5; count += 1) take();
    expect(limiter.take("key_2", limit)).toMatchObject({ allowed: true, remaining: 3 });
  });
});

describe("a clock that is set back", () => {
  it("gives nothing and takes nothing away, and time goes on from there", () => {
    const { clock, take } = createLimited();
    for (let count = 0; count < 3; count += 1) take();
    clock.advance(-3_600_000);
    expect(take()).toMatchObject({ allowed: true, remaining: 0 });
    expect(take().allowed).toBe(false);
    clock.advance(500);
    expect(take().allowed).toBe(true);
    expect(take().allowed).toBe(false);
  });

  it("keeps nobody waiting until it is as late again", () => {
    const { clock, take } = createLimited();
    for (let count = 0; count < 4; count += 1) take();
    clock.advance(-3_600_000);
    expect(take().allowed).toBe(false);
    clock.advance(500);
    expect(take().allowed).toBe(true);
  });
});

it("forgets rather than grow without bound", () => {
  const { limiter, take } = createLimited({ perSecond: 1, burst: 1 });
  take();
  for (let index = 0; index < 10_000; index += 1) limiter.take(`other-${index}`, limit);
  expect(take().allowed).toBe(true);
});

describe("whoever asks whenever", () => {
  const limits = fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 60 }) });
  /** Milliseconds between requests: many at once, some after a while. */
  const pauses = fc.array(
    fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 5000 })),
    { minLength: 1, maxLength: 300 },
  );

  /** Times of the requests, in milliseconds from the first moment, and what became of each. */
  function run(of: typeof limit, waits: readonly number[]) {
    const { clock, take } = createLimited(of);
    let at = 0;
    return waits.map((wait) => {
      at += wait;
      clock.advance(wait);
      return { at, allowed: take().allowed };
    });
  }

  it("is let through at most burst + perSecond × t times in any window of t seconds", () => {
    fc.assert(
      fc.property(limits, pauses, (of, waits) => {
        const times = run(of, waits).flatMap(({ at, allowed }) => (allowed ? [at] : []));
        for (const [first, from] of times.entries()) {
          for (let last = first; last < times.length; last += 1) {
            const seconds = ((times[last] ?? 0) - from) / 1000;
            expect(last - first + 1).toBeLessThanOrEqual(of.burst + of.perSecond * seconds + 1e-6);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is never refused one that leaves it within that in every window", () => {
    fc.assert(
      fc.property(limits, pauses, (of, waits) => {
        const times: number[] = [];
        for (const { at, allowed } of run(of, waits)) {
          if (allowed) {
            times.push(at);
            continue;
          }
          const isOver = times.some((from, index) => {
            const withThis = times.length - index + 1;
            return withThis > of.burst + (of.perSecond * (at - from)) / 1000 - 1e-6;
          });
          expect(isOver).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is allowed after the seconds that it was told to wait", () => {
    fc.assert(
      fc.property(limits, pauses, (of, waits) => {
        const { clock, take } = createLimited(of);
        for (const wait of waits) {
          clock.advance(wait);
          const { allowed, retryAfterSeconds } = take();
          expect(retryAfterSeconds > 0).toBe(!allowed);
          if (allowed) continue;
          clock.advance(retryAfterSeconds * 1000);
          expect(take().allowed).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

import * as fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { toRetryAfterSeconds } from "../../../functions/webhooks/read-answer.ts";

const now = new Date("1994-11-06T08:47:37.000Z");

afterEach(() => vi.unstubAllEnvs());

describe("a Retry-After", () => {
  it.each([
    ["1", 1],
    ["120", 120],
    ["0120", 120],
    ["Sun, 06 Nov 1994 08:49:37 GMT", 120],
    ["Sunday, 06-Nov-94 08:49:37 GMT", 120],
    ["Sun Nov  6 08:49:37 1994", 120],
    ["Sun Nov 06 08:49:37 1994", 120],
  ])("of '%s' is %i seconds, wherever it is read", (value, seconds) => {
    expect(toRetryAfterSeconds(value, now)).toBe(seconds);
    vi.stubEnv("TZ", "Asia/Tokyo");
    expect(toRetryAfterSeconds(value, now)).toBe(seconds);
  });

  it("rounds up to whole seconds", () => {
    expect(toRetryAfterSeconds("Sun, 06 Nov 1994 08:49:37 GMT", new Date(now.getTime() + 1))).toBe(120);
  });

  it.each(["86401", "99999999999999999999", "9".repeat(5000), "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "of '%s' is a day",
    (value) => expect(toRetryAfterSeconds(value, now)).toBe(86_400),
  );

  it.each([
    undefined,
    "",
    " ",
    "0",
    "-5",
    "+5",
    "1.5",
    "1e3",
    "0x10",
    "soon",
    "soon 2030",
    "NaN",
    "Infinity",
    "120, 130",
    "2030-01-01T00:00:00Z",
    "Sun, 06 Nov 1994 08:47:37 GMT",
    "Sun, 06 Nov 1994 08:00:00 GMT",
    "Sun, 06 Nov 2094 08:49:37",
    "Sun, 06 Nov 2094 08:49:37 CET",
    "Sun, 99 Nov 2094 08:49:37 GMT",
    "Sun, 06 Foo 2094 08:49:37 GMT",
  ])("of '%s' says nothing", (value) => expect(toRetryAfterSeconds(value, now)).toBeUndefined());

  it("is whole seconds within a day or nothing, whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.nat().map(String), fc.date({ noInvalidDate: true }).map(String)),
        (value) => {
          const seconds = toRetryAfterSeconds(value, now) ?? 1;
          expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 86_400).toBe(true);
        },
      ),
    );
  });
});

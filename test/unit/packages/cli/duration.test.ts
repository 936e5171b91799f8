import { describe, expect, it } from "vitest";
import { expiryBounds, graceBounds, toSeconds } from "../../../../packages/cli/src/duration.ts";
import { UsageError } from "../../../../packages/cli/src/failure.ts";

const wide = { least: "0s", most: "999999999d" };

describe("a duration", () => {
  it.each([
    ["30s", 30],
    ["15m", 900],
    ["24h", 86_400],
    ["7d", 604_800],
    ["90d", 7_776_000],
    ["0s", 0],
  ])("%s is %i seconds", (text, seconds) => {
    expect(toSeconds(text, "--grace", wide)).toBe(seconds);
  });

  it.each(["", "30", "d", "-1d", "1.5h", "1w", "1h30m", " 1h", "1H", "1000000000s"])("%j is none", (text) => {
    const read = () => toSeconds(text, "--grace", wide);
    expect(read).toThrow(UsageError);
    expect(read).toThrow("--grace must be a duration such as 30s, 15m, 24h or 7d");
  });

  it("is within the bounds that the API has", () => {
    expect(toSeconds("604800s", "--grace", graceBounds)).toBe(604_800);
    expect(() => toSeconds("604801s", "--grace", graceBounds)).toThrow("--grace must be from 0s to 7d");
    expect(toSeconds("3650d", "--expires", expiryBounds)).toBe(315_360_000);
    expect(toSeconds("60s", "--expires", expiryBounds)).toBe(60);
    for (const text of ["59s", "3651d"]) expect(() => toSeconds(text, "--expires", expiryBounds)).toThrow(UsageError);
  });
});

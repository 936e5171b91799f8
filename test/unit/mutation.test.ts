import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { areas } from "../mutation/list.ts";
import { applyPatch, inFile } from "../mutation/patch.ts";
import type { Played } from "../mutation/play.ts";
import { inPool } from "../mutation/pool.ts";
import { shareOf, toTable } from "../mutation/tell.ts";

const all = Object.values(areas).flat();

describe("the patches of the mutation gate", () => {
  it("are more than 130, each with an id of its own", () => {
    expect(all.length).toBeGreaterThan(130);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it.each(Object.entries(areas))("apply to the code as it is, in %s", (_area, patches) => {
    for (const patch of patches) {
      const text = readFileSync(patch.file, "utf8");
      const patched = applyPatch(text, patch);
      expect(patched, patch.id).not.toBe(text);
      const parse = () =>
        patch.file.endsWith(".json") ? JSON.parse(patched) : transformSync(patched, { loader: "ts" });
      expect(parse, patch.id).not.toThrow();
    }
  });

  it("do not apply where it is not clear what is meant", () => {
    const [patch] = inFile("a.ts", [{ id: "one", find: "b", replace: "c", why: "it should" }]);
    if (!patch) throw new Error("there is one");
    expect(applyPatch("a b", patch)).toBe("a c");
    expect(() => applyPatch("a", patch)).toThrow("one: a.ts has not exactly once: b");
    expect(() => applyPatch("b b", patch)).toThrow("one: a.ts has not exactly once: b");
    expect(applyPatch("b a b", { ...patch, after: "a" })).toBe("b a c");
    expect(() => applyPatch("b a", { ...patch, after: "a" })).toThrow("one: a.ts has not, after a: b");
  });
});

describe("what came of the patches", () => {
  const outcomeOf = (played: Played, argued: { equivalent?: string; unplayed?: string } = {}) => ({
    area: "turn",
    patch: { id: "one", file: "a.ts", find: "b", replace: "c", why: "it should", ...argued },
    played,
    seconds: 1,
  });
  const survived: Played = { how: "survived", schedules: 2000 };
  const outcomes = [
    outcomeOf({ how: "killed", promise: "nothing is stuck", seed: 3, schedules: 3 }),
    outcomeOf({ how: "hung" }),
    outcomeOf({ how: "broke off", why: "TypeError" }),
    outcomeOf(survived),
    { ...outcomeOf(survived), failingTest: "that it does not" },
    outcomeOf(survived, { equivalent: "nobody can tell" }),
    { ...outcomeOf(survived, { unplayed: "there are no dry runs" }), failingTest: "that it does not" },
  ];

  it("counts all that the simulation noticed, and leaves out what is argued to be equivalent, or is not played", () => {
    expect(shareOf(outcomes)).toBe(3 / 5);
  });

  it("is a row per area, a standstill apart from a broken promise", () => {
    expect(toTable(outcomes, true).split("\n").slice(2)).toEqual([
      "| turn | 7 | 1 | 1 | 1 | 1 | 1 | 2 | 60 % | 2 | 1 |",
      "| all | 7 | 1 | 1 | 1 | 1 | 1 | 2 | 60 % | 2 | 1 |",
    ]);
  });

  it("is answered in order, so many at once", async () => {
    let atWork = 0;
    let most = 0;
    const answers = await inPool([3, 1, 2], 2, async (number) => {
      most = Math.max(most, (atWork += 1));
      for (let turn = 0; turn < number; turn += 1) await Promise.resolve();
      atWork -= 1;
      return number * 10;
    });
    expect(answers).toEqual([30, 10, 20]);
    expect(most).toBe(2);
  });
});

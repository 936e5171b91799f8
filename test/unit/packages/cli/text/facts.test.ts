import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toFacts } from "../../../../../packages/cli/src/text/facts.ts";
import { plain } from "../../../../../packages/cli/src/text/plain.ts";
import { widthOf } from "../../../../../packages/cli/src/text/width.ts";
import { anyText, terminalWidth } from "../../../../generators/terminal-text.ts";

const names = ["id", "status", "what to do", "vendor's id of the call"];
const anyFacts = fc.array(fc.tuple(fc.constantFrom(...names), fc.option(anyText, { nil: undefined })), {
  maxLength: 8,
});

describe("facts on a terminal", () => {
  it("stand below each other, each in as many lines as it takes, and absent ones not at all", () => {
    const facts = [
      ["id", "one"],
      ["error", undefined],
      ["what to do", "wait until the quota is raised"],
    ] as const;
    expect(toFacts(facts, { isTerminal: true, columns: 34 }).split("\n")).toEqual([
      "id          one",
      "what to do  wait until the quota",
      "            is raised",
    ]);
  });

  it("are as wide as the terminal at most, and lose nothing but spaces", () => {
    fc.assert(
      fc.property(anyFacts, terminalWidth, (facts, columns) => {
        const lines = toFacts(facts, { isTerminal: true, columns }).split("\n");
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        const dense = (text: string) => text.replaceAll(" ", "");
        const told = facts.flatMap(([name, value]) => (value === undefined ? [] : [name + plain(value)]));
        expect(dense(lines.join(""))).toBe(dense(told.join("")));
      }),
    );
  });
});

describe("facts in a pipe", () => {
  it("are a name, a tab and the whole value in one line each", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const told = facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, plain(value)]]));
        const text = toFacts(facts, { isTerminal: false, columns: Infinity });
        expect(text === "" ? [] : text.split("\n").map((line) => line.split("\t"))).toEqual(told);
      }),
    );
  });

  it("are nothing where there is none", () => {
    expect(toFacts([["id", undefined]], { isTerminal: false, columns: Infinity })).toBe("");
  });
});

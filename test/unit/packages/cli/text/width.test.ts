import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, pad, widthOf, wrap } from "../../../../../packages/cli/src/text/width.ts";
import { plainText, terminalWidth } from "../../../../generators/terminal-text.ts";

describe("the width of a text", () => {
  it.each([
    ["", 0],
    ["abc", 3],
    ["中文", 4],
    ["𠮷", 2],
    ["한국", 4],
    ["🚀", 2],
    ["🇨🇳", 2],
    ["e\u0301", 1],
    ["…", 1],
  ])("%j takes %i columns", (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });
});

describe("a text that is cut", () => {
  it.each([
    ["abcdef", 6, "abcdef"],
    ["abcdef", 5, "abcd…"],
    ["abcdef", 1, "…"],
    ["上海一号", 7, "上海一…"],
    ["上海一号", 6, "上海…"],
    ["𠮷𠮷𠮷", 4, "𠮷…"],
    ["𠮷𠮷𠮷𠮷", 6, "𠮷𠮷…"],
    ["🇨🇳🇩🇪", 3, "🇨🇳…"],
    ["ae\u0301ae\u0301", 3, "ae\u0301…"],
  ])("%j in %i columns is %j", (text, columns, shown) => {
    expect(cut(text, columns)).toBe(shown);
  });

  it("is its beginning, in whole characters, and never too wide", () => {
    fc.assert(
      fc.property(plainText, fc.integer({ min: 1, max: 60 }), (text, columns) => {
        const shown = cut(text, columns);
        expect(widthOf(shown)).toBeLessThanOrEqual(columns);
        if (shown === text) return;
        expect(widthOf(text)).toBeGreaterThan(columns);
        const kept = shown.slice(0, -1);
        expect(shown.endsWith("…") && text.startsWith(kept)).toBe(true);
        expect(characters(text).slice(0, characters(kept).length).join("")).toBe(kept);
      }),
    );
  });
});

describe("a text that is padded", () => {
  it("is as wide as it is to be, or as it was", () => {
    fc.assert(
      fc.property(plainText, fc.nat({ max: 60 }), (text, columns) => {
        expect(widthOf(pad(text, columns))).toBe(Math.max(widthOf(text), columns));
      }),
    );
  });
});

describe("a text in lines", () => {
  it.each([
    ["", 20, [""]],
    ["one two three", 20, ["one two three"]],
    ["one two three", 8, ["one two", "three"]],
    ["abcdefgh", 3, ["abc", "def", "gh"]],
    ["x abcdefgh", 3, ["x", "abc", "def", "gh"]],
    ["中文字", 5, ["中文", "字"]],
    ["𠮷𠮷𠮷", 4, ["𠮷𠮷", "𠮷"]],
    ["one two", Infinity, ["one two"]],
  ])("%j in %d columns is %j", (text, columns, lines) => {
    expect(wrap(text, columns)).toEqual(lines);
  });

  it("loses no character but spaces, splits none, and is never too wide", () => {
    fc.assert(
      fc.property(plainText, terminalWidth, (text, columns) => {
        const lines = wrap(text, columns);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        const dense = (one: string) => one.replaceAll(" ", "");
        expect(dense(lines.join(""))).toBe(dense(text));
        for (const line of lines) expect(line).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});

const characters = (text: string) => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);

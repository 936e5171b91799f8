import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plain } from "../../../../../packages/cli/src/text/plain.ts";
import { type Column, fitColumns, toLines, toTable } from "../../../../../packages/cli/src/text/table.ts";
import { cut, widthOf } from "../../../../../packages/cli/src/text/width.ts";
import { anyText, terminalWidth } from "../../../../generators/terminal-text.ts";

const terminal = (columns: number) => ({ isTerminal: true, columns });
const pipe = { isTerminal: false, columns: Infinity };

interface Case {
  columns: Column[];
  rows: string[][];
}

/** Columns, some of which may be cut, and rows, some of which are shorter. */
const anyCase: fc.Arbitrary<Case> = fc.integer({ min: 1, max: 9 }).chain((count) =>
  fc.record({
    columns: fc.array(
      fc.record(
        {
          heading: fc.constantFrom("id", "status", "vendor and region", "网关"),
          least: fc.integer({ min: 4, max: 16 }),
        },
        { requiredKeys: ["heading"] },
      ),
      { minLength: count, maxLength: count },
    ),
    rows: fc.array(fc.array(anyText, { maxLength: count }), { minLength: 1, maxLength: 6 }),
  }),
);

describe("a table on a terminal", () => {
  it("has its columns below each other, the widest ones cut for want of room", () => {
    const columns = [{ heading: "id" }, { heading: "name", least: 4 }, { heading: "region", least: 4 }];
    const rows = [
      ["one", "上海一号网关", "cn-shanghai"],
      ["two\n", "b", "-"],
    ];
    expect(toTable(columns, rows, terminal(80)).split("\n")).toEqual([
      "id        name          region",
      "one       上海一号网关  cn-shanghai",
      String.raw`two\u{a}  b             -`,
    ]);
    expect(toTable(columns, rows, terminal(26)).split("\n")).toEqual([
      "id        name     region",
      "one       上海一…  cn-sha…",
      String.raw`two\u{a}  b        -`,
    ]);
  });

  it("says which columns there is no room for, the last ones first", () => {
    const columns = ["id", "status", "age"].map((heading) => ({ heading }));
    const lines = toTable(columns, [["x".repeat(20), "y".repeat(10), "z".repeat(10)]], terminal(34)).split("\n");
    expect(lines.slice(0, 2)).toEqual([`id${" ".repeat(18)}  status`, `${"x".repeat(20)}  ${"y".repeat(10)}`]);
    expect(lines.slice(2).join(" ")).toBe("(no room for: age; a pipe and --json have all)");
  });

  it("is never wider than the terminal", () => {
    fc.assert(
      fc.property(anyCase, terminalWidth, ({ columns, rows }, width) => {
        for (const line of toTable(columns, rows, terminal(width)).split("\n")) {
          expect(widthOf(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  it("has a line for each row, with nothing in it that steers the terminal, and its first column always", () => {
    fc.assert(
      fc.property(anyCase, terminalWidth, ({ columns, rows }, width) => {
        const lines = toTable(columns, rows, terminal(width)).split("\n");
        expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
        const fitted = fitColumns(columns, rows, width);
        expect(fitted.columns.map(({ heading }) => heading).concat(fitted.leftOut)).toEqual(
          columns.map(({ heading }) => heading),
        );
        expect(fitted.columns.length).toBeGreaterThanOrEqual(1);
        const [first = 0] = fitted.widths;
        for (const [index, row] of rows.entries()) {
          const shown = cut(plain(row[0] ?? ""), first).trimEnd();
          expect(lines[index + 1]?.startsWith(shown)).toBe(true);
        }
        expect(lines.length).toBeGreaterThanOrEqual(rows.length + 1);
      }),
    );
  });

  it("cuts no column below its least width, and none that has none unless it is the only one", () => {
    fc.assert(
      fc.property(anyCase, terminalWidth, ({ columns, rows }, width) => {
        const fitted = fitColumns(columns, rows, width);
        if (fitted.columns.length === 1) return;
        const whole = fitColumns(columns, rows, Infinity).widths;
        for (const [index, given] of fitted.widths.entries()) {
          const needed = whole[index] ?? 0;
          expect(given).toBeLessThanOrEqual(needed);
          expect(given).toBeGreaterThanOrEqual(Math.min(needed, fitted.columns[index]?.least ?? needed));
        }
      }),
    );
  });

  it("paints a cell once it has its width, and numbers rows on", () => {
    const columns = [{ heading: "id", paint: (text: string, row: number) => `<${row}:${text}>` }, { heading: "x" }];
    const rows = [["a", "b"]];
    expect(toLines(fitColumns(columns, rows, 80), rows, 3)).toEqual(["<3:a >  b"]);
  });
});

describe("a table in a pipe", () => {
  it("has a line for each row without headings, every cell whole between tabs", () => {
    fc.assert(
      fc.property(anyCase, ({ columns, rows }) => {
        const lines = toTable(columns, rows, pipe).split("\n");
        expect(lines.map((line) => line.split("\t"))).toEqual(
          rows.map((row) => (row.length === 0 ? [""] : row.map(plain))),
        );
      }),
    );
  });

  it("has no line for no rows", () => {
    expect(toTable([{ heading: "id" }], [], pipe)).toBe("");
  });
});

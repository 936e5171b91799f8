import { expect, it } from "vitest";
import { search } from "../../../../functions/contract/routes/search.ts";

it.each([
  { q: " vco-1\n", takes: "what was copied with the space around it", as: "vco-1" },
  { q: "a".repeat(256), takes: "256 characters", as: "a".repeat(256) },
])("takes $takes", ({ q, as }) => {
  expect(search.query.parse({ q })).toEqual({ q: as });
});

it.each([
  { q: `a${" ".repeat(256)}`, refuses: "more characters than the document permits, blanks too" },
  { q: " \n", refuses: "nothing but blanks" },
])("refuses $refuses", ({ q }) => {
  expect(search.query.safeParse({ q }).success).toBe(false);
});

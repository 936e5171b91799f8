import { describe, expect, it } from "vitest";
import { appendRows, releaseRows, renewRows } from "../../../../packages/dashboard/src/list/merge-rows.ts";
import { connectionWith } from "./connection.ts";

const at = (second: number) => `2026-11-20T08:00:${String(second).padStart(2, "0")}.000Z`;
const row = (id: string, second: number, part: Parameters<typeof connectionWith>[0] = {}) =>
  connectionWith({ id, createdAt: at(second), revision: 1, status: "queued", ...part });
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).join("");
const rows = { shown: [row("c", 3), row("b", 2), row("a", 1)], held: [], nextCursor: "next" };

describe("the rows of the list", () => {
  it("stay where they are when others come, which are held back", () => {
    const renewed = renewRows(rows, [row("e", 5), row("d", 4), row("c", 3)]);
    expect([ids(renewed.shown), ids(renewed.held)]).toEqual(["cba", "ed"]);
  });

  it("show how they are now, and never how they were", () => {
    const renewed = renewRows(rows, [row("b", 2, { revision: 3, status: "failed" })]);
    expect(renewed.shown.map(({ status }) => status)).toEqual(["queued", "failed", "queued"]);
    expect(renewRows(renewed, [row("b", 2)]).shown[1]).toMatchObject({ revision: 3, status: "failed" });
  });

  it("hold back each request once, as it is now", () => {
    const once = renewRows(rows, [row("d", 4)]);
    const twice = renewRows(once, [row("d", 4, { revision: 2, status: "creating" })]);
    expect(twice.held).toMatchObject([{ id: "d", revision: 2, status: "creating" }]);
  });

  it("take in what was held back when the reader asks for it, and let go what left the filter", () => {
    const renewed = renewRows(rows, [row("d", 4), row("b", 2, { revision: 2, status: "succeeded" })]);
    const released = releaseRows(renewed, ["queued"]);
    expect([ids(released.shown), released.held, released.nextCursor]).toEqual(["dca", [], "next"]);
    expect(ids(releaseRows(renewed, undefined).shown)).toBe("dcba");
  });

  it("go on where they ended, without one twice", () => {
    const more = appendRows(rows, [row("a", 1), row("0", 0)], undefined);
    expect([ids(more.shown), more.nextCursor]).toEqual(["cba0", undefined]);
  });
});

import { describe, expect, it } from "vitest";
import { type ConnectionPage, findConnections } from "../../../../functions/domain/provider/find-connections.ts";

const operationId = "h5v46f5k43my";
const ours = (id: string) => ({ id, name: `office-${operationId}` });
const others = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `o-${index}`, name: "other" }));

/** Reads a list of these pages, and counts how often it was asked. */
async function find(...pages: ConnectionPage[]) {
  const asked: { page: number; seen: number }[] = [];
  const options = { action: "DescribeVpnConnections", pageSize: 3 };
  const found = await findConnections(operationId, options, async (at) => {
    asked.push(at);
    return pages[at.page - 1] ?? { rows: [] };
  });
  return { found, asked };
}

describe("findConnections", () => {
  it.each([
    ["a page that is not full", [{ rows: others(2) }], 1],
    ["an empty page", [{ rows: [] }], 1],
    ["a full last page, where nothing says that it is the last", [{ rows: others(3) }], 2],
    ["a full last page, though its number is right", [{ rows: others(3), total: 3 }], 2],
    [
      "a vendor that gives shorter pages than it was asked for",
      [1, 1, 1].map((rows) => ({ rows: others(rows), total: 3 })),
      3,
    ],
    ["a number that is too high", [{ rows: others(2), total: 9 }], 2],
    [
      "a number that is too low",
      [
        { rows: others(3), total: 0 },
        { rows: others(1), total: 0 },
      ],
      2,
    ],
  ] as [string, ConnectionPage[], number][])("reads to the end of %s", async (_what, pages, calls) => {
    const last = { ...pages.at(-1), rows: [...(pages.at(-1)?.rows.slice(1) ?? []), ours("vco-1")] };
    const { found, asked } = await find(...pages.slice(0, -1), pages.at(-1)?.rows.length ? last : { rows: [] });
    expect(found).toEqual(pages.at(-1)?.rows.length ? ["vco-1"] : []);
    expect(asked).toHaveLength(calls);
  });

  it("says how many rows it has seen, for vendors that count rows and not pages", async () => {
    const { asked } = await find({ rows: others(3) }, { rows: others(3) }, { rows: others(1) });
    expect(asked).toEqual([1, 2, 3].map((page) => ({ page, seen: (page - 1) * 3 })));
  });

  it("counts a connection once that moved to the next page meanwhile", async () => {
    const { found } = await find({ rows: [...others(2), ours("vco-1")] }, { rows: [ours("vco-1"), ours("vco-2")] });
    expect(found).toEqual(["vco-1", "vco-2"]);
  });

  it("does not mind what others' rows lack", async () => {
    const { found } = await find({ rows: [{ id: "x" }, { name: "other" }, ours("vco-1")] });
    expect(found).toEqual(["vco-1"]);
  });

  it.each([{ name: `office-${operationId}` }, {}])("cannot decide about a row such as %o", async (row) => {
    await expect(find({ rows: [row] })).rejects.toMatchObject({ facts: { class: "ambiguous" } });
  });

  it("gives up a list that does not end", async () => {
    const endless = Array.from({ length: 1000 }, () => ({ rows: others(3) }));
    await expect(find(...endless)).rejects.toMatchObject({
      facts: { class: "ambiguous", advice: expect.stringContaining("DescribeVpnConnections does not end") },
    });
  });
});

import { describe, expect, it } from "vitest";
import { toCsv } from "../../../../packages/dashboard/src/list/csv.ts";
import { connectionWith } from "./connection.ts";

const cellOf = (name: string) =>
  toCsv([connectionWith({ name })])
    .split("\r\n")[1]
    ?.split(",")[2];

describe("the exported list", () => {
  it("has a line of names and one for each request, and says that it is UTF-8", () => {
    const lines = toCsv([connectionWith({ id: "a" }), connectionWith({ id: "b" })]).split("\r\n");
    expect(lines[0]).toMatch(/^\uFEFFid,tenant,name,status,/);
    expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(["a", "b", ""]);
    expect(new Set(lines.slice(0, 3).map((line) => line.split(",").length)).size).toBe(1);
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)"])("has no formula: %s", (name) => {
    expect(cellOf(name)).toBe(`'${name}`);
  });

  it("quotes what would end a cell or a line", () => {
    expect(toCsv([connectionWith({ name: 'a,"b"\nc' })])).toContain(',"a,""b""\nc",');
    expect(toCsv([connectionWith({ name: "=a,b" })])).toContain(`,"'=a,b",`);
  });

  it("leaves empty what there is not", () => {
    const { providerConnectionId: _id, completedAt: _at, ...rest } = connectionWith({});
    expect(toCsv([rest])).not.toMatch(/undefined|null/);
  });
});

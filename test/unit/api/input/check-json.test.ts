import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkJson } from "../../../../functions/api/input/check-json.ts";

describe("checkJson", () => {
  it.each([
    ['{"a":1,"a":2}', "/a"],
    ['{"a":1,"b":{"c":[0,{"d":1,"d":1}]}}', "/b/c/1/d"],
    ['[[],{"a":{}, "a":[]}]', "/1/a"],
    [String.raw`{"a":1,"\u0061":2}`, "/a"],
    [String.raw`{"x/y~":1,"x\/y~":2}`, "/x~1y~0"],
    ['{"":1,"":2}', "/"],
    ['{"constructor":1,"constructor":2}', "/constructor"],
  ])("points at the member that stands twice in %s", (text, pointer) => {
    expect(checkJson(text)).toEqual([{ pointer, detail: "stands twice" }]);
  });

  it.each([
    '{"a":"a","b":"a"}',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    String.raw`{"a":"{\"a\":1,\"a\":2}"}`,
    String.raw`{"a":"\\","b":"\""}`,
    '"a"',
    "1",
    '{"__proto__":1}',
  ])("finds nothing in %s", (text) => {
    expect(checkJson(text)).toEqual([]);
  });

  it("points at a member that the schema library would lose", () => {
    expect(checkJson('{"tags":{"__proto__":"x"}}')).toEqual([
      { pointer: "/tags/__proto__", detail: "is not a known field" },
    ]);
  });

  it("takes 16 levels and no more, and is not slow with many", () => {
    expect(checkJson("[".repeat(16) + "]".repeat(16))).toEqual([]);
    const flaw = { pointer: "", detail: "is nested more than 16 levels deep" };
    expect(checkJson("[".repeat(17) + "]".repeat(17))).toEqual([flaw]);
    expect(checkJson("[".repeat(30_000) + "]".repeat(30_000))).toEqual([flaw]);
  });

  it("finds nothing in any JSON that was written from a value, however it is spaced", () => {
    const value = fc.jsonValue({ maxDepth: 5 });
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 2, "\t"), (one, space) => {
        const text = JSON.stringify(one, undefined, space);
        expect(checkJson(text).filter(({ detail }) => detail === "stands twice")).toEqual([]);
      }),
    );
  });

  it("finds each member that is written twice, wherever it stands", () => {
    const name = fc.string({ unit: "binary", maxLength: 8 });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 5 }), name, (path, twice) => {
        const inner = `{${JSON.stringify(twice)}:1 , ${JSON.stringify(twice)} : 2}`;
        const text = path.reduceRight((all, step) => `{${JSON.stringify(step)}:${all}}`, inner);
        const pointer = [...path, twice].map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
        expect(checkJson(text)).toContainEqual({ pointer, detail: "stands twice" });
      }),
    );
  });
});

import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDifferences, toPointer } from "../../../functions/domain/json-pointer.ts";
import { resolvePointer } from "../../generators/json-edit.ts";

/** Values as a JSON text brings them; -0 and `__proto__` have no place in a stored request. */
const member = fc.constantFrom("a", "b", "c", "a/b", "~", "", "0");
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, 1, 14, "", "x", "none"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(member, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

function has(value: unknown, pointer: string): boolean {
  try {
    resolvePointer(value, pointer);
    return true;
  } catch {
    return false;
  }
}

function withMembersReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMembersReversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, item]) => [name, withMembersReversed(item)]),
  );
}

describe("toPointer", () => {
  it("is empty for the whole, and escapes ~ and / as RFC 6901 says", () => {
    expect(toPointer([])).toBe("");
    expect(toPointer(["a/b~c", 0, "", "~1"])).toBe("/a~1b~0c/0//~01");
  });
});

describe("findDifferences", () => {
  it("finds none exactly when both are deeply equal", () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(findDifferences(a, b).length === 0).toBe(isDeepStrictEqual(a, b));
      }),
      { numRuns: 1000 },
    );
  });

  it("does not count the order of members", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(findDifferences(value, structuredClone(value))).toEqual([]);
        expect(findDifferences(value, withMembersReversed(value))).toEqual([]);
      }),
    );
  });

  it("points at places that one side has at least, that differ, and each once, from either side", () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const pointers = findDifferences(a, b);
        expect(new Set(pointers).size).toBe(pointers.length);
        expect(findDifferences(b, a).toSorted()).toEqual(pointers.toSorted());
        for (const pointer of pointers) {
          expect(has(a, pointer) || has(b, pointer)).toBe(true);
          if (has(a, pointer) && has(b, pointer)) {
            expect(resolvePointer(a, pointer)).not.toEqual(resolvePointer(b, pointer));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [{ a: 1 }, { a: 2 }, ["/a"]],
    [{ a: 1 }, {}, ["/a"]],
    [{}, { a: null }, ["/a"]],
    [{ a: { b: 1, c: 2 } }, { a: { b: 2, c: 3 } }, ["/a/b", "/a/c"]],
    [[1, 2], [1, 3], ["/1"]],
    [{ list: [1, 2] }, { list: [1] }, ["/list"]],
    [
      [1, 2],
      [2, 1],
      ["/0", "/1"],
    ],
    [{ a: [] }, { a: {} }, ["/a"]],
    [{ a: "14" }, { a: 14 }, ["/a"]],
    [{ "a/b~c": 1 }, {}, ["/a~1b~0c"]],
    [1, 2, [""]],
  ])("%j and %j differ at %j", (a, b, pointers) => {
    expect(findDifferences(a, b)).toEqual(pointers);
  });
});

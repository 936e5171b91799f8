import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { areas } from "../mutation/list.ts";
import { applyPatch, inFile } from "../mutation/patch.ts";

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

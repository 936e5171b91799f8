import * as fc from "fast-check";
import { expect, it } from "vitest";
import { cutPage } from "../../../functions/domain/cut-page.ts";

it("a page has as many items as fit, in their order, and one at the least", () => {
  const bytes = (items: readonly string[]) => Buffer.byteLength(JSON.stringify(items));
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 60 }), { maxLength: 40 }), (items) => {
      const page = cutPage(items, (item) => item, 5000);
      expect(page).toEqual(items.slice(0, page.length));
      if (page.length > 1) expect(bytes(page)).toBeLessThanOrEqual(5000);
      if (page.length < items.length) expect(bytes(items.slice(0, page.length + 1)) + 4096).toBeGreaterThan(5000);
      expect(page.length > 0).toBe(items.length > 0);
    }),
  );
});

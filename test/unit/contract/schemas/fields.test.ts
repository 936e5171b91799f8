import { describe, expect, it } from "vitest";
import { reason } from "../../../../functions/contract/schemas/fields.ts";

describe("a reason", () => {
  it.each(["the quota was raised", "配额已提高 🎉", "x".repeat(500)])("may be %s", (text) => {
    expect(reason.safeParse(text).success).toBe(true);
  });

  it.each(["", "x".repeat(501), "a\nb", "\u001B[2J", "\u0000", "half \uD83C"])("may not be %j", (text) => {
    expect(reason.safeParse(text).success).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import * as z from "zod";
import { keyName, reason, tenantName } from "../../../../functions/contract/schemas/fields.ts";
import { createRequestSchema } from "../../../../functions/domain/request/create-request.ts";

describe("a reason", () => {
  it.each(["the quota was raised", "配额已提高 🎉", "x".repeat(500)])("may be %s", (text) => {
    expect(reason.safeParse(text).success).toBe(true);
  });

  it.each(["", "x".repeat(501), "a\nb", "\u001B[2J", "\u0000", "half \uD83C", "   ", "\u00A0\u3000", "\u2800"])(
    "may not be %j",
    (text) => {
      expect(reason.safeParse(text).success).toBe(false);
    },
  );
});

describe("a text that people write", () => {
  const { name, tags } = createRequestSchema.shape;
  const texts: Record<string, z.ZodType> = {
    "a request's name": name,
    "a tag's key": z
      .string()
      .transform((key) => ({ [key]: "v" }))
      .pipe(tags),
    "a tag's value": z
      .string()
      .transform((value): Record<string, string> => ({ team: value }))
      .pipe(tags),
    "a reason": reason,
    "a key's name": keyName,
    "a tenant's name": tenantName,
  };
  const unseen = {
    control: ["\u0000", "\u001b", "\u007f", "\u0085", "\u009b"],
    "order of reading": ["\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069"],
    "line and paragraph": ["\u2028", "\u2029"],
    "no width": ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\ufff9", "\u{e0041}", "\u{1d173}"],
    "shown as nothing": ["\u034f", "\u115f", "\u17b4", "\u180b", "\u3164", "\ufe0f", "\uffa0", "\u{e0100}"],
    "half a character": ["\ud83c", "\udc00"],
  };

  it.each(Object.keys(texts))("holds no character that nobody sees: %s", (what) => {
    const taken = Object.values(unseen)
      .flat()
      .filter((character) => texts[what]?.safeParse(`a${character}b`).success);
    expect(taken).toEqual([]);
    expect(texts[what]?.safeParse("a-b").success).toBe(true);
  });

  it("may be in any script", () => {
    for (const what of ["a request's name", "a tag's key", "a tag's value", "a reason"]) {
      expect(texts[what]?.safeParse("分公司 Zürich عربي हिन्दी 🎉").error).toBeUndefined();
    }
  });
});

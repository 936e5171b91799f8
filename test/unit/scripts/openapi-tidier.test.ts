import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createSchema } from "zod-openapi";
import { createTidier } from "../../../scripts/openapi/tidy-schema.ts";

function tell(schema: z.ZodType) {
  const tidier = createTidier();
  const told = createSchema(schema, { io: "input", opts: { override: tidier.override } }).schema;
  tidier.finish();
  return told;
}

describe("what zod would lose on the way into the document", () => {
  const isEven = (text: string) => text.length % 2 === 0;

  it.each([
    ["a refinement", z.string().refine(isEven)],
    ["a check", z.string().check((context) => void isEven(context.value))],
    ["a refinement of many places", z.strictObject({ a: z.string() }).superRefine(() => undefined)],
    ["a refinement inside", z.array(z.strictObject({ a: z.string().refine(isEven).exactOptional() }))],
    ["a refinement behind a transform", z.string().transform(Number).refine(Number.isInteger)],
  ])("is refused: %s without words", (_, schema) => {
    expect(() => tell(schema)).toThrow("a check in code would be lost");
  });

  it("is told by a description, a pattern or a format beside the check", () => {
    expect(tell(z.string().refine(isEven).meta({ description: "Even." }))).toEqual({
      type: "string",
      description: "Even.",
    });
    expect(tell(z.string().refine(isEven).meta({ pattern: "^(..)*$" }))).toMatchObject({ pattern: "^(..)*$" });
    expect(tell(z.string().refine(isEven).meta({ format: "ipv4" }))).toMatchObject({ format: "ipv4" });
  });

  it("is refused: flags of a pattern", () => {
    expect(() => tell(z.string().regex(/^a$/i))).toThrow("the flags of /^a$/i would be lost");
    expect(tell(z.string().regex(/^a$/u))).toMatchObject({ pattern: "^a$" });
  });

  it("is kept: a default behind a transform, and the number that a text is", () => {
    const digits = z.string().regex(/^\d$/).transform(Number);
    expect(tell(digits.meta({ type: "integer", minimum: 0, maximum: 9 }).default(3))).toEqual({
      type: "integer",
      minimum: 0,
      maximum: 9,
      default: 3,
    });
  });

  it("is left out: patterns beside a format of times, bounds of all whole numbers, classes by property", () => {
    expect(tell(z.iso.datetime())).toEqual({ type: "string", format: "date-time" });
    expect(tell(z.int())).toEqual({ type: "integer" });
    expect(tell(z.string().regex(/^\p{L}$/u))).toEqual({ type: "string" });
  });

  it("is made one: a parameter that may be repeated, and values of two types", () => {
    const one = z.enum(["a", "b"]);
    expect(tell(z.union([one.transform((value) => [value]), z.array(one)]))).toEqual({
      type: "array",
      items: { type: "string", enum: ["a", "b"] },
    });
    expect(tell(z.union([z.boolean(), z.literal("none")]))).toEqual({
      anyOf: [{ type: "boolean" }, { type: "string", enum: ["none"] }],
    });
    expect(tell(z.literal(["none", 1, 2]))).toEqual({
      oneOf: [
        { type: "integer", enum: [1, 2] },
        { type: "string", enum: ["none"] },
      ],
    });
  });
});

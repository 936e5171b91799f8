import { describe, expect, it } from "vitest";
import { oldestVersion, schemaVersion, toCurrent } from "../../../functions/aws/schema.ts";
import { SchemaVersionError } from "../../../functions/domain/errors.ts";

const pk = "a".repeat(26);

describe("an older item", () => {
  it.each([
    [
      "an attempt that was open",
      pk,
      { create: { state: "open", number: 1 } },
      { create: { state: "undecided", number: 1 } },
    ],
    ["an attempt that was settled", pk, { create: { state: "void" } }, { create: { state: "void" } }],
    ["a request without an attempt", pk, { status: "accepted" }, { status: "accepted" }],
    [
      "a tenant's cap",
      "tenant#acme",
      { name: "acme", mostOpenRequests: 5 },
      { name: "acme", maxUnfinishedRequests: 5 },
    ],
  ])("without a version is brought up to date: %s", (_, key, data, current) => {
    expect(toCurrent({ pk: key, version: 7, data })).toEqual({ pk: key, version: 7, data: current });
  });

  it("of another kind is as it was", () => {
    for (const item of [
      { pk: "turn#g", holder: "open" },
      { pk: "key#1", tenant: "acme" },
      { pk: "audit#1", entry: {} },
    ]) {
      expect(toCurrent(item)).toEqual(item);
    }
  });
});

it("an item of this version is left alone, whatever its words once meant", () => {
  const item = { pk, schemaVersion, data: { create: { state: "open" } } };
  expect(toCurrent(item)).toBe(item);
});

it.each([oldestVersion - 1, schemaVersion + 1, "2", null])("an item of version %j is refused", (found) => {
  expect(() => toCurrent({ pk, schemaVersion: found, data: {} })).toThrow(SchemaVersionError);
});

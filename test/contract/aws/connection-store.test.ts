import { describe, expect, it } from "vitest";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import { createTurns } from "../../../functions/aws/turns.ts";
import { DomainError } from "../../../functions/domain/errors.ts";
import { systemClock as clock } from "../../../functions/entries/wiring.ts";
import { describeConnectionStore } from "../../conformance/connection-store.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const open = () => createConnectionStore({ ...storage(), clock });

describeConnectionStore("in DynamoDB", open);

describe("a cursor", () => {
  it.each(["", "nonsense", Buffer.from("2026-01-01T00:00:00.000Z#../x").toString("base64url")])(
    "that is none of ours is refused: %s",
    async (cursor) => {
      const listed = open().list({ tenant: "acme", limit: 1, cursor: cursor || "x" });
      await expect(listed).rejects.toBeInstanceOf(DomainError);
    },
  );
});

describe("a turn", () => {
  it("is taken by one of many, and passed on only by who still has it", async () => {
    const turns = createTurns(storage());
    expect(await turns.holder("g1")).toBeUndefined();
    const taken = await Promise.all(["a", "b", "c", "d"].map((id) => turns.pass("g1", undefined, id)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const holder = (await turns.holder("g1")) ?? "";
    expect(await turns.pass("g1", "somebody else", "e")).toBe(false);
    expect(await turns.pass("g1", holder, "e")).toBe(true);
    expect(await turns.holder("g1")).toBe("e");
  });
});

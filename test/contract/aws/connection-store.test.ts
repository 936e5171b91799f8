import { describe, expect, it } from "vitest";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
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

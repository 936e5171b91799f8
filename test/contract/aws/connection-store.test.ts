import { describe, expect, it } from "vitest";
import { createDynamoDBClient } from "../../../functions/aws/clients.ts";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import { getConnection } from "../../../functions/domain/connections/get-connection.ts";
import { systemClock as clock } from "../../../functions/entries/wiring.ts";
import { describeConnectionStore } from "../../conformance/connection-store.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const open = () => createConnectionStore({ ...storage(), clock });

describeConnectionStore("in DynamoDB", open);

describe("a record that is another tenant's", () => {
  /** What a read costs: the calls, and the bytes of their answers. */
  async function costOf(id: string) {
    const { table } = storage();
    const endpoint = await storage().client.config.endpoint?.();
    const client = createDynamoDBClient({ endpoint: `http://${endpoint?.hostname}:${endpoint?.port}` });
    const answers: number[] = [];
    client.middlewareStack.add(
      (next) => async (input) => {
        const result = await next(input);
        answers.push(Number((result.response as { headers: Record<string, string> }).headers["content-length"]));
        return result;
      },
      { step: "deserialize", priority: "low" },
    );
    const store = createConnectionStore({ client, table, clock });
    const asked = getConnection({ store }, { tenant: "other", id });
    await expect(asked).rejects.toMatchObject({ code: "not_found" });
    client.destroy();
    return answers;
  }

  it("however large, is not sent: it costs the calls that an id of nobody's costs, and as few bytes", async () => {
    const record = await createAcceptedRecord();
    const warnings = Array.from({ length: 3000 }, (_, n) => `a long list, of which this is the line ${n}`);
    await open().create({ ...record, warnings });
    const [large, nobodys] = [await costOf(record.id), await costOf("a".repeat(26))];
    expect([large.length, nobodys.length]).toEqual([1, 1]);
    expect(large[0]).toBeLessThan(100);
  });
});

import { expect, it } from "vitest";
import { createQuotas } from "../../../functions/aws/quotas.ts";
import { createTable } from "../../../functions/aws/table.ts";
import { describeQuotas } from "../../conformance/quotas.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { repeatCalls } from "../../support/repeat-calls.ts";
import { useTestTable } from "../../support/use-test-table.ts";

const storage = useTestTable();
const clock = createFakeClock();
const open = () => createQuotas({ ...storage(), clock });

describeQuotas("in DynamoDB", open, clock);

const quota = { name: "tests", subject: "repeated", max: 1, seconds: 10 };

it("a place is had where the SDK repeated a write whose answer was lost", async () => {
  expect(await repeatCalls(storage().client, () => open().take(quota))).toMatchObject({ taken: true });
  expect(await open().take(quota)).toMatchObject({ taken: false });
});

it("the table forgets a subject some time after its last place", async () => {
  await open().take({ ...quota, subject: "forgotten" });
  const item = await createTable(storage()).get<{ expiresAt: number }>("quota#tests#forgotten");
  const seconds = clock.now().getTime() / 1000;
  expect(item?.expiresAt).toBeGreaterThan(seconds + quota.seconds);
  expect(item?.expiresAt).toBeLessThan(seconds + quota.seconds + 100);
});

it("one key that asks on beyond its rate costs the table one read, until there is a place", async () => {
  const { client } = storage();
  const calls: unknown[] = [];
  client.middlewareStack.add(
    (next, context) => (args) => {
      calls.push((context as { commandName?: string }).commandName);
      return next(args);
    },
    { step: "initialize", name: "note" },
  );
  const quotas = open();
  const rate = { ...quota, subject: "eager", rate: true };
  await quotas.take(rate);
  calls.length = 0;
  for (let asked = 0; asked < 5; asked += 1) {
    expect(await quotas.take(rate)).toEqual({ taken: false, retryAfterSeconds: 10 });
  }
  client.middlewareStack.remove("note");
  expect(calls).toEqual(["GetItemCommand"]);
  clock.advance(10_000);
  expect(await quotas.take(rate)).toMatchObject({ taken: true });
});

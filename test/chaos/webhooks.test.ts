import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { createDynamoDBClient, createSfnClient } from "../../functions/aws/clients.ts";
import { createConnectionStore } from "../../functions/aws/connection-store.ts";
import { createWorkflows } from "../../functions/aws/workflows.ts";
import { acceptConnection } from "../../functions/domain/connections/accept-connection.ts";
import type { ConnectionStore, Workflows } from "../../functions/domain/ports.ts";
import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import { toDeliveryId } from "../../functions/domain/record/ids.ts";
import { restart } from "../../functions/domain/record/recovery.ts";
import { end } from "../../functions/domain/record/transitions.ts";
import { systemClock as clock } from "../../functions/entries/wiring.ts";
import { ensureStateMachines } from "../../local/workflows.ts";
import { isSignedBy, openWebhookEndpoint, type WebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { Random } from "../simulation/random.ts";
import { createAcceptDeps, testActor, testSettings } from "../support/accepting.ts";
import { startTestStack, type TestStack } from "../support/local-stack.ts";
import { alibabaRequest } from "../support/requests.ts";

/** Connections that fail, and how many of them are run again and succeed: together as many events. */
const connections = 700;
const redriven = 300;
const seed = 20_261_122;

/** Ways to fail: with a code, with a wish to be left alone for a while, and by breaking off after the webhook was read. */
const refusals: WebhookEndpoint["answer"][] = [
  () => ({ status: 500 }),
  () => ({ status: 429, headers: { "retry-after": "7" } }),
  () => undefined,
];

let stack: TestStack;
let endpoint: WebhookEndpoint;
let store: ConnectionStore;
let workflows: Workflows;

beforeAll(async () => {
  stack = await startTestStack({ LOCAL_TIME_SCALE: "0.00005" });
  endpoint = await openWebhookEndpoint();
  store = createConnectionStore({
    client: createDynamoDBClient({ endpoint: stack.endpoints.dynamodb }),
    table: "vpn-broker",
    clock,
  });
  const client = createSfnClient({ endpoint: stack.endpoints.stepFunctions });
  workflows = createWorkflows({ client, arns: await ensureStateMachines(client) });
  return async () => {
    await endpoint.close();
    await stack.close();
  };
});

async function accept(n: number): Promise<ConnectionRecord> {
  const request = { ...alibabaRequest, clientToken: `event-${n}`, callback: { url: endpoint.url } };
  const actor = { ...testActor, tenant: "local" };
  const { record } = await acceptConnection(createAcceptDeps(), { actor, settings: testSettings, request });
  return record;
}

const quota = { code: "provider_quota", message: "full", retryable: true, advice: "wait" } as const;
const fail = (record: ConnectionRecord) => end(record, clock.now(), { status: "failed", reason: "full", error: quota });
const succeed = (record: ConnectionRecord) =>
  end(restart(record, clock.now(), { reason: "again", by: "tests" }), clock.now(), {
    status: "succeeded",
    reason: "ready",
  });

const deliver = ({ id, generation }: ConnectionRecord) => workflows.start("deliver-webhook", { id, generation });

/** Waits until each of the webhooks was taken; one that was given up is sent again, as a person would have it. */
async function arrive(records: readonly ConnectionRecord[]): Promise<number> {
  let resent = 0;
  for (let open = records; open.length > 0; await sleep(200)) {
    const taken = new Set(endpoint.arrived.filter((webhook) => webhook.taken).map(({ id }) => id));
    open = open.filter((record) => !taken.has(toDeliveryId(record)));
    for (const record of open) {
      if ((await store.get(record.id))?.delivery?.state !== "exhausted") continue;
      resent += 1;
      const path = `/v1/vpn-connections/${record.id}/deliveries/${toDeliveryId(record)}/resend`;
      expect((await stack.call("POST", path)).status).toBe(202);
    }
  }
  return resent;
}

it("1,000 webhooks to an endpoint that fails half the time: all arrive, signed, and in an order that can be found", async () => {
  const random = new Random(seed);
  endpoint.answer = (webhook) => (random.chance(0.5) ? { status: 204 } : random.pick(refusals)(webhook));

  const accepted = await Promise.all(Array.from({ length: connections }, (_, n) => accept(n)));
  const failed: ConnectionRecord[] = [];
  for (const record of accepted) {
    await store.create(fail(record));
    failed.push(fail(record));
    await deliver(record);
  }
  let resent = await arrive(failed);
  const succeeded: ConnectionRecord[] = [];
  for (const { id } of failed.slice(0, redriven)) {
    const record = await store.get(id);
    if (!record) throw new Error("a record is gone");
    succeeded.push(await store.save(succeed(record)));
  }
  for (const record of succeeded) await deliver(record);
  resent += await arrive(succeeded);

  const events = [...failed, ...succeeded].map(toDeliveryId);
  expect(new Set(events).size).toBe(1000);
  const { arrived } = endpoint;
  expect(new Set(arrived.map(({ id }) => id))).toEqual(new Set(events));
  expect(arrived.filter((webhook) => !isSignedBy(stack.webhookSecret, webhook))).toEqual([]);
  const refused = arrived.filter(({ taken }) => !taken).length / arrived.length;
  expect(refused).toBeGreaterThan(0.4);
  expect(refused).toBeLessThan(0.6);

  // What a consumer does: by connection, the newest revision counts, in whatever order they came.
  const shuffled = arrived.toSorted(() => random.next() - 0.5);
  const known = new Map<string, { revision: number; type: string }>();
  for (const { event } of shuffled) {
    const { id, revision } = event.data;
    if (revision > (known.get(id)?.revision ?? 0)) known.set(id, { revision, type: event.type });
  }
  const again = new Set(succeeded.map(({ id }) => id));
  for (const { id } of failed) {
    expect(known.get(id)?.type).toBe(again.has(id) ? "vpn_connection.succeeded" : "vpn_connection.failed");
  }
  console.log(`${arrived.length} attempts for 1,000 events, ${resent} sent again by hand`);
}, 400_000);

import { createDynamoDBClient } from "../../../functions/aws/clients.ts";
import { createConnectionStore } from "../../../functions/aws/connection-store.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { isFinal } from "../../../functions/domain/record/status.ts";
import type { TestStack } from "../local-stack.ts";
import { readItems } from "../read-items.ts";
import { alibabaRequest } from "../requests.ts";

/** What belongs to the owner, by what can be done with it. */
export interface Things {
  /** Has succeeded, with a key that the broker made, and its webhook has arrived. */
  done: string;
  /** Ended nobody knows how, and can be run again. */
  unknown: string;
  /** Waits for its gateway, and can be canceled. */
  waiting: string;
  /** Has the gateway's turn, for hours: what becomes of it is no matter. */
  holder: string;
}

const tunnels = [{ customerGatewayId: "cgw-demo01" }];
const held = { ...alibabaRequest, tunnels, vpnGatewayId: "vpn-demo02" };
const networks = (third: number) => ({
  mode: "policy",
  localCidrs: [`10.20.${third}.0/24`],
  remoteCidrs: [`10.30.${third}.0/24`],
});

/** A request that fails before any vendor is asked to create something. */
export const doomed = { ...alibabaRequest, tunnels, vpnGatewayId: "vpn-nowhere" };

/** Makes them with this key, and waits until nothing is at work on them any more. */
export async function makeThings(stack: TestStack, key: string): Promise<Things> {
  async function accept(request: object): Promise<string> {
    const headers = { authorization: `Bearer ${key}` };
    const { status, body } = await stack.call("POST", "/v1/vpn-connections", request, headers);
    if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`);
    return String(body["id"]);
  }
  const done = await accept({ ...alibabaRequest, tunnels });
  const unknown = await accept(doomed);
  const { providerConnectionId } = await until(stack, done, ({ status }) => status === "succeeded");
  const up = { tunnels: [{ Status: "ipsec_sa_established" }] };
  await stack.control("alibaba", "PUT", `/connections/${providerConnectionId}/tunnels`, up);

  const ended = await until(stack, unknown, isSettled);
  const client = createDynamoDBClient({ endpoint: stack.endpoints.dynamodb });
  const store = createConnectionStore({ client, table: "vpn-broker", clock: { now: () => new Date() } });
  await store.save({ ...ended, status: "unknown" });

  await stack.control("alibaba", "PUT", "/settings", { provisioningMilliseconds: 3_600_000 });
  const holder = await accept({ ...held, routing: networks(0) });
  await until(stack, holder, ({ status }) => status === "provisioning");
  const waiting = await accept({ ...held, routing: networks(1) });
  await until(stack, waiting, ({ status }) => status === "queued");
  return { done, unknown, waiting, holder };
}

async function until(stack: TestStack, id: string, holds: (record: ConnectionRecord) => boolean) {
  for (;;) {
    const item = (await readItems(stack)).get(id) as { data: ConnectionRecord } | undefined;
    if (item && holds(item.data)) return item.data;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The table once nothing is at work on what is in it, less what the holder's endless workflow writes, and counts of calls. */
export async function settledItems(stack: TestStack, { holder, waiting }: Things): Promise<Map<string, unknown>> {
  for (;;) {
    const items = await readItems(stack);
    items.delete(holder);
    // A caller's own count of what it asks for, and counts of what has ended.
    for (const key of items.keys()) if (/^(?:quota|stats)#/.test(key)) items.delete(key);
    const records = [...items.values()].flatMap((item) => (item as { data?: ConnectionRecord }).data ?? []);
    const waits = ({ id, status }: ConnectionRecord) => id === waiting && status === "queued";
    // A tenant is a record of another kind, without a status.
    if (records.every((record) => record.status === undefined || waits(record) || isSettled(record))) return items;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isSettled({ status, delivery, tunnels: states }: ConnectionRecord): boolean {
  const watched = status !== "succeeded" || states.every(({ state }) => state === "up");
  return isFinal(status) && delivery?.state !== "pending" && watched;
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Client, Connection, CreateRequest, TimelineEvent } from "@vpn-broker/client";

/** What the display shows of one connection. */
export interface Watched {
  resource: Connection;
  polls: number;
  startedAt: number;
  endedAt?: number;
}

const countEveryMilliseconds = 1000;

export async function submit(client: Client, request: CreateRequest): Promise<Watched> {
  return { resource: await client.create(request), polls: 0, startedAt: Date.now() };
}

/** Follows a request to its end, keeping `watched` up to date. */
export async function follow(client: Client, watched: Watched, signal: AbortSignal): Promise<void> {
  const { id } = watched.resource;
  const count = async () => {
    watched.polls = countPolls(await client.events(id, { signal }));
  };
  async function countOn(): Promise<void> {
    while (watched.endedAt === undefined) {
      await count();
      await sleep(countEveryMilliseconds, undefined, { signal });
    }
  }
  async function watch(): Promise<void> {
    for await (const state of client.watch(watched.resource, { signal })) watched.resource = state;
    watched.endedAt = Date.now();
  }
  await Promise.all([watch(), countOn()]);
  await count();
}

/** How often the vendor was asked how far it is: each look makes its first call once. */
function countPolls(events: readonly TimelineEvent[]): number {
  const since = events.findLastIndex((event) => event.type === "status" && event.status === "provisioning");
  const looks = events.flatMap((event, index) => (index > since && event.type === "vendor_call" ? [event] : []));
  return since === -1 ? 0 : (looks[0]?.count ?? 0);
}

import { expect } from "vitest";
import { samples } from "../../local/demo/samples.ts";
import { type Connection, createClient, type CreateRequest } from "../../packages/client/src/index.ts";
import { startFaultyProxy } from "./faulty-proxy.ts";
import type { TestStack } from "./local-stack.ts";

const gateways = 20;
const atOnce = 10;

/** How a request ended, as its caller was told, through the network at `url`. */
export type Carry = (url: string, request: CreateRequest) => Promise<Connection>;

/**
 * Carries both vendors' samples so often through a network that delays, drops and resets: each must come to one connection,
 * and its caller must be told its true end.
 */
export async function carryThroughLosses(
  stack: TestStack,
  { runs, seed }: { runs: number; seed: number },
  carry: Carry,
): Promise<void> {
  const proxy = await startFaultyProxy(stack.url, seed);
  try {
    const ends: [run: number, end: Connection][] = [];
    for (let run = 0; run < runs; run += atOnce) {
      const wave = Array.from({ length: Math.min(atOnce, runs - run) }, (_, index) => run + index);
      const both = wave.flatMap((one) =>
        samples.map(async (sample): Promise<[number, Connection]> => {
          const url = proxy.urlOf(one * 2 + (sample.provider === "alibaba" ? 0 : 1));
          return [one, await carry(url, requestOf(sample, one))];
        }),
      );
      ends.push(...(await Promise.all(both)));
    }

    const direct = createClient({ url: stack.url, apiKey: stack.apiKey });
    const told: Connection[] = [];
    for await (const connection of direct.list({ limit: 100 })) told.push(connection);
    expect(told.length).toBe(2 * runs);
    for (const [run, end] of ends) {
      expect(end.status).toBe(run % 5 === 4 ? "failed" : "succeeded");
      expect(told.find(({ id }) => id === end.id)).toMatchObject({ status: end.status, name: `run-${run}` });
    }
    const there = told.filter(({ status }) => status === "succeeded");
    for (const vendor of ["alibaba", "tencent"] as const) {
      const names = there.filter(({ provider }) => provider === vendor).map((one) => one.providerConnectionName);
      expect(await namesAt(stack, vendor)).toEqual(names.toSorted());
    }
    expect(Object.keys(proxy.met).length, JSON.stringify(proxy.met)).toBeGreaterThan(8);
  } finally {
    await proxy.close();
  }
}

/** A vendor's sample for one run: between gateways and networks of its own, every fifth to a peer that is not there. */
function requestOf(sample: CreateRequest, run: number): CreateRequest {
  const number = String((run % gateways) + 1).padStart(2, "0");
  const network = Math.floor(run / gateways);
  const own = sample.provider === "alibaba" ? { vpnGatewayId: `vpn-demo${number}` } : ofTencent(number);
  const { healthCheck: _check, ...rest } = sample;
  return {
    ...rest,
    ...own,
    name: `run-${run}`,
    routing: { mode: "policy", localCidrs: [`10.${network}.0.0/24`], remoteCidrs: [`172.16.${network}.0/24`] },
    tunnels: sample.tunnels.map((tunnel) => ({
      ...tunnel,
      customerGatewayId: run % 5 === 4 ? "cgw-missing" : `cgw-demo${number}`,
    })),
  };
}

const ofTencent = (number: string) => ({ vpnGatewayId: `vpngw-demo${number}`, vpcId: `vpc-demo${number}` });

async function namesAt(stack: TestStack, vendor: "alibaba" | "tencent"): Promise<string[]> {
  const { connections } = (await stack.control(vendor, "GET", "/state")) as { connections: object[] };
  return connections.map((one) => /"(run-\d+-[a-z2-7]{12})"/.exec(JSON.stringify(one))?.[1] ?? "").toSorted();
}

import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { samples } from "../../local/demo/samples.ts";
import {
  type Clock,
  ConnectionFailedError,
  type Connection,
  createClient,
  type CreateRequest,
} from "../../packages/client/src/index.ts";
import { type FaultyProxy, startFaultyProxy } from "../support/faulty-proxy.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const runs = Number(process.env["CLIENT_RUNS"] ?? 10);
const seed = Number(process.env["CLIENT_SEED"] ?? 1);
const gateways = 20;
const atOnce = 10;
const stack = useTestStack({ LOCAL_TIME_SCALE: "0.005" });

/** A second of the client's retries is 20 milliseconds. */
const pace = 50;
const clock: Clock = {
  now: () => performance.now() * pace,
  random: () => 0.5,
  sleep: (milliseconds, signal) =>
    sleep(Math.min(milliseconds / pace, 2 ** 31 - 1), undefined, { signal }).catch(() => undefined),
};
/** Longer than any computer needs: only answers that never come would end it. */
const patience = 600 * pace;

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

async function namesAt(vendor: "alibaba" | "tencent"): Promise<string[]> {
  const { connections } = (await stack().control(vendor, "GET", "/state")) as { connections: object[] };
  return connections.map((one) => /"(run-\d+-[a-z2-7]{12})"/.exec(JSON.stringify(one))?.[1] ?? "").toSorted();
}

/** How a request ended, as its caller was told. */
async function carry(proxy: FaultyProxy, sample: CreateRequest, run: number): Promise<[run: number, end: Connection]> {
  const url = proxy.urlOf(run * 2 + (sample.provider === "alibaba" ? 0 : 1));
  const limits = { maxRetries: 1000, timeoutSeconds: patience, attemptTimeoutSeconds: patience };
  const client = createClient({ url, apiKey: stack().apiKey, ...limits }, clock);
  const waited = client.createAndWait(requestOf(sample, run), { timeoutSeconds: patience });
  return [
    run,
    await waited.catch((error: unknown) => {
      if (error instanceof ConnectionFailedError) return error.connection;
      throw error;
    }),
  ];
}

it(
  "carries both vendors' samples through a network that delays, drops and resets, each to one connection and its true end",
  async () => {
    const proxy = await startFaultyProxy(stack().url, seed);
    try {
      const ends: [run: number, end: Connection][] = [];
      for (let run = 0; run < runs; run += atOnce) {
        const wave = Array.from({ length: Math.min(atOnce, runs - run) }, (_, index) => run + index);
        const both = wave.flatMap((one) => samples.map((sample) => carry(proxy, sample, one)));
        ends.push(...(await Promise.all(both)));
      }

      const direct = createClient({ url: stack().url, apiKey: stack().apiKey });
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
        expect(await namesAt(vendor)).toEqual(names.toSorted());
      }
      expect(Object.keys(proxy.met).length, JSON.stringify(proxy.met)).toBeGreaterThan(8);
    } finally {
      await proxy.close();
    }
  },
  60_000 + runs * 10_000,
);

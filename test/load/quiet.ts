import { setTimeout as sleep } from "node:timers/promises";
import { isFinal, type Status } from "../../functions/domain/record/status.ts";
import type { WebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import type { Client } from "./setting.ts";

/** What a turn of the second tenant came to; times are milliseconds. */
export interface Measured {
  jobs: number;
  /** What went wrong, a sentence for each job that did not do all it wanted. */
  failures: string[];
  /** Of each call that does not wait. */
  answers: number[];
  /** From each create until its webhook was there. */
  ends: number[];
}

const atOnce = 4;
const patienceMilliseconds = 120_000;

/** A tenant that makes connections, waits for them, reveals the keys that the broker made, and hears of the end. */
export function createNeighbour({ call }: Client, endpoint: WebhookEndpoint, requests: readonly object[]) {
  const left = requests.map((request) => withoutKeys(request, endpoint.url));

  async function runJob(measured: Measured): Promise<void> {
    const request = left.shift();
    const started = performance.now();
    const ask = async (method: string, path: string, body?: object) => {
      const answer = await call(method, path, body);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      if (!path.includes("wait=")) measured.answers.push(answer.milliseconds);
      return answer.body;
    };
    let resource = await ask("POST", "/v1/vpn-connections", request);
    const path = `/v1/vpn-connections/${String(resource["id"])}`;
    while (!isFinal(resource["status"] as Status)) {
      resource = await ask("GET", `${path}?wait=20`);
      await ask("GET", path);
    }
    if (resource["status"] !== "succeeded") throw new Error(JSON.stringify(resource["error"]));
    const { items } = await ask("POST", `${path}/pre-shared-keys`, {});
    if ((items as unknown[]).length === 0) throw new Error("no key was revealed");
    while (!endpoint.arrived.some(({ event }) => event.data.id === resource["id"])) {
      if (performance.now() - started > patienceMilliseconds) throw new Error("no webhook arrived");
      await sleep(20);
    }
    measured.ends.push(performance.now() - started);
  }

  return {
    async run(jobs: number): Promise<Measured> {
      const measured: Measured = { jobs, failures: [], answers: [], ends: [] };
      let begun = 0;
      const work = async () => {
        while ((begun += 1) <= jobs) {
          await runJob(measured).catch((error: unknown) => measured.failures.push(String(error)));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      return measured;
    },
  };
}

/** The broker is to make the key, and to tell of the end. */
function withoutKeys(request: object, url: string): object {
  const { tunnels } = request as { tunnels: { customerGatewayId: string }[] };
  return {
    ...request,
    tunnels: tunnels.map(({ customerGatewayId }) => ({ customerGatewayId })),
    callback: { url },
  };
}

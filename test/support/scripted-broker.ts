import { acceptedConnection } from "../../functions/contract/examples.ts";
import { type ClientOptions, createClient } from "../../packages/client/src/index.ts";
import type { Clock, Connection } from "../../packages/client/src/index.ts";

export interface SentCall {
  /** Milliseconds since the start. */
  at: number;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  redirect: string | undefined;
}

/** One answer: a response, an error of the network, or none before the caller gives up. */
export type Reply = (() => Response) | Error | "silence";

/** Time that passes at once whenever everybody waits. */
function createVirtualClock(random = 0.5) {
  const sleepers = new Set<{ at: number; wake: () => void }>();
  let time = 0;
  const clock: Clock = {
    now: () => time,
    random: () => random,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { at: time + milliseconds, wake: () => {} };
        sleeper.wake = () => {
          sleepers.delete(sleeper);
          resolve();
        };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", sleeper.wake);
      }),
  };
  /** Lets time pass until the promise is settled. */
  async function settle<Result>(promise: Promise<Result>): Promise<Result> {
    let isSettled = false;
    const end = () => {
      isSettled = true;
    };
    promise.then(end, end);
    for (;;) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      if (isSettled) return promise;
      const [next] = [...sleepers].toSorted((a, b) => a.at - b.at);
      if (!next) throw new Error("nobody would ever wake up");
      time = next.at;
      next.wake();
    }
  }
  return { clock, settle };
}

export const apiKey = "vpb_not-to-be-seen";

/** A client whose broker gives these answers, one after another. */
export function scriptBroker(replies: readonly Reply[], options: Partial<ClientOptions> = {}) {
  const { clock, settle } = createVirtualClock();
  const calls: SentCall[] = [];
  const left = [...replies];
  const fetch: typeof globalThis.fetch = (url, init) => {
    const { method = "GET", body, signal } = init ?? {};
    const headers = Object.fromEntries(new Headers(init?.headers));
    calls.push({
      at: clock.now(),
      method,
      url: url as string,
      headers,
      body: body as string | undefined,
      redirect: init?.redirect,
    });
    const reply = left.shift();
    if (!reply) throw new Error("the script has no answer left");
    if (reply instanceof Error) return Promise.reject(reply);
    if (reply !== "silence") return Promise.resolve(reply());
    return new Promise((_, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason as Error));
    });
  };
  const client = createClient({ url: "https://broker.example/vpn/", apiKey, fetch, ...options }, clock);
  return { client, calls, clock, settle };
}

/** The example connection, changed. */
export const stateOf = (given: Partial<Connection>) => ({ ...acceptedConnection, ...given }) as Connection;

export const answer = (body: unknown, status = 200, headers: Record<string, string> = {}): Reply => {
  return () => Response.json(body, { status, headers });
};

export const unchanged =
  (headers: Record<string, string> = {}): Reply =>
  () =>
    new Response(null, { status: 304, headers });

export const problem = (status: number, code: string, headers: Record<string, string> = {}, more: object = {}): Reply =>
  answer(
    { type: `/docs/errors/${code}`, title: "No", status, detail: "because", code, requestId: "r-1", ...more },
    status,
    {
      "content-type": "application/problem+json",
      ...headers,
    },
  );

export const networkError = (code: string) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });

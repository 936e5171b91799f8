import { createApp } from "../../functions/api/app.ts";
import type { ApiDeps } from "../../functions/api/env.ts";
import { hashApiKey } from "../../functions/domain/authenticate-caller.ts";
import type { Caller } from "../../functions/domain/ports.ts";
import { createAcceptDeps } from "./accepting.ts";

/** API keys of the test API: two tenants, and one key for each scope. */
export const apiKeys = { all: "key-all", reader: "key-reader", writer: "key-writer", other: "key-other" };

const both = ["connections:read", "connections:write"];
const callers = new Map<string, Caller>([
  [hashApiKey(apiKeys.all), { tenant: "acme", scopes: both }],
  [hashApiKey(apiKeys.reader), { tenant: "acme", scopes: ["connections:read"] }],
  [hashApiKey(apiKeys.writer), { tenant: "acme", scopes: ["connections:write"] }],
  [hashApiKey(apiKeys.other), { tenant: "other", scopes: both }],
]);

export interface SendOptions {
  /** `undefined` for none. */
  key?: string | undefined;
  headers?: Record<string, string>;
  /** Sent as it is when it is a text, as JSON otherwise. */
  body?: unknown;
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  /** The decoded body; empty when there was none. */
  body: Record<string, unknown>;
  text: string;
}

/** The API without a server: everything behind it in memory, its clock standing still. */
export function createTestApi(patch: Partial<ApiDeps> = {}) {
  const accepting = createAcceptDeps();
  let requests = 0;
  const deps = {
    ...accepting,
    sleep: (milliseconds: number, signal: AbortSignal) => accepting.clock.sleep(milliseconds, signal),
    callers: { findByKeyHash: async (hash: string) => callers.get(hash) },
    allowLoopbackCallbacks: false,
    loadErrorCatalogue: async () => [],
    createRequestId: () => `request-${(requests += 1)}`,
    ...patch,
  } satisfies ApiDeps;
  const app = createApp(deps);

  async function send(method: string, path: string, options: SendOptions = {}): Promise<TestAnswer> {
    const { body, headers } = options;
    const key = "key" in options ? options.key : apiKeys.all;
    const response = await app.request(path, {
      method,
      headers: {
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const decoded = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, body: decoded, text };
  }

  return { ...accepting, send, get: (path: string, options?: SendOptions) => send("GET", path, options) };
}

export const connections = "/v1/vpn-connections";

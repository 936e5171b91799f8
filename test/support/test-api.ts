import { createApp, createExampleApp, createProviderApp, createSecretsApp } from "../../functions/api/app.ts";
import type { ApiDeps, ExampleApiDeps, ProviderApiDeps, SecretsApiDeps } from "../../functions/api/env.ts";
import { createWaits } from "../../functions/domain/connections/limit-waits.ts";
import { usualDurations } from "../../functions/domain/stats/observed-durations.ts";
import { createKeyDirectory } from "../../functions/domain/tenants/caller.ts";
import { createRateLimiter } from "../../functions/domain/tenants/rate-limit.ts";
import type { Scope, Tenant } from "../../functions/domain/tenants/tenant.ts";
import { sendExample } from "../../functions/webhooks/send-example.ts";
import type { SendWebhook } from "../../functions/webhooks/send.ts";
import { createMemoryQuotas } from "../fakes/memory-quotas.ts";
import { createMemoryTenantStore, testKey, testTenant } from "../fakes/memory-tenant-store.ts";
import { createMemoryTurns } from "../fakes/memory-turns.ts";
import { plainSealer } from "../fakes/plain-sealer.ts";
import { createAcceptDeps } from "./accepting.ts";
import { findHeaderFaults, routeOf } from "./find-header-faults.ts";

/** API keys of the test API: two tenants, and one key for each scope. */
export const apiKeys = {
  all: "key-all",
  reader: "key-reader",
  writer: "key-writer",
  other: "key-other",
  admin: "key-admin",
  secrets: "key-secrets",
};

const both: Scope[] = ["connections:read", "connections:write"];
const createTenants = (acme: Partial<Tenant>) =>
  createMemoryTenantStore(
    testTenant("acme", {
      keys: [
        testKey(apiKeys.all, both),
        testKey(apiKeys.reader, ["connections:read"]),
        testKey(apiKeys.writer, ["connections:write"]),
        testKey(apiKeys.admin, ["admin"]),
        testKey(apiKeys.secrets, ["secrets:read"]),
      ],
      ...acme,
    }),
    testTenant("other", { keys: [testKey(apiKeys.other, both)] }),
  );

export interface SendOptions {
  /** `undefined` for none. */
  key?: string | undefined;
  headers?: Record<string, string>;
  /** Sent as it is when it is a text or bytes, as JSON otherwise. */
  body?: unknown;
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  /** The decoded body; empty when there was none. */
  body: Record<string, unknown>;
  text: string;
}

/** What every app of the API needs, in memory, its clock standing still. */
function createBaseDeps(acme: Partial<Tenant>) {
  const accepting = createAcceptDeps();
  const tenants = createTenants(acme);
  const requestLines: object[] = [];
  let requests = 0;
  const quotas = createMemoryQuotas(accepting.clock);
  const deps = {
    ...accepting,
    // One line for each request is a matter of its own; `lines` has the others.
    log: (event: string, fields: object) =>
      event === "request" ? requestLines.push(fields) : accepting.log(event, fields),
    sleep: (milliseconds: number, signal: AbortSignal) => accepting.clock.sleep(milliseconds, signal),
    tenants,
    durations: usualDurations,
    keys: createKeyDirectory(tenants),
    rateLimiter: createRateLimiter(accepting.clock),
    quotas,
    waits: createWaits({ quotas, log: accepting.log }),
    addressOf: () => "192.0.2.1",
    allowLoopbackCallbacks: false,
    createRequestId: () => `request-${(requests += 1)}`,
  };
  return { accepting: { ...accepting, requestLines }, deps };
}

/** The API without a server: everything behind it in memory; `acme` is what its tenant differs in. */
export function createTestApi(patch: Partial<ApiDeps> = {}, acme: Partial<Tenant> = {}) {
  const { accepting, deps } = createBaseDeps(acme);
  const turns = createMemoryTurns();
  const app = createApp({
    ...deps,
    turns,
    loadErrorTables: async () => ({ alibaba: {}, tencent: {} }),
    loadOpenApi: async () => "{}",
    readAsset: async () => undefined,
    ...patch,
  });
  return { ...accepting, turns, tenants: deps.tenants, ...createCaller(app) };
}

/** The part of the API that talks to vendors. */
export function createTestProviderApi(patch: Partial<ProviderApiDeps> & Pick<ProviderApiDeps, "connectProvider">) {
  const { accepting, deps } = createBaseDeps({});
  return { ...accepting, ...createCaller(createProviderApp({ ...deps, ...patch })) };
}

/** The part of the API that opens keys. */
export function createTestSecretsApi(patch: Partial<SecretsApiDeps> = {}, acme: Partial<Tenant> = {}) {
  const { accepting, deps } = createBaseDeps(acme);
  return { ...accepting, ...createCaller(createSecretsApp({ ...deps, opener: plainSealer, ...patch })) };
}

/** The part of the API that calls receivers; `send` is the receiver of its examples. */
export function createTestExampleApi(
  send: SendWebhook = async () => ({ outcome: "ok", statusCode: 204 }),
  acme: Partial<Tenant> = {},
  patch: Partial<ExampleApiDeps> = {},
) {
  const { accepting, deps } = createBaseDeps(acme);
  const sending = { ...deps, opener: plainSealer, send };
  const app = createExampleApp({ ...sending, sendExample: (input) => sendExample(sending, input), ...patch });
  return { ...accepting, ...createCaller(app) };
}

/** Calls an app; throws where an answer has other headers than its route declares. */
function createCaller(app: ReturnType<typeof createApp>) {
  async function send(method: string, path: string, options: SendOptions = {}): Promise<TestAnswer> {
    const { body, headers } = options;
    const key = "key" in options ? options.key : apiKeys.all;
    const encoded = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
    const response = await app.request(path, {
      method,
      headers: {
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: encoded }),
    });
    const faults = findHeaderFaults(routeOf(method, path), response.status, response.headers.keys());
    if (faults.length > 0) throw new Error(faults.join("; "));
    const text = await response.text();
    const decoded = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, body: decoded, text };
  }

  /** As it is: for pages, which no route declares. */
  const ask = async (path: string, headers: Record<string, string>) => app.request(path, { headers });
  return { send, ask, get: (path: string, options?: SendOptions) => send("GET", path, options) };
}

export const connections = "/v1/vpn-connections";

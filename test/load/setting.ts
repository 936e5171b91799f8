import type { ProviderName } from "../../functions/domain/values.ts";
import { toLoad } from "./requests.ts";

export interface Broker {
  url: string;
  adminKey: string;
  vendors: Record<ProviderName, string>;
}

/** What calls the API with a key of a tenant; milliseconds are those until the whole answer was there. */
export interface Client {
  call: (method: string, path: string, body?: object) => Promise<Answer>;
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
  milliseconds: number;
}

/** How long a simulated vendor takes for a connection. */
const provisioningMilliseconds = 500;
export const noisyGateways = ["vpn-noisy0", "vpn-noisy1"];

async function control(url: string, method: string, path: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/__control${path}`, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}

/**
 * Gateways for both tenants, those of the first one throttled at their vendor; answers requests for the second, each on a
 * gateway of its own, because all keys between the same gateways must agree at Alibaba Cloud.
 */
export async function prepareVendors({ vendors }: Broker, jobs: number): Promise<object[]> {
  const load = toLoad(jobs, jobs);
  for (const vendor of Object.values(vendors)) await control(vendor, "PUT", "/settings", { provisioningMilliseconds });
  for (const { vendor, path, body } of load.estate) await control(vendors[vendor], "PUT", path, body);
  for (const [index, gatewayId] of noisyGateways.entries()) {
    const InternetIp = `198.18.200.${index + 1}`;
    await control(vendors.alibaba, "PUT", `/gateways/${gatewayId}`, { InternetIp });
    const throttled = { action: "*", kind: "throttle", gatewayId, times: 1_000_000 };
    await control(vendors.alibaba, "POST", "/faults", throttled);
  }
  return load.requests;
}

/** A tenant may have so many: what waits on one computer is looked after by one process. */
const maxUnfinishedRequests = 50;

/** A tenant of its own, with a key that may do all that tenants may. */
export async function createClient(broker: Broker, tenant: string): Promise<Client> {
  const admin = toClient(broker.url, broker.adminKey);
  const path = `/v1/admin/tenants/${tenant}`;
  await admin.call("PUT", path, { gateways: ["*"], maxUnfinishedRequests });
  const scopes = ["connections:read", "connections:write", "secrets:read"];
  const made = await admin.call("POST", `${path}/keys`, { name: "load", scopes });
  return toClient(broker.url, String(made.body["key"]));
}

function toClient(url: string, key: string): Client {
  return {
    async call(method, path, body) {
      const started = performance.now();
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await response.text();
      const milliseconds = performance.now() - started;
      return {
        status: response.status,
        body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
        milliseconds,
      };
    },
  };
}

// Creates one connection and follows it to its end.
import { setTimeout as sleep } from "node:timers/promises";

const url = process.env.VPN_BROKER_URL;
const key = process.env.VPN_BROKER_API_KEY;

/** The id of your order, ticket or row: the same at every retry, so that there is never a second connection. */
const orderId = "order-4713";

const request = {
  provider: "alibaba", // or "tencent", with its region, its gateways and the gateway's vpcId
  region: "cn-shanghai",
  name: "hq-shanghai",
  vpnGatewayId: "vpn-demo03",
  routing: { mode: "policy", localCidrs: ["10.5.0.0/24"], remoteCidrs: ["10.6.0.0/24"] },
  tunnels: [{ customerGatewayId: "cgw-demo03" }],
};

interface Connection {
  id: string;
  status: string;
  statusReason: string;
  revision: number;
  providerConnectionId?: string;
  error?: { code: string; message: string; retryable: boolean; advice: string };
}

/** Calls the broker; after no answer, 429, 500 or 503 again, which the token makes safe. 304 is `undefined`: nothing new. */
async function call(path: string, init: { method?: string; headers?: object; body?: string } = {}) {
  const headers = { Authorization: `Bearer ${key}`, ...init.headers };
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${url}${path}`, { ...init, headers }).catch(() => undefined);
    if (response?.ok) return (await response.json()) as Connection;
    const pause = Number(response?.headers.get("Retry-After") ?? 2 ** attempt) * 1000;
    const isUnchanged = response?.status === 304;
    const mayRepeat = !response || [429, 500, 503].includes(response.status);
    if (!isUnchanged && (!mayRepeat || attempt === 6)) {
      throw new Error(response ? await response.text() : `${url} does not answer`);
    }
    await sleep(pause);
    if (isUnchanged) return undefined;
  }
}

let connection = await call("/v1/vpn-connections", {
  method: "POST",
  headers: { "Content-Type": "application/json", "Idempotency-Key": orderId },
  body: JSON.stringify(request),
});

while (connection && !["succeeded", "failed", "canceled", "unknown"].includes(connection.status)) {
  console.log(connection.status, "–", connection.statusReason);
  const { id, revision } = connection;
  const newer = await call(`/v1/vpn-connections/${id}?wait=20`, { headers: { "If-None-Match": `"${revision}"` } });
  connection = newer ?? connection;
}

console.log(connection?.status, connection?.providerConnectionId ?? connection?.error?.advice);

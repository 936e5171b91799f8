import { scopes } from "../../functions/domain/tenants/tenant.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import type { Send } from "./send.ts";
import type { Wire } from "./wire.ts";
import { victims, type World } from "./world.ts";

/** Keys of the tenant that the requests are of, by name; `wide` may do everything, as often as it likes. */
const ownKeys: Readonly<Record<string, object>> = {
  wide: { scopes, rateLimit: { perSecond: 10_000, burst: 20_000 } },
  slow: { scopes, rateLimit: { perSecond: 1, burst: 2 } },
  reader: { scopes: ["connections:read"] },
  writer: { scopes: ["connections:write"] },
  admin: { scopes: ["admin"] },
  revoked: { scopes },
};

const hook = { url: "{hooks:0}/first" };
const tunnels = (customerGatewayId: string) => [{ customerGatewayId }];
const connections: readonly object[] = [
  { ...alibabaRequest, tunnels: tunnels("cgw-demo01"), callback: hook },
  { ...tencentRequest, tunnels: tunnels("cgw-qa9sxpy7"), callback: hook },
  { ...alibabaRequest, vpnGatewayId: "vpn-nowhere", callback: hook },
  { ...tencentRequest, vpnGatewayId: "vpngw-nowhere" },
];

/** What a tenant can have. */
const maxKeys = 50;

/** Makes what requests can be about: tenants, keys, and connections that have succeeded or failed. */
export async function prepare({ keys }: World, send: Send, wire: Wire, firstKey: string): Promise<void> {
  async function call(method: string, target: string, body?: object, key = "first") {
    const outcome = await send(
      {
        method,
        target,
        headers: [
          ["Authorization", `Bearer {key:${key}}`],
          ["Content-Type", "application/json"],
        ],
        body: body && JSON.stringify(body),
        framing: "honest",
        twice: false,
      },
      wire,
      new Map(),
    );
    const { faults, answer } = outcome;
    if (faults.length === 0 && answer && answer.status < 300) return outcome.body;
    throw new Error(`${method} ${target}: ${faults.join("; ")} ${answer?.status} ${answer?.body}`);
  }
  const tenantPath = (name: string) => `/v1/admin/tenants/${name}`;
  const createKey = (tenant: string, key: object) => call("POST", `${tenantPath(tenant)}/keys`, key);

  keys.set("first", firstKey);
  const settings = { gateways: ["*"], maxUnfinishedRequests: 100_000 };
  for (const tenant of ["fuzz", ...victims]) await call("PUT", tenantPath(tenant), settings);
  await call("PUT", tenantPath("stranger"), { gateways: ["alibaba/cn-shanghai/vpn-bgp*"] });
  for (const [name, key] of Object.entries(ownKeys)) {
    const made = await createKey("fuzz", { name, ...key });
    keys.set(name, String(made["key"]));
    if (name === "revoked") await call("POST", `${tenantPath("fuzz")}/keys/${String(made["id"])}/revoke`, {});
  }
  // It reaches nobody's requests but its own.
  const own = scopes.filter((scope) => scope !== "operations");
  keys.set("stranger", String((await createKey("stranger", { name: "stranger", scopes: own }))["key"]));
  for (const [index, tenant] of victims.entries()) {
    const count = index % 3 === 0 ? maxKeys : 2;
    for (let made = 0; made < count; made += 1) await createKey(tenant, { name: `key ${made}`, scopes });
  }

  for (const request of connections) {
    const { id } = await call("POST", "/v1/vpn-connections", request, "wide");
    for (;;) {
      const { status } = await call("GET", `/v1/vpn-connections/${String(id)}?wait=5`, undefined, "wide");
      if (status === "succeeded" || status === "failed") break;
    }
  }
}

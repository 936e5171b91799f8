import { createDynamoDBClient } from "../../../functions/aws/clients.ts";
import { createTenantStore } from "../../../functions/aws/tenant-store.ts";
import { createApiKey } from "../../../functions/domain/tenants/api-keys.ts";
import { type Scope, scopes } from "../../../functions/domain/tenants/tenant.ts";
import type { TestStack } from "../local-stack.ts";

/** A key for each thing that can be done to one. */
export type SpareKeys = Record<"rotated" | "revoked", string>;

/** API keys of all kinds, none of which was used yet: the API remembers for a minute what a key may do. */
export interface Callers {
  /** Keys that let nobody in. */
  invalid: { wrong: string; expired: string; revoked: string };
  /** Keys of the owner, with one scope each, with all but one, and with neither it nor an operator's. */
  only: Record<Scope, string>;
  allBut: Record<Scope, string>;
  neither: Record<Scope, string>;
  /** Keys of another tenant, with one scope each. */
  other: Record<Scope, string>;
  /** Ids of keys of the tenant `spare` that nobody calls with: for the owner's operator, and for another's. */
  spareKeys: Record<"mine" | "theirs", SpareKeys>;
}

/** Makes the tenants `owner`, `other` and `spare`, and their keys. Their webhooks go to this URL. */
export async function makeCallers(stack: TestStack, webhookUrl: string): Promise<Callers> {
  async function admin(method: string, path: string, body: object) {
    const answer = await stack.call(method, `/v1/admin/tenants/${path}`, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as { id: string; key: string };
  }
  const make = (tenant: string, name: string, allowed: readonly Scope[], more: object = {}) =>
    admin("POST", `${tenant}/keys`, { name: name.replace(":", "-"), scopes: allowed, ...more });
  async function eachScope(tenant: string, of: (scope: Scope) => readonly Scope[]) {
    const made: [Scope, string][] = [];
    for (const scope of scopes) made.push([scope, (await make(tenant, scope, of(scope))).key]);
    return Object.fromEntries(made) as Record<Scope, string>;
  }

  for (const tenant of ["owner", "other", "spare"]) await admin("PUT", tenant, { gateways: ["*"], webhookUrl });
  const spare = async (name: string) => (await make("spare", name, ["admin"])).id;
  const pair = async (): Promise<SpareKeys> => ({ rotated: await spare("rotated"), revoked: await spare("revoked") });
  const expired = await make("owner", "expired", scopes, { expiresInSeconds: 60 });
  await expire(stack, expired.id);
  const revoked = await make("owner", "revoked", scopes);
  await admin("POST", `owner/keys/${revoked.id}/revoke`, {});
  return {
    invalid: { wrong: createApiKey(), expired: expired.key, revoked: revoked.key },
    only: await eachScope("owner", (scope) => [scope]),
    allBut: await eachScope("owner", (scope) => scopes.filter((one) => one !== scope)),
    neither: await eachScope("owner", (scope) => scopes.filter((one) => one !== scope && one !== "operations")),
    other: await eachScope("other", (scope) => [scope]),
    spareKeys: { mine: await pair(), theirs: await pair() },
  };
}

/** Ends the owner's key a moment ago: the API makes none that has ended already. */
async function expire(stack: TestStack, keyId: string): Promise<void> {
  const client = createDynamoDBClient({ endpoint: stack.endpoints.dynamodb });
  const tenants = createTenantStore({ client, table: "vpn-broker" });
  const owner = await tenants.get("owner");
  if (!owner) throw new Error("there is no owner");
  const expiresAt = new Date(Date.now() - 1).toISOString();
  const keys = owner.keys.map((key) => (key.id === keyId ? { ...key, expiresAt } : key));
  await tenants.save({ ...owner, keys });
}

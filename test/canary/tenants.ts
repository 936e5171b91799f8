import type { ProviderName } from "../../functions/domain/values.ts";
import { type ApiAnswer, connections } from "./api-client.ts";
import { toRequest } from "./requests.ts";
import { belongsToVendor } from "./secrets.ts";
import type { World } from "./world.ts";

/** Notes a secret that the broker made and tells in this answer, once. */
function noteTold({ canaries }: World, name: string, text: unknown, { what }: ApiAnswer, atVendor = false): string {
  if (typeof text !== "string" || text.length < 16) throw new Error(`${what} tells no ${name}`);
  const mayBeIn: (typeof canaries)[number]["mayBeIn"] = (evidence) =>
    (evidence.place === "answer" && evidence.what === what) || (atVendor && belongsToVendor(evidence));
  canaries.push({ name, text, mayBeIn });
  return text;
}

/** Makes a tenant whose references are these, with a key of these scopes; answers the key. */
export async function makeTenant(
  world: World,
  { name, credentials, scopes }: { name: string; credentials: string; scopes: string[] },
): Promise<string> {
  const { api, sink } = world;
  const path = `/v1/admin/tenants/${name}`;
  const made = await api.call("PUT", path, {
    gateways: ["*"],
    credentials: { alibaba: credentials, tencent: credentials },
    webhookUrl: `${sink.url}/ok`,
  });
  noteTold(world, `webhook secret of ${name}`, made.body["webhookSecret"], made);
  const rotated = await api.call("POST", `${path}/webhook-secret/rotate`, {});
  noteTold(world, `newer webhook secret of ${name}`, rotated.body["webhookSecret"], rotated);
  const first = await api.call("POST", `${path}/keys`, { name: "first", scopes });
  noteTold(world, `API key of ${name}`, first.body["key"], first);
  const second = await api.call("POST", `${path}/keys/${String(first.body["id"])}/rotate`, { graceSeconds: 0 });
  return noteTold(world, `newer API key of ${name}`, second.body["key"], second);
}

/** Has the broker make a key and shows it to its owner; answers the statuses of all that asked for it, in order. */
export async function revealKey(
  world: World,
  vendor: ProviderName,
  { gateway, network, unscoped }: { gateway: number; network: number; unscoped: string },
): Promise<number[]> {
  const { api } = world;
  // A pair of gateways has one key: this pair is no other request's.
  const tunnels = [{ customerGatewayId: "cgw-demo03" }];
  const id = await api.accept({ ...toRequest(vendor, { gateway, network }), tunnels });
  const reveal = (key?: string) =>
    api.call("POST", `${connections}/${id}/pre-shared-keys`, {}, key === undefined ? {} : { key });
  const early = await reveal();
  await api.follow(id);
  const refused = await reveal(unscoped);
  const told = await reveal();
  const [item] = told.body["items"] as { preSharedKey: string }[];
  noteTold(world, `${vendor} key that the broker made`, item?.preSharedKey, told, true);
  return [early.status, refused.status, told.status];
}

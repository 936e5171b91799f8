import { text } from "node:stream/consumers";
import { beforeEach, describe, expect, it } from "vitest";
import type { WebhookDelivery } from "../../functions/domain/connections/deliveries.ts";
import { listenOnLoopback } from "../../local/loopback-server.ts";
import { openWebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const stack = useTestStack();
const path = "/v1/vpn-connections";

/** A receiver that holds every call until it is let go, and answers at once from then on. */
interface Tarpit {
  url: string;
  /** How many came. */
  arrived: () => number;
  /** The most that it held at a time. */
  maxHeld: () => number;
  letGo: () => void;
}

let tarpit: Tarpit;
beforeEach(async () => {
  let [arrived, held, maxHeld] = [0, 0, 0];
  let letGo = () => undefined as void;
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { url, close } = await listenOnLoopback(async (request, response) => {
    arrived += 1;
    held += 1;
    maxHeld = Math.max(maxHeld, held);
    response.once("close", () => (held -= 1));
    await text(request);
    await gone;
    response.writeHead(204).end();
  });
  tarpit = { url, arrived: () => arrived, maxHeld: () => maxHeld, letGo };
  return () => {
    letGo();
    return close();
  };
});

/** A key of a tenant that nobody has met; answers how to call with it. */
async function createNeighbour(name: string) {
  await stack().call("PUT", `/v1/admin/tenants/${name}`, { gateways: ["*"] });
  const scopes = ["connections:read", "connections:write", "secrets:read"];
  const { body } = await stack().call("POST", `/v1/admin/tenants/${name}/keys`, { name: "ci", scopes });
  const authorization = `Bearer ${String(body["key"])}`;
  return (method: string, at: string, sent?: object) => stack().call(method, at, sent, { authorization });
}

const example = (url: string) => stack().call("POST", "/v1/webhooks/example", { url });

describe("beside a tenant that sends forty examples to a tarpit", () => {
  it("another reveals its keys and sends examples of its own", async () => {
    const neighbour = await createNeighbour("beside-examples");
    const [{ customerGatewayId } = { customerGatewayId: "" }] = tencentRequest.tunnels;
    const made = await neighbour("POST", path, { ...tencentRequest, tunnels: [{ customerGatewayId }] });
    const at = `${path}/${String(made.body["id"])}`;
    await expect.poll(async () => (await neighbour("GET", at)).body["status"]).toBe("succeeded");

    const flood = Array.from({ length: 40 }, () => example(tarpit.url));
    await expect.poll(() => tarpit.arrived()).toBeGreaterThanOrEqual(2);
    const refused = await Promise.race(flood);
    expect([429, 503]).toContain(refused.status);
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    const revealed = await neighbour("POST", `${at}/pre-shared-keys`, {});
    expect(revealed.body["items"]).toMatchObject([{ tunnel: 0 }]);
    const endpoint = await openWebhookEndpoint();
    const sent = await neighbour("POST", "/v1/webhooks/example", { url: endpoint.url });
    expect(sent.body).toMatchObject({ outcome: "ok" });
    await endpoint.close();
    tarpit.letGo();
    await Promise.all(flood);
    expect(tarpit.maxHeld()).toBe(2);
  });
});

describe("webhooks to a host that hangs", () => {
  it("are four at a time; the others come later, and being put off was no attempt", async () => {
    const callback = { url: tarpit.url };
    const accept = (n: number) =>
      stack().call("POST", path, { ...alibabaRequest, vpnGatewayId: `vpn-missing${n}`, callback });
    const accepted = await Promise.all(Array.from({ length: 7 }, (_, n) => accept(n)));
    const ids = accepted.map(({ body }) => String(body["id"]));
    const isPutOff = ({ event }: { event: string }) => event === "webhook_put_off";
    await expect.poll(() => stack().logged.some(isPutOff)).toBe(true);
    tarpit.letGo();
    let attempts = 0;
    for (const id of ids) {
      const find = async () => {
        const { body } = await stack().call("GET", `${path}/${id}/deliveries`);
        return (body["items"] as WebhookDelivery[])[0];
      };
      await expect.poll(async () => (await find())?.state).toBe("delivered");
      attempts += (await find())?.attempts.length ?? 0;
    }
    expect([tarpit.maxHeld(), tarpit.arrived()]).toEqual([4, attempts]);
  });
});

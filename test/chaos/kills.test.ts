import { expect, it } from "vitest";
import { openWebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import { processesWith, untilUp, useBrokers } from "../support/use-brokers.ts";

const { dataDir, start } = useBrokers();

it("the local stack survives SIGKILL of its whole group: what was in flight ends after the next start, once", async () => {
  const first = start({ LOCAL_TIME_SCALE: "0.5" });
  const api = await untilUp(first);
  const accepted = await Promise.all([api.post(alibabaRequest), api.post(tencentRequest)]);
  // Of a create that was written and not sent yet, the second would be the right one.
  await Promise.all(accepted.map(({ id }) => expect.poll(async () => (await api.get(id)).status).toBe("provisioning")));
  process.kill(-(first.child.pid ?? 0), "SIGKILL");
  expect(await first.exited).toBe("SIGKILL");

  const second = start({ LOCAL_TIME_SCALE: "0.05" });
  const again = await untilUp(second);
  await second.until(/Resumed +2 unfinished requests\n/);
  for (const { id } of accepted) {
    await expect.poll(async () => (await again.get(id, "?wait=2")).status).toBe("succeeded");
    expect((await again.get(id)).attempts).toBe(1);
  }
});

it("the local stack takes its engines with it when only the parent is killed, and tells webhooks that it goes on with from requests", async () => {
  const endpoint = await openWebhookEndpoint();
  try {
    endpoint.answer = () => ({ status: 500 });
    const first = start({ LOCAL_TIME_SCALE: "0.05" });
    const api = await untilUp(first);
    const { id } = await api.post({ ...alibabaRequest, vpnGatewayId: "vpn-missing", callback: { url: endpoint.url } });
    await expect.poll(async () => (await api.get(id, "?wait=2")).status).toBe("failed");
    await expect.poll(() => endpoint.arrived.length).toBeGreaterThan(0);
    expect(processesWith(dataDir()).length).toBeGreaterThan(1);
    process.kill(first.child.pid ?? 0, "SIGKILL");
    await first.exited;
    await expect.poll(() => processesWith(dataDir())).toEqual([]);

    await start({ LOCAL_TIME_SCALE: "0.05" }).until(/Resumed +1 webhook that had not arrived\n/);
  } finally {
    await endpoint.close();
  }
});

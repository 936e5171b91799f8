import { createConnectionStore } from "../../functions/aws/connection-store.ts";
import { StaleRecordError } from "../../functions/domain/errors.ts";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import { systemClock as clock } from "../../functions/entries/wiring.ts";
import { connections } from "./api-client.ts";
import { toRequest } from "./requests.ts";
import { answerInstead, failuresOf, injectFault, unreadable, type VendorFailure } from "./vendor-failures.ts";
import type { World } from "./world.ts";

/** How a request ended, and how it should have. */
export interface Ended {
  name: string;
  ended: { status: string; code?: string };
  expected: { status: string; code?: string };
}

const endOf = ({ status, error }: ConnectionResource) => ({ status, ...(error ? { code: error.code } : {}) });

/** Sends a request into each failure at once, a gateway for each; those that failed are run again. */
export async function endInEveryWay(world: World, vendor: ProviderName): Promise<Ended[]> {
  const { preSharedKey: key } = world.secrets;
  const failures = failuresOf(vendor, key).map((failure, index) => endWith(world, vendor, failure, index + 1));
  return (await Promise.all([...failures, endAfterUnreadable(world, vendor, 18)])).flat();
}

async function endWith(world: World, vendor: ProviderName, failure: VendorFailure, gateway: number): Promise<Ended[]> {
  const { vendors, api, sink, secrets } = world;
  const request = {
    ...toRequest(vendor, { gateway, network: gateway, key: secrets.preSharedKey }),
    callback: { url: `${sink.url}/ok` },
  };
  await injectFault(vendors, vendor, request.vpnGatewayId, failure.fault);
  const id = await api.accept(request);
  if (failure.untilDeadline) await passDeadline(world, id);
  const ended = endOf(await api.follow(id));
  const { name, status, code } = failure;
  const first: Ended = { name: `${vendor} ${name}`, ended, expected: { status, ...(code ? { code } : {}) } };
  if (status !== "failed" || failure.untilDeadline) return [first];
  await api.call("POST", `${connections}/${id}/redrive`, { reason: "canary" });
  const again = endOf(await api.follow(id));
  return [first, { name: `${vendor} ${name}, redriven`, ended: again, expected: { status: "succeeded" } }];
}

async function endAfterUnreadable({ vendors, api, secrets }: World, vendor: ProviderName, gateway: number) {
  const request = toRequest(vendor, { gateway, network: gateway, key: secrets.preSharedKey });
  answerInstead(vendors, vendor, {
    named: request.vpnGatewayId,
    action: "CreateVpnConnection",
    answers: unreadable(secrets.preSharedKey),
  });
  const ended = endOf(await api.follow(await api.accept(request)));
  return [{ name: `${vendor} unreadable answers`, ended, expected: { status: "succeeded" } }];
}

/** A deadline is a minute away at least: it is moved, once the vendor has been asked. */
async function passDeadline({ table, api }: World, id: string): Promise<void> {
  const store = createConnectionStore({ client: table.client, table: "vpn-broker", clock });
  for (;;) {
    const record = await store.get(id);
    try {
      if (record?.events.some((event) => event.type === "vendor_call" && event.action === "CreateVpnConnection")) {
        await store.save({ ...record, deadlineAt: new Date(Date.now() + 500).toISOString() });
        return;
      }
      await api.call("GET", `${connections}/${id}?wait=1`);
    } catch (error) {
      if (!(error instanceof StaleRecordError)) throw error;
    }
  }
}

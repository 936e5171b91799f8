import { beforeEach, expect, it } from "vitest";
import { isFinal } from "../../functions/domain/record/status.ts";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import { untilUp, useBrokers } from "../support/use-brokers.ts";
import { startVendorsAtTheirWorst, type WorstVendor } from "../support/vendors-at-their-worst.ts";

const scale = 0.1;
const freeGateways = ["01", "02", "03", "04"];
/** Somebody else works on them when the requests come. */
const busyGateways = ["05", "06"];

const { start } = useBrokers();
let vendors: WorstVendor[];
beforeEach(async () => {
  vendors = await startVendorsAtTheirWorst(scale);
  return () => Promise.all(vendors.map(({ close }) => close()));
});

const ofEach = <Result>(act: (vendor: WorstVendor) => Promise<Result>) => Promise.all(vendors.map(act));

interface Plan {
  /** No other request has it: what the vendor stores is known by it. */
  network: string;
  request: CreateRequest;
  end: "succeeded" | "canceled" | "failed";
}

/** On each gateway two requests, of which the busy ones' second is canceled, and one that the vendor has to refuse. */
function plan(): Plan[] {
  return vendors.flatMap(({ toRequest }, vendor) => {
    const networkOf = (index: number) => `10.${vendor}.${index}.0/24`;
    const gateways = [...freeGateways, ...busyGateways, ...freeGateways];
    const succeeding = gateways.map((gateway, index) => ({ gateway, index, end: "succeeded" as const }));
    const canceled = busyGateways.map((gateway, index) => ({ gateway, index: 100 + index, end: "canceled" as const }));
    const network = networkOf(200);
    return [
      ...[...succeeding, ...canceled].map(({ gateway, index, end }) => ({
        network: networkOf(index),
        request: toRequest(gateway, networkOf(index)),
        end,
      })),
      { network, request: toRequest("07", network, "cgw-missing"), end: "failed" as const },
    ];
  });
}

it("has one connection for each request that succeeded, and none for others, at vendors at their worst and killed twice", async () => {
  const environment = Object.assign(
    { LOCAL_TIME_SCALE: String(scale) },
    ...vendors.map((vendor) => vendor.environment),
  );
  let broker = start(environment);
  let api = await untilUp(broker);
  const kill = async () => {
    process.kill(-(broker.child.pid ?? 0), "SIGKILL");
    await broker.exited;
  };
  const startAgain = async () => {
    broker = start(environment);
    api = await untilUp(broker);
  };

  await ofEach(({ addFaults }) => addFaults());
  await ofEach(({ keepBusy }) => Promise.all(busyGateways.map((gateway) => keepBusy(gateway, 60_000))));
  const requests = await Promise.all(plan().map(async (one) => ({ ...one, id: (await api.post(one.request)).id })));
  await Promise.all(requests.filter(({ end }) => end === "canceled").map(({ id }) => api.cancel(id)));
  await ofEach(({ untilFaultsAreMet }) => untilFaultsAreMet());
  // What was answered is sent again where the vendor has tokens, and looked for.
  await ofEach(({ untilNothingIsToCome }) => untilNothingIsToCome());
  await kill();

  await ofEach(({ addFaults }) => addFaults());
  await ofEach(({ keepBusy }) => Promise.all(busyGateways.map((gateway) => keepBusy(gateway, 0))));
  await startAgain();
  // Now while the late ones are still to come.
  await ofEach(({ untilFaultsAreMet }) => untilFaultsAreMet());
  await kill();

  await startAgain();
  const endOf = async (id: string) => {
    for (;;) {
      const { status } = await api.get(id, "?wait=5");
      if (isFinal(status)) return status;
    }
  };
  const ended: string[] = [];
  for (const { id } of requests) ended.push(await endOf(id));
  await ofEach(({ untilNothingIsToCome }) => untilNothingIsToCome());

  const stored = (await ofEach(({ storedNetworks }) => storedNetworks())).flat();
  const tell = (network: string, end: string | undefined, connections: number) =>
    `${network} ${end}, connections: ${connections}`;
  expect(
    requests.map(({ network }, index) =>
      tell(network, ended[index], stored.filter((other) => other === network).length),
    ),
  ).toEqual(requests.map(({ network, end }) => tell(network, end, end === "succeeded" ? 1 : 0)));
  expect(stored).toHaveLength(requests.filter(({ end }) => end === "succeeded").length);
});

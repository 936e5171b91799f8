import { expect, it } from "vitest";
import type { ProviderCall } from "../../../functions/domain/provider/provider.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { learn } from "../../../functions/steps/run.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../fakes/memory-connection-store.ts";
import { createRecordingLog } from "../../fakes/recording-log.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validAlibabaRequest } from "../../support/create-requests.ts";

const call = (action: string): ProviderCall => ({ action, outcome: "ok", durationMilliseconds: 1 });

it("keeps the call that is answered while those before it are written", async () => {
  const record = await createAcceptedRecord(validAlibabaRequest());
  const calls = [call("DescribeVpnGateway")];
  const memory = createMemoryConnectionStore(record);
  const save = async (changed: ConnectionRecord) => {
    const saved = await memory.save(changed);
    const [, later] = changed.events.filter(({ type }) => type === "vendor_call");
    if (!later) calls.push(call("DescribeCustomerGateway"));
    return saved;
  };
  const deps = { store: { ...memory, save }, clock: createFakeClock(), ...createRecordingLog() };
  const first = await learn({ deps, record, calls });
  const { events } = await learn({ deps, record: first, calls });
  expect(calls).toEqual([]);
  expect(events.flatMap((event) => (event.type === "vendor_call" ? event.action : []))).toEqual([
    "DescribeVpnGateway",
    "DescribeCustomerGateway",
  ]);
});

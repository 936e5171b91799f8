import { describe, expect, it } from "vitest";
import { ProviderError } from "../../../functions/domain/provider/provider-error.ts";
import type { Provider, ProviderCall, TunnelState } from "../../../functions/domain/provider/provider.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { end } from "../../../functions/domain/record/transitions.ts";
import { watchTunnels } from "../../../functions/steps/watch-tunnels.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../fakes/memory-connection-store.ts";
import { createRecordingLog } from "../../fakes/recording-log.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validDualTunnelRequest } from "../../support/create-requests.ts";

const completedAt = new Date("2026-01-01T00:00:00.000Z");
const up: TunnelState = { state: "up", reason: "connected" };
const down: TunnelState = { state: "down", reason: "not connected" };
const call: ProviderCall = { action: "DescribeVpnConnection", outcome: "ok", durationMilliseconds: 5 };

const succeed = (record: ConnectionRecord) =>
  end({ ...record, providerConnectionId: "vco-1" }, completedAt, { status: "succeeded", reason: "ready" });
const succeeded = succeed(await createAcceptedRecord());

interface Setting {
  record?: ConnectionRecord;
  states?: () => Promise<TunnelState[]>;
  now?: string;
  timeScale?: number;
  warning?: string;
}

function createDeps({ record = succeeded, states = async () => [down], now, timeScale = 1, warning }: Setting = {}) {
  const asked: [connectionId: string, tunnels: number][] = [];
  return {
    store: createMemoryConnectionStore(record),
    clock: createFakeClock(now ?? completedAt.toISOString()),
    ...createRecordingLog(),
    timeScale,
    asked,
    async connectProvider(
      _name: unknown,
      { onCall, onWarning }: { onCall: (call: ProviderCall) => void; onWarning: (warning: string) => void },
    ) {
      const tunnelStates: Provider["tunnelStates"] = async (...of) => {
        asked.push(of);
        onCall(call);
        if (warning !== undefined) onWarning(warning);
        return states();
      };
      return { tunnelStates } as Provider;
    },
  };
}
const run = { id: succeeded.id, generation: succeeded.generation };
const stillNegotiating = { name: "StillNegotiating" };

it("tells once what it could not see for a missing permission", async () => {
  const deps = createDeps({ warning: "a permission is missing" });
  await expect(watchTunnels(deps, run)).rejects.toMatchObject(stillNegotiating);
  await expect(watchTunnels(deps, run)).rejects.toMatchObject(stillNegotiating);
  expect((await deps.store.get(run.id))?.warnings).toEqual(["a permission is missing"]);
});

describe("nothing is looked at", () => {
  const { providerConnectionId: _id, ...nameless } = succeeded;
  it.each<[string, ConnectionRecord, typeof run]>([
    ["for a record that is gone", succeeded, { ...run, id: "b".repeat(26) }],
    ["for a run that another has overtaken", { ...succeeded, generation: 2 }, run],
    ["for a run that is not there yet", succeeded, { ...run, generation: 2 }],
    ["for a request that has not succeeded", { ...succeeded, status: "unknown" }, run],
    ["without a connection", nameless, run],
  ])("%s", async (_, record, of) => {
    const deps = createDeps({ record });
    await expect(watchTunnels(deps, of)).resolves.toBeUndefined();
    expect(deps.asked).toEqual([]);
    expect(await deps.store.get(record.id)).toEqual(record);
  });
});

describe("a look", () => {
  it("ends the watch when every tunnel is up, and tells it without touching the status", async () => {
    const deps = createDeps({ states: async () => [up] });
    await watchTunnels(deps, run);
    expect(deps.asked).toEqual([["vco-1", 1]]);
    const saved = await deps.store.get(run.id);
    expect(saved).toMatchObject({ status: "succeeded", revision: succeeded.revision + 1, tunnels: [up] });
    expect(saved?.events.slice(-2)).toMatchObject([{ type: "vendor_call" }, { type: "tunnel", tunnel: 0, ...up }]);
  });

  it("goes on while one is not, and makes a revision only of what changed", async () => {
    const deps = createDeps();
    await expect(watchTunnels(deps, run)).rejects.toMatchObject(stillNegotiating);
    await expect(watchTunnels(deps, run)).rejects.toMatchObject(stillNegotiating);
    await expect(watchTunnels(deps, run)).rejects.toMatchObject(stillNegotiating);
    const saved = await deps.store.get(run.id);
    expect(saved).toMatchObject({ revision: succeeded.revision + 1, tunnels: [down] });
    expect(saved?.events.filter(({ type }) => type === "tunnel")).toHaveLength(1);
    expect(saved?.events.at(-1)).toMatchObject({ type: "vendor_call", count: 2 });
  });

  it.each([
    [
      ["primary", "backup"],
      [up, down],
    ],
    [
      ["backup", "primary"],
      [down, up],
    ],
  ] as const)("puts the states of %j where the request has its tunnels", async (order, expected) => {
    const request = validDualTunnelRequest();
    const tunnels = order.map((role, index) => ({ customerGatewayId: `cgw-${index}`, role }));
    const record = succeed(await createAcceptedRecord({ ...request, tunnels, routing: { mode: "route" } }));
    const deps = createDeps({ record, states: async () => [up, down] });
    const of = { id: record.id, generation: record.generation };
    await expect(watchTunnels(deps, of)).rejects.toMatchObject(stillNegotiating);
    expect((await deps.store.get(record.id))?.tunnels).toEqual(expected);
  });

  it.each([
    ["2026-01-01T00:29:59.000Z", 1, "goes on"],
    ["2026-01-01T00:30:00.000Z", 1, "ends"],
    ["2026-01-01T00:00:17.000Z", 0.01, "goes on"],
    ["2026-01-01T00:00:18.000Z", 0.01, "ends"],
  ])("at %s with a time scale of %d %s", async (now, timeScale, what) => {
    const look = watchTunnels(createDeps({ now, timeScale }), run);
    await (what === "ends"
      ? expect(look).resolves.toBeUndefined()
      : expect(look).rejects.toMatchObject(stillNegotiating));
  });

  it("comes again when the vendor cannot be read, and says so on the timeline", async () => {
    const error = new ProviderError({ class: "ambiguous", action: "DescribeVpnConnection", advice: "Look." });
    const deps = createDeps({ states: () => Promise.reject(error) });
    await expect(watchTunnels(deps, run)).rejects.toMatchObject({ name: "ProviderUnavailable" });
    const saved = await deps.store.get(run.id);
    expect(saved).toMatchObject({ revision: succeeded.revision, tunnels: succeeded.tunnels });
    expect(saved?.events.at(-1)).toMatchObject({ type: "vendor_call" });
  });

  it("comes again when somebody else wrote meanwhile, and writes over nothing", async () => {
    const delivered: ConnectionRecord = { ...succeeded, version: 9, delivery: { state: "delivered", attempts: 1 } };
    const deps = createDeps({
      states: async () => {
        deps.store.put(delivered);
        return [up];
      },
    });
    await expect(watchTunnels(deps, run)).rejects.toMatchObject(stillNegotiating);
    expect(await deps.store.get(run.id)).toEqual(delivered);
  });
});

import type { ProviderName } from "../../functions/domain/values.ts";
import { systemClock } from "../../functions/entries/wiring.ts";
import { createConnectProvider } from "../../functions/providers/connect-provider.ts";
import { startAlibabaSimulator } from "../../packages/simulators/src/alibaba/server.ts";
import { startTencentSimulator } from "../../packages/simulators/src/tencent/server.ts";
import { control } from "../contract/simulators/control-client.ts";
import type { FakeClock } from "../fakes/fake-clock.ts";
import { noReferences } from "./no-references.ts";
import type { SeenVendor } from "./vendor-stepping.ts";

const accessKey = { id: "LTAI-local", secret: "local-secret" };
const start = { alibaba: startAlibabaSimulator, tencent: startTencentSimulator };

interface Call {
  at: string;
  action: string;
  outcome: string;
  parameters: Record<string, unknown>;
}
interface Connection {
  VpnConnectionId: string;
  Name?: string;
  VpnConnectionName?: string;
}

/** A simulated cloud in the time of `clock`, that is called through the vendor's SDK. */
export async function createCloudOverHttp(vendor: ProviderName, clock: FakeClock) {
  const simulator = await start[vendor]({ accessKey, now: () => clock.now().getTime() });
  const { url } = simulator;
  const access = { endpoint: url, accessKeyId: accessKey.id, accessKeySecret: accessKey.secret };
  const connect = createConnectProvider({
    access: { alibaba: access, tencent: access },
    readCredentials: noReferences,
    clock: systemClock,
    now: () => performance.now(),
    log: () => undefined,
  });
  const state = async <Body>(path: string) => (await control(url, "GET", path)).body as Body;
  return {
    close: () => simulator.close(),
    reset: () => control(url, "POST", "/reset"),
    async connectProvider(name, options) {
      // The SDKs sign with the real time.
      const clockSkewMilliseconds = Date.now() - clock.now().getTime();
      await control(url, "PUT", "/settings", { clockSkewMilliseconds });
      return connect(name, options);
    },
    async addFault(fault) {
      await control(url, "POST", "/faults", fault);
    },
    async configure(settings) {
      await control(url, "PUT", "/settings", settings);
    },
    async calls() {
      const calls = await state<Call[]>("/calls");
      return calls.map(({ at, action, outcome, parameters }) => ({
        at: Date.parse(at),
        action,
        outcome,
        token: parameters["ClientToken"],
      }));
    },
    async connections() {
      const { connections } = await state<{ connections: Connection[] }>("/state");
      return connections.map((one) => ({
        id: one.VpnConnectionId,
        name: one.Name ?? one.VpnConnectionName ?? "",
      }));
    },
  } satisfies SeenVendor & Record<string, unknown>;
}

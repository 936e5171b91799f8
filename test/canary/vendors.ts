import { join } from "node:path";
import { type ProviderName, providers } from "../../functions/domain/values.ts";
import { startAlibabaSimulator } from "../../packages/simulators/src/alibaba/server.ts";
import type { AccessKey } from "../../packages/simulators/src/simulator.ts";
import { startTencentSimulator } from "../../packages/simulators/src/tencent/server.ts";
import type { Evidence } from "./evidence.ts";
import { answerEvidence, headerOf, type Received, type Recorder, requestEvidence, startRecorder } from "./recorder.ts";

/** Both simulated vendors, each behind a recorder. */
export interface Vendors {
  recorders: Record<ProviderName, Recorder>;
  /** Calls the control API of a simulator, past the recorder. */
  control: (vendor: ProviderName, method: "POST" | "PUT", path: string, body: object) => Promise<unknown>;
  evidence: () => Evidence[];
  close: () => Promise<void>;
}

const starters = { alibaba: startAlibabaSimulator, tencent: startTencentSimulator };
const actionHeaders = { alibaba: "x-acs-action", tencent: "x-tc-action" };

/** The API action of a request to a vendor. */
export const actionOf = (vendor: ProviderName, received: Received) => headerOf(received, actionHeaders[vendor]) ?? "";

/** Starts them with these credentials, their state kept in this folder as the embedded stack does it. */
export async function startVendors(dataDir: string, keys: Record<ProviderName, AccessKey>): Promise<Vendors> {
  const start = (vendor: ProviderName) =>
    starters[vendor]({
      accessKey: keys[vendor],
      stateFile: join(dataDir, `${vendor}.json`),
      provisioningMilliseconds: 150,
    });
  const simulators = { alibaba: await start("alibaba"), tencent: await start("tencent") };
  const recorders = {
    alibaba: await startRecorder(simulators.alibaba.url),
    tencent: await startRecorder(simulators.tencent.url),
  };
  return {
    recorders,
    async control(vendor, method, path, body) {
      const init = { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
      const response = await fetch(`${simulators[vendor].url}/__control${path}`, init);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    evidence: () =>
      providers.flatMap((vendor) =>
        recorders[vendor].exchanges.flatMap(({ received, answer }) => {
          const name = `${vendor} ${actionOf(vendor, received)}`;
          return [
            ...requestEvidence("vendor request", name, received),
            ...(answer ? answerEvidence("vendor answer", name, answer) : []),
          ];
        }),
      ),
    async close() {
      for (const vendor of providers) await Promise.all([recorders[vendor].close(), simulators[vendor].close()]);
    },
  };
}

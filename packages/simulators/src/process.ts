import { startAlibabaSimulator } from "./alibaba/server.ts";
import type { Simulator, SimulatorOptions } from "./simulator.ts";
import { startTencentSimulator } from "./tencent/server.ts";

/**
 * Entry of a child process: `fork(process.ts, ["alibaba" | "tencent"])`. The first IPC message holds
 * the options, the answer is `{url}` or `{error}`.
 */
const starters = new Map<string, (options: SimulatorOptions<never>) => Promise<Simulator>>([
  ["alibaba", startAlibabaSimulator],
  ["tencent", startTencentSimulator],
]);

// Ctrl-C reaches the whole process group; the parent decides when its simulators end.
process.on("SIGINT", () => undefined);
// A parent that is gone, killed or not, closes the channel.
process.on("disconnect", () => process.exit(0));

process.once("message", (options: SimulatorOptions<never>) => {
  const vendor = process.argv[2] ?? "";
  const start = starters.get(vendor);
  const started = start ? start(options) : Promise.reject(new Error(`no vendor "${vendor}"`));
  started.then(
    ({ url }) => process.send?.({ url }),
    (error: Error) => process.send?.({ error: error.message }, () => process.exit(1)),
  );
});

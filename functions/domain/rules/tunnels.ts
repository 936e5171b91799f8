import type { Flaw } from "../errors.ts";
import { capabilities } from "../provider/capabilities.ts";
import { elsewhere } from "./elsewhere.ts";
import { eachTunnel, type Rule } from "./rule.ts";

/** Two tunnels are one connection where the vendor has such ones, one tunnel of each role. */
const tunnelsFitProvider: Rule = (request) => {
  const tunnels = eachTunnel(request);
  if ((request.tunnels?.length ?? 0) < 2) {
    return tunnels.flatMap(({ tunnel, pointer }) =>
      tunnel.role === "backup" ? [{ pointer: `${pointer}/role`, detail: "a single tunnel has no backup role" }] : [],
    );
  }
  const row = request.provider && capabilities[request.provider];
  if (row?.tunnelsPerConnection === 1) {
    const whoHas = elsewhere((other) => other.tunnelsPerConnection === 2, ["has two", "have two"]);
    return [{ pointer: "/tunnels/1", detail: `${row.title} has one tunnel per connection${whoHas}` }];
  }
  const flaws: Flaw[] = [];
  for (const { tunnel, pointer } of tunnels) {
    if (!("role" in tunnel)) flaws.push({ pointer: `${pointer}/role`, detail: "is required with two tunnels" });
  }
  const [first, second] = tunnels;
  if (first?.tunnel.role !== undefined && first.tunnel.role === second?.tunnel.role) {
    flaws.push({ pointer: "/tunnels/1/role", detail: "one tunnel must be primary and the other backup" });
  }
  return flaws;
};

export const tunnelRules: readonly Rule[] = [tunnelsFitProvider];

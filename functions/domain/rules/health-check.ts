import type { Flaw } from "../errors.ts";
import { capabilities } from "../provider/capabilities.ts";
import { boundsFlaws, type Rule } from "./rule.ts";

/** A health check is of the kind that the vendor has, and where it has one. */
const healthCheckFitsProvider: Rule = ({ provider, healthCheck, routing, tunnels }) => {
  if (!provider || !healthCheck) return [];
  const { title, tunnelsPerConnection, healthCheck: offer } = capabilities[provider];
  const count = tunnels?.length ?? 0;
  if (count === 2 && tunnelsPerConnection === 2 && offer.singleTunnelOnly) {
    return [{ pointer: "/healthCheck", detail: "is not available with two tunnels" }];
  }
  const { enabled, sourceIp, targetIp } = healthCheck;
  const flaws: Flaw[] = [];
  const refuse = (member: string, detail: string) => flaws.push({ pointer: `/healthCheck${member}`, detail });
  const { intervalSeconds } = healthCheck;
  if (offer.wholeSeconds && intervalSeconds !== undefined && !Number.isInteger(intervalSeconds)) {
    refuse("/intervalSeconds", `must be whole seconds at ${title}`);
  }
  for (const member of ["intervalSeconds", "retries"] as const) {
    const bounds = offer[member];
    if (bounds) flaws.push(...boundsFlaws(`/healthCheck/${member}`, healthCheck[member], bounds, title));
  }
  if (!offer.sameAddress && targetIp !== undefined && targetIp === sourceIp) {
    refuse("/targetIp", `must differ from sourceIp at ${title}`);
  }
  if (enabled && routing?.mode && !offer.routingModes.includes(routing.mode)) {
    refuse(
      "",
      `${title} has no health check with routing mode ${routing.mode}; use ${offer.routingModes.join(" or ")}`,
    );
  }
  return flaws;
};

export const healthCheckRules: readonly Rule[] = [healthCheckFitsProvider];

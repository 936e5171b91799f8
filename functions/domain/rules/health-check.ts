import type { Flaw } from "../errors.ts";
import type { Rule } from "./rule.ts";

/** Alibaba pings one host from another through the tunnel, and has no default for either. */
const alibabaHealthCheck: Rule = ({ provider, healthCheck, tunnels }) => {
  if (provider !== "alibaba" || healthCheck?.enabled !== true || tunnels?.length === 2) return [];
  return (["sourceIp", "targetIp"] as const)
    .filter((member) => !(member in healthCheck))
    .map((member) => ({
      pointer: `/healthCheck/${member}`,
      detail: "is required for a health check at Alibaba Cloud",
    }));
};

/** Tencent probes with these bounds (HealthCheckConfig: interval 1000 to 5000 ms, threshold 3 to 8). */
const tencentHealthCheck: Rule = ({ provider, healthCheck, routing }) => {
  if (provider !== "tencent" || !healthCheck) return [];
  const { enabled, sourceIp, targetIp, intervalSeconds, retries } = healthCheck;
  const flaws: Flaw[] = [];
  if (intervalSeconds !== undefined && intervalSeconds > 5) {
    flaws.push({ pointer: "/healthCheck/intervalSeconds", detail: "must be 1 to 5 at Tencent Cloud" });
  }
  if (retries !== undefined && (retries < 3 || retries > 8)) {
    flaws.push({ pointer: "/healthCheck/retries", detail: "must be 3 to 8 at Tencent Cloud" });
  }
  if (targetIp !== undefined && targetIp === sourceIp) {
    flaws.push({ pointer: "/healthCheck/targetIp", detail: "must differ from sourceIp at Tencent Cloud" });
  }
  if (enabled && routing?.mode === "policy") {
    flaws.push({
      pointer: "/healthCheck",
      detail: "Tencent Cloud has no health check with routing mode policy; use route or bgp",
    });
  }
  return flaws;
};

export const healthCheckRules: readonly Rule[] = [alibabaHealthCheck, tencentHealthCheck];

import { describe, expect, it } from "vitest";
import type { ProviderName } from "../../functions/domain/values.ts";
import { calm } from "./faults.ts";
import { type Plan, secret } from "./plans.ts";
import { runSchedule } from "./schedule.ts";
import { calmWorld } from "./world.ts";

const providers = ["alibaba", "tencent"] as const;

/** A request that is sent once and left alone, in a queue with others of its kind. */
function toPlan(provider: ProviderName, number: number, seconds: { timeout: number; queueTimeout: number }): Plan {
  const request = {
    clientToken: `token-${number}`,
    provider,
    region: provider === "alibaba" ? "cn-shanghai" : "ap-shanghai",
    name: `r${number}`,
    vpnGatewayId: gatewayOf(provider).id,
    ...(provider === "tencent" ? { vpcId: "vpc-demo" } : {}),
    routing: { mode: "policy" as const, localCidrs: [`10.${number}.1.0/24`], remoteCidrs: [`172.16.${number}.0/24`] },
    tunnels: [{ customerGatewayId: `cgw-${number}`, preSharedKey: `${secret}${number}` }],
    timeoutSeconds: seconds.timeout,
    queueTimeoutSeconds: seconds.queueTimeout,
    callback: { url: "https://hooks.example.com/vpn" },
  };
  return { request, posts: [number * 100], redrives: 0 };
}

function gatewayOf(provider: ProviderName) {
  return { provider, id: provider === "alibaba" ? "vpn-1" : "vpngw-1" };
}

const lengths = [120, 300, 720];
const outages = providers.flatMap((provider) => lengths.map((outage) => [outage, provider] as const));

describe.each(outages)("a table that is down for %i s, with requests at %s", (outage, provider) => {
  // From before the first request until after the last one's end, in odd steps.
  const moments = Array.from({ length: 14 }, (_, index) => index * 17);
  const seconds = { timeout: outage + 300, queueTimeout: outage + 300 };
  const plans = [1, 2, 3].map((number) => toPlan(provider, number, seconds));

  it("fails none whose deadline is later, whenever it begins", async () => {
    const failed: unknown[] = [];
    for (const from of moments) {
      const world = calmWorld({
        gateways: [gatewayOf(provider)],
        plans,
        provisioningSeconds: 50,
        faultSeconds: from + outage,
        tableDown: [from, from + outage],
      });
      const { violation, endings } = await runSchedule({ seed: from + 1, world });
      if (violation || endings["succeeded"] !== plans.length) failed.push({ from, ...endings, violation });
    }
    expect(failed).toEqual([]);
  });
});

describe.each(providers)("one fault in a hundred calls, with requests at %s", (provider) => {
  it("fails none in a day of queueing and waiting", async () => {
    const hour = 3600;
    const plans = [1, 2, 3].map((number) => toPlan(provider, number, { timeout: 24 * hour, queueTimeout: 24 * hour }));
    const world = calmWorld({
      gateways: [gatewayOf(provider)],
      plans,
      provisioningSeconds: 4 * hour,
      faultSeconds: 12 * hour,
      weather: { ...calm, table: 0.01, workflows: 0.01, throttled: 0.01, webhook: 0.01, tenant: 0.01 },
    });
    const { violation, endings, troubles } = await runSchedule({ seed: 1, world });
    expect({ violation, endings }).toEqual({ violation: undefined, endings: { succeeded: plans.length } });
    expect(Object.values(troubles).reduce((sum, count) => sum + count)).toBeGreaterThan(30);
  });
});

import { describe, expect, it } from "vitest";
import { toConnectionId } from "../../functions/domain/record/ids.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import { tenant } from "./functions.ts";
import { type Plan, secret } from "./plans.ts";
import { runSchedule } from "./schedule.ts";
import { calmWorld } from "./world.ts";

const [cutOff, sound] = [4, 2];
const hour = 3600;

/** A request on the one gateway, by the number of its network; it is out of reach, or not. */
function toPlan(provider: ProviderName, number: number, isCutOff: boolean): Plan {
  const request = {
    clientToken: tokenOf(number, isCutOff),
    provider,
    region: provider === "alibaba" ? "cn-shanghai" : "ap-shanghai",
    name: `r${number}`,
    vpnGatewayId: "vpn-1",
    ...(provider === "tencent" ? { vpcId: "vpc-demo" } : {}),
    routing: { mode: "policy" as const, localCidrs: [`10.${number}.1.0/24`], remoteCidrs: [`172.16.${number}.0/24`] },
    tunnels: [{ customerGatewayId: `cgw-${number}`, preSharedKey: `${secret}${number}` }],
    timeoutSeconds: 24 * hour,
  };
  return { request, posts: [number * 100], redrives: 0 };
}

/** A token whose request is one that a partial outage meets, or is not. */
function tokenOf(number: number, isMet: boolean): string {
  for (let n = 0; ; n += 1) {
    const token = `token-${number}-${n}`;
    if ((toConnectionId(tenant, token).charCodeAt(0) % 2 === 0) === isMet) return token;
  }
}

describe.each(["alibaba", "tencent"] as const)("requests whose vendor is out of reach for an hour (%s)", (provider) => {
  it("keep their gateway from nobody who came after them, and go on when it is there again", async () => {
    const plans = Array.from({ length: cutOff + sound }, (_, index) => toPlan(provider, index + 1, index < cutOff));
    const { violation, rows, longestHold, troubles } = await runSchedule({
      seed: 1,
      world: calmWorld({
        gateways: [{ provider, id: "vpn-1" }],
        plans,
        provisioningSeconds: 30,
        faultSeconds: hour,
        outage: { gatewayId: "vpn-1", from: 0, until: hour, isPartial: true },
      }),
    });
    expect(violation).toBeUndefined();
    expect(rows.map(({ status }) => status)).toEqual(plans.map(() => "succeeded"));
    const minutes = rows.map(
      ({ createdAt, completedAt = "" }) => (Date.parse(completedAt) - Date.parse(createdAt)) / 60_000,
    );
    // Each of those before has one turn first: a call that hangs, and the pause after it.
    expect(Math.max(...minutes.slice(cutOff))).toBeLessThan(10);
    expect(Math.min(...minutes.slice(0, cutOff))).toBeGreaterThan(59);
    expect(longestHold).toBeLessThan(60_000);
    // All of them together, and not each, ask it at most twice a minute.
    expect(troubles["turn given back"]).toBeLessThan(2 * 60);
  });
});

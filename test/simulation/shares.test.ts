import { describe, expect, it } from "vitest";
import type { ProviderName } from "../../functions/domain/values.ts";
import { type Plan, secret } from "./plans.ts";
import { runSchedule } from "./schedule.ts";
import { calmWorld } from "./world.ts";

const [alibabaJobs, tencentJobs] = [25, 100];

/** So many requests at once, each on a gateway of its own. */
function toPlans(provider: ProviderName, count: number): Plan[] {
  return Array.from({ length: count }, (_, index) => ({
    request: {
      clientToken: `${provider}-${index}`,
      provider,
      region: provider === "alibaba" ? "cn-shanghai" : "ap-shanghai",
      name: `${provider}-${index}`,
      vpnGatewayId: `${provider}-${index}`,
      ...(provider === "tencent" ? { vpcId: "vpc-demo" } : {}),
      routing: { mode: "route" as const },
      tunnels: [{ customerGatewayId: "cgw-1", preSharedKey: secret }],
      timeoutSeconds: 300,
    },
    posts: [index * 20],
    redrives: 0,
  }));
}

/** Seconds from acceptance to the end of each of Alibaba's, beside those of Tencent, which leaves these actions unanswered. */
async function alibabaWaits(hanging?: RegExp): Promise<number[]> {
  const plans = [...toPlans("alibaba", alibabaJobs), ...(hanging ? toPlans("tencent", tencentJobs) : [])];
  const { violation, rows } = await runSchedule({
    seed: 1,
    world: calmWorld({
      gateways: plans.map(({ request: { provider, vpnGatewayId: id } }) => ({ provider, id })),
      plans,
      provisioningSeconds: 60,
      faultSeconds: 400,
      ...(hanging ? { hangs: { vendor: "tencent" as const, action: hanging } } : {}),
    }),
  });
  expect(violation).toBeUndefined();
  const ended = rows.filter(({ provider }) => provider === "alibaba");
  expect(ended.map(({ status }) => status)).toEqual(Array.from({ length: alibabaJobs }, () => "succeeded"));
  return ended.map(({ createdAt, completedAt = "" }) => (Date.parse(completedAt) - Date.parse(createdAt)) / 1000);
}

const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one) / numbers.length;

describe("beside 100 jobs at Tencent Cloud whose reads hang for 20 s", () => {
  it.each([
    ["while they wait for the vendor's job", /^DescribeVpcTaskResult$/],
    ["before they are sent", /^Describe/],
  ])("25 at Alibaba Cloud take no longer than without: %s", async (_, hanging) => {
    const [alone, beside] = [await alibabaWaits(), await alibabaWaits(hanging)];
    expect(mean(beside) / mean(alone)).toBeLessThan(1.1);
  });
});

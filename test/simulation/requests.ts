import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import type { Random } from "./random.ts";

export const secret = "MARKERpskMARKER";
export const customerGateways = 6;

export interface Gateway {
  provider: ProviderName;
  id: string;
}

/** What one caller wants, and how it goes about it. */
export interface Plan {
  request: CreateRequest & { clientToken: string };
  /** Milliseconds after the start at which each copy of the POST is sent. */
  posts: number[];
  /** Milliseconds after the start; absent = it never cancels. */
  cancelAt?: number;
  /** How often it has a failed or unknown one run again. */
  redrives: number;
}

export function drawGateways(random: Random): Gateway[] {
  return Array.from({ length: random.integer(1, 3) }, (_, index) => {
    const provider = random.pick(["alibaba", "tencent"] as const);
    return { provider, id: `${provider === "alibaba" ? "vpn" : "vpngw"}-${index + 1}` };
  });
}

export function drawPlans(random: Random, gateways: readonly Gateway[]): Plan[] {
  const requests: Plan["request"][] = [];
  const count = random.integer(1, customerGateways);
  const window = random.pick([200, 20_000, 120_000]);
  return Array.from({ length: count }, (_, index) => {
    const request = drawRequest(random, gateways, requests, index + 1);
    requests.push(request);
    const postAt = random.integer(0, window);
    const copies = random.chance(0.25) ? random.integer(2, 3) : 1;
    return {
      request,
      posts: Array.from({ length: copies }, () => postAt + random.integer(0, 300)),
      redrives: random.integer(0, 2),
      ...(random.chance(0.15) ? { cancelAt: postAt + random.integer(0, 90_000) } : {}),
    };
  });
}

function drawRequest(
  random: Random,
  gateways: readonly Gateway[],
  earlier: readonly Plan["request"][],
  number: number,
): Plan["request"] {
  const twin = earlier.length > 0 && random.chance(0.15) ? random.pick(earlier) : undefined;
  const { provider, id } = random.pick(gateways);
  const outline = twin ?? {
    provider,
    region: provider === "alibaba" ? "cn-shanghai" : "ap-shanghai",
    vpnGatewayId: id,
    ...(provider === "tencent" ? { vpcId: "vpc-demo" } : {}),
    routing: random.chance(0.5)
      ? ({ mode: "route" } as const)
      : { mode: "policy" as const, localCidrs: [`10.${number}.1.0/24`], remoteCidrs: [`172.16.${number}.0/24`] },
    tunnels: [{ customerGatewayId: `cgw-${number}`, preSharedKey: `${secret}${number}` }],
  };
  return {
    ...outline,
    // Not in the form that a vendor that normalizes names keeps.
    name: `re\u0301seau  ${number}`,
    clientToken: `token-${number}-${random.integer(0, 1e9)}`,
    allowDuplicate: random.chance(0.5),
    timeoutSeconds: random.pick([60, 120, 300, 900, 1800]),
    queueTimeoutSeconds: random.pick([60, 300, 900, 3600]),
    ...(random.chance(0.35) ? { callback: { url: "https://hooks.example.com/vpn" } } : {}),
  };
}

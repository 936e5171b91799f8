import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import type { Random } from "./random.ts";

/** What must never be written down. */
export const secret = "MARKERpskMARKER";

export interface Gateway {
  provider: ProviderName;
  id: string;
}

/** What one caller wants, and how it goes about it. Times are in milliseconds after the start. */
export interface Plan {
  request: CreateRequest & { clientToken: string };
  /** When each copy of the POST is sent. */
  posts: number[];
  cancels?: number[];
  /** When somebody sends another request under its token; absent = nobody does. */
  otherAt?: number;
  /** Whether whoever cancels or redrives names the revision that it saw last. */
  namesRevision?: boolean;
  /** How often it has a failed or unknown one run again. */
  redrives: number;
  /** When it asks for that whatever has become of the request. */
  redriveAt?: number;
}

export function drawGateways(random: Random): Gateway[] {
  return Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, index) => {
    const provider = random.pick(["alibaba", "tencent"] as const);
    return { provider, id: `${provider === "alibaba" ? "vpn" : "vpngw"}-${index + 1}` };
  });
}

export function drawPlans(random: Random, gateways: readonly Gateway[], people: number): Plan[] {
  const requests: Plan["request"][] = [];
  const count = random.pick([1, 1, 1, 2, 2, 2, 2, 3]);
  const window = random.pick([200, 20_000, 120_000]);
  return Array.from({ length: count }, (_, index) => {
    const request = drawRequest(random, gateways, requests, index + 1);
    requests.push(request);
    const postAt = random.integer(0, window);
    const copies = random.chance(0.25) ? random.integer(2, 3) : 1;
    const cancels = random.chance(0.15 * people) ? random.integer(1, people) : 0;
    return {
      request,
      posts: Array.from({ length: copies }, () => postAt + random.integer(0, 300)),
      cancels: Array.from({ length: cancels }, () => postAt + random.integer(0, random.pick([2000, 90_000]))),
      redrives: random.pick([0, 1, 1, people + 1]),
      ...(random.chance(0.05) ? { otherAt: postAt + random.integer(100, 60_000) } : {}),
      ...(random.chance(0.3) ? { namesRevision: true } : {}),
      ...(random.chance(0.1 * people) ? { redriveAt: postAt + random.integer(0, 600_000) } : {}),
    };
  });
}

/** Several requests on one gateway that want the same, or nearly the same, soon after each other or long after. */
export function drawNeighbours(random: Random, gateways: readonly Gateway[]): Plan[] {
  const first = drawRequest(random, gateways, [], 1);
  const window = random.pick([2000, 60_000, 300_000]);
  const count = random.pick([2, 2, 3]);
  return Array.from({ length: count }, (_, index) => {
    const postAt = random.integer(0, window);
    const request = { ...drawRequest(random, gateways, [first], index + 1), ...drawLikeness(random, first) };
    return {
      request: {
        ...request,
        allowDuplicate: random.chance(0.15),
        timeoutSeconds: random.pick([60, 120, 300, 900]),
        queueTimeoutSeconds: 900,
      },
      posts: [postAt, ...(random.chance(0.3) ? [postAt + random.integer(0, 200_000)] : [])],
      redrives: random.pick([0, 1, 2]),
    };
  });
}

/** In what a request is like another: in everything, or in all but one thing. */
function drawLikeness(
  random: Random,
  { tunnels, routing }: Plan["request"],
): Pick<Plan["request"], "tunnels" | "routing"> {
  const policy = (change: { localCidrs?: string[]; remoteCidrs?: string[] }) =>
    routing.mode === "policy" ? { ...routing, ...change } : routing;
  switch (random.integer(1, 8)) {
    case 1:
      return { routing, tunnels: tunnels.map((tunnel) => ({ ...tunnel, customerGatewayId: "cgw-5" })) };
    case 2:
      return { tunnels, routing: policy({ localCidrs: ["10.77.0.0/16"] }) };
    case 3:
      return { tunnels, routing: policy({ remoteCidrs: ["172.17.0.0/16"] }) };
    case 4:
      return { tunnels, routing: policy({ remoteCidrs: ["172.16.0.0/16"] }) };
    default:
      return { tunnels, routing };
  }
}

/** With time enough for whatever comes a dozen times in a row. */
export function toPatient(plan: Plan, random: Random): Plan {
  const timeoutSeconds = random.pick([120, 900, 3600, 3600]);
  const redrives = random.pick([0, 1, 3]);
  return { ...plan, redrives, request: { ...plan.request, timeoutSeconds, queueTimeoutSeconds: 3600 } };
}

function drawRequest(
  random: Random,
  gateways: readonly Gateway[],
  earlier: readonly Plan["request"][],
  number: number,
): Plan["request"] {
  const twin = earlier.length > 0 && random.chance(0.4) ? random.pick(earlier) : undefined;
  const { provider, id } = random.pick(gateways);
  const outline = twin ?? {
    provider,
    region: provider === "alibaba" ? "cn-shanghai" : "ap-shanghai",
    vpnGatewayId: id,
    ...(provider === "tencent" ? { vpcId: "vpc-demo" } : {}),
    routing: random.chance(0.5)
      ? ({ mode: "route" } as const)
      : { mode: "policy" as const, localCidrs: [`10.${number}.1.0/24`], remoteCidrs: [`172.16.${number}.0/24`] },
    tunnels: [{ customerGatewayId: `cgw-${number}`, ...drawKey(random, number), ...drawTunnel(random, provider) }],
    negotiation: random.pick(["immediate", "on-traffic"] as const),
  };
  return {
    ...outline,
    // Not in the form that a vendor that normalizes names keeps.
    name: `re\u0301seau  ${number}`,
    clientToken: `token-${number}-${random.integer(0, 1e9)}`,
    allowDuplicate: random.chance(0.4),
    timeoutSeconds: random.pick([60, 120, 300, 900, 1800]),
    queueTimeoutSeconds: random.pick([60, 300, 900, 3600]),
    ...(random.chance(0.35) ? { callback: { url: "https://hooks.example.com/vpn" } } : {}),
  };
}

/** Without one the broker makes it, and keeps it for its owner for a day. */
function drawKey(random: Random, number: number) {
  return random.chance(0.93) ? { preSharedKey: `${secret}${number}` } : {};
}

type Tunnel = Plan["request"]["tunnels"][number];

function drawTunnel(random: Random, provider: ProviderName): Partial<Tunnel> {
  if (random.chance(0.4)) return {};
  return {
    ike: {
      encryption: random.pick(["aes128", "aes256"]),
      lifetimeSeconds: random.pick([3600, 28_800, 86_400]),
      ...(random.chance(0.3) ? { localId: "203.0.113.9", remoteId: "198.51.100.77" } : {}),
    },
    ipsec: {
      encryption: random.pick(["aes128", "aes256"]),
      lifetimeSeconds: random.pick([3600, 7200]),
      pfsGroup: random.pick([14, "none"]),
    },
    ...(provider === "tencent"
      ? { dpd: { enabled: true, timeoutSeconds: random.pick([30, 60]), action: "clear" } }
      : {}),
    ...(provider === "alibaba" ? { natTraversal: random.chance(0.5) } : {}),
  };
}

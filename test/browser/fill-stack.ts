import { setTimeout as sleep } from "node:timers/promises";
import type { WebhookEndpoint } from "../fakes/webhook-endpoint.ts";
import type { TestStack } from "../support/local-stack.ts";
import { minutesAhead, moveClock } from "./move-clock.ts";

const sites = ["berlin", "dalian", "lagos", "lima", "osaka", "oslo", "porto", "quito", "tallinn", "xian"];

/** A request for one of the demonstration's gateways, named for a place. */
function toRequest(provider: "alibaba" | "tencent", number: number): Record<string, unknown> {
  const two = String(number).padStart(2, "0");
  const ofVendor =
    provider === "alibaba"
      ? { region: "cn-shanghai", vpnGatewayId: `vpn-demo${two}` }
      : { region: "ap-shanghai", vpnGatewayId: `vpngw-demo${two}`, vpcId: `vpc-demo${two}` };
  return {
    ...ofVendor,
    provider,
    name: `${sites[number % sites.length]}-${two}`,
    routing: { mode: "policy", localCidrs: [`10.${number}.0.0/24`], remoteCidrs: [`10.${100 + number}.0.0/24`] },
    tunnels: [{ customerGatewayId: `cgw-demo${two}`, preSharedKey: "Example-key_1234" }],
  };
}

const twoTunnels = {
  provider: "alibaba",
  region: "cn-shanghai",
  name: "hq-shanghai",
  vpnGatewayId: "vpn-dual01",
  routing: { mode: "policy", localCidrs: ["10.10.1.0/24"], remoteCidrs: ["10.10.3.0/24"] },
  tunnels: [
    { role: "primary", customerGatewayId: "cgw-demo01", preSharedKey: "Example-key_1234" },
    { role: "backup", customerGatewayId: "cgw-demo02", preSharedKey: "Example-key_1234" },
  ],
  timeoutSeconds: 86_400,
};

/**
 * Fills a stack whose clock is a day behind with what a day brings, until it is now: successes all day, then a wave of
 * failures, an unknown outcome, a receiver that is away and a queue. Answers the request with the most to tell.
 */
export async function fillStack(stack: TestStack, receiver: WebhookEndpoint): Promise<string> {
  const callback = { url: receiver.url };
  const create = async (request: object) =>
    String((await stack.call("POST", "/v1/vpn-connections", request)).body["id"]);
  const settings = (vendor: "alibaba" | "tencent", body: object) => stack.control(vendor, "PUT", "/settings", body);
  const statusOf = async (id: string) => String((await stack.call("GET", `/v1/vpn-connections/${id}`)).body["status"]);
  /** Lets the clock run, half a minute at a time, until each has one of these. */
  async function pass(ids: readonly string[], statuses = ["succeeded", "failed", "unknown"]): Promise<void> {
    for (const id of ids) {
      while (!statuses.includes(await statusOf(id))) {
        moveClock(0.1);
        await sleep(100);
      }
    }
  }

  for (let round = 0; round < 10; round += 1) {
    const [hour, minutes] = [round * 2.1, 20 + ((round * 7) % 50)];
    await settings("alibaba", { provisioningMilliseconds: (60 + minutes) * 1000 });
    await settings("tencent", { provisioningMilliseconds: (20 + minutes) * 1000 });
    moveClock(Math.max(0, -1400 + hour * 60 - minutesAhead()));
    const requests = [toRequest("alibaba", round + 1), toRequest("tencent", round + 1)];
    if (round % 3 === 1) requests.push({ ...toRequest("alibaba", 15), name: "typo", vpnGatewayId: "vpn-demo51" });
    await pass(await Promise.all(requests.map(create)));
  }

  moveClock(-50 - minutesAhead());
  receiver.answer = () => ({ status: receiver.arrived.length < 2 ? 503 : 204 });
  await stack.control("alibaba", "POST", "/faults", { action: "CreateVpnConnection", kind: "throttle", times: 1 });
  const telling = await create({ ...twoTunnels, callback });
  await pass([telling]);
  const { body } = await stack.call("GET", `/v1/vpn-connections/${telling}`);
  const diagnosis = {
    FailedReasonCode: "EncryptionAlgorithmMismatch",
    FailedReason: "The encryption algorithm does not match",
    MismatchLocalParam: "aes256",
    MismatchRemoteParam: "aes",
    Severity: "Warn",
  };
  const tunnels = [{ Status: "ipsec_sa_established" }, { Status: "ike_sa_established", diagnosis }];
  await stack.control("alibaba", "PUT", `/connections/${String(body["providerConnectionId"])}/tunnels`, { tunnels });
  const isUp = async () =>
    JSON.stringify((await stack.call("GET", `/v1/vpn-connections/${telling}`)).body).includes('"up"');
  while (!receiver.arrived.some(({ taken }) => taken) || !(await isUp())) {
    moveClock(0.1);
    await sleep(100);
  }

  moveClock(-25 - minutesAhead());
  await settings("alibaba", { quotas: { connectionsPerRegion: 0 } });
  await pass(await Promise.all([11, 12, 13, 14, 15, 16].map((number) => create(toRequest("alibaba", number)))));
  await settings("alibaba", { quotas: { connectionsPerRegion: 1000 } });
  await stack.control("tencent", "POST", "/faults", { action: "CreateVpnConnection", kind: "reset-before", times: 3 });
  await pass([await create({ ...toRequest("tencent", 17), timeoutSeconds: 86_400 })]);

  receiver.answer = () => ({ status: 503 });
  await pass(await Promise.all([18, 19].map((number) => create({ ...toRequest("tencent", number), callback }))));

  await settings("alibaba", { provisioningMilliseconds: 7_200_000 });
  moveClock(-18 - minutesAhead());
  const first = await create({ ...toRequest("alibaba", 20), timeoutSeconds: 86_400 });
  await pass([first], ["provisioning"]);
  for (const number of [21, 22, 23])
    await create({
      ...toRequest("alibaba", number),
      vpnGatewayId: "vpn-demo20",
      tunnels: toRequest("alibaba", 20)["tunnels"],
    });
  moveClock(-minutesAhead());
  return telling;
}

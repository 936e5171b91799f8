import type { ProviderName } from "../../functions/domain/values.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";

/** What the simulators must have before, by their control API. */
interface Estate {
  vendor: ProviderName;
  path: string;
  body: object;
}

/** So many requests, spread over so many gateways, every other one at Tencent Cloud, none like another. */
export function toLoad(jobs: number, gateways: number): { estate: Estate[]; requests: object[] } {
  const vendorOf = (gateway: number): ProviderName => (gateway % 2 === 0 ? "alibaba" : "tencent");
  const idOf = (gateway: number) => `${vendorOf(gateway) === "alibaba" ? "vpn" : "vpngw"}-load${gateway}`;
  const estate = Array.from({ length: gateways }, (_, gateway): Estate => {
    const vendor = vendorOf(gateway);
    const address = `198.18.${Math.floor(gateway / 250)}.${(gateway % 250) + 1}`;
    const body = vendor === "alibaba" ? { InternetIp: address } : { PublicIpAddress: address, VpcId: "vpc-load" };
    return { vendor, path: `/gateways/${idOf(gateway)}`, body };
  });
  const requests = Array.from({ length: jobs }, (_, job) => {
    const gateway = job % gateways;
    const number = Math.floor(job / gateways);
    const second = Math.floor(number / 250);
    const third = number % 250;
    const vendor = vendorOf(gateway);
    return {
      ...(vendor === "alibaba" ? alibabaRequest : { ...tencentRequest, vpcId: "vpc-load" }),
      clientToken: `load-${job}`,
      name: `load-${job}`,
      vpnGatewayId: idOf(gateway),
      routing: {
        mode: "policy",
        localCidrs: [`10.${second}.${third}.0/24`],
        remoteCidrs: [`172.${16 + second}.${third}.0/24`],
      },
      timeoutSeconds: 3600,
    };
  });
  return { estate, requests };
}

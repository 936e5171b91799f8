import type { ProviderName } from "../../functions/domain/values.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";

/** A valid request for one of the twenty gateways that each simulator has; no two with the same `network` overlap. */
export function toRequest(
  vendor: ProviderName,
  { gateway, network, key }: { gateway: number; network: number; key?: string },
) {
  const number = String(gateway).padStart(2, "0");
  const routing = { mode: "policy", localCidrs: [`10.20.${network}.0/24`], remoteCidrs: [`10.30.${network}.0/24`] };
  const tunnels = [{ customerGatewayId: "cgw-demo01", ...(key === undefined ? {} : { preSharedKey: key }) }];
  return vendor === "alibaba"
    ? { ...alibabaRequest, vpnGatewayId: `vpn-demo${number}`, routing, tunnels }
    : { ...tencentRequest, vpnGatewayId: `vpngw-demo${number}`, vpcId: `vpc-demo${number}`, routing, tunnels };
}

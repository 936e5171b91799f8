import type { CreateRequest } from "../../functions/domain/request/create-request.ts";

/** A small valid request at each vendor, for gateways that the simulators have from the start. */
export const alibabaRequest: CreateRequest = {
  provider: "alibaba",
  region: "cn-shanghai",
  name: "hq-shanghai",
  vpnGatewayId: "vpn-bp1q8bgx4xnkm",
  routing: { mode: "policy", localCidrs: ["10.10.1.0/24"], remoteCidrs: ["10.10.3.0/24"] },
  tunnels: [{ customerGatewayId: "cgw-p0w2jemrcj5u61un8", preSharedKey: "Test-key_1234" }],
};

export const tencentRequest: CreateRequest = {
  provider: "tencent",
  region: "ap-shanghai",
  name: "hq-shanghai",
  vpnGatewayId: "vpngw-1w9tue3d",
  vpcId: "vpc-gapcv96p",
  routing: { mode: "policy", localCidrs: ["10.8.4.0/24"], remoteCidrs: ["58.211.1.0/24"] },
  tunnels: [{ customerGatewayId: "cgw-qa9sxpy7", preSharedKey: "Test-key_1234" }],
};

/** One at each vendor for its demonstration gateways, with the same networks, peer and key. */
export const demoRequests: Record<CreateRequest["provider"], CreateRequest> = {
  alibaba: {
    provider: "alibaba",
    region: "cn-shanghai",
    name: "hq",
    vpnGatewayId: "vpn-demo01",
    routing: { mode: "policy", localCidrs: ["10.1.0.0/24"], remoteCidrs: ["10.2.0.0/24"] },
    tunnels: [{ customerGatewayId: "cgw-demo01", preSharedKey: "a-key" }],
  },
  tencent: {
    provider: "tencent",
    region: "ap-shanghai",
    name: "hq",
    vpnGatewayId: "vpngw-demo01",
    vpcId: "vpc-demo01",
    routing: { mode: "policy", localCidrs: ["10.1.0.0/24"], remoteCidrs: ["10.2.0.0/24"] },
    tunnels: [{ customerGatewayId: "cgw-demo01", preSharedKey: "a-key" }],
  },
};

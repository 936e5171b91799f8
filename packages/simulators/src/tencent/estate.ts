import type { Estate } from "../cloud-store.ts";
import type { CustomerGatewayInput, GatewayInput } from "./resources.ts";

/** Gateways and customer gateways of a simulated Tencent account. */
export type TencentEstate = Estate<GatewayInput, CustomerGatewayInput>;

const demoNumbers = Array.from({ length: 20 }, (_, index) => index + 1);

function demoId(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(2, "0")}`;
}

/** The ids of the vendor document's sample in every region, special cases, and plain demo pairs. */
export const defaultEstate: TencentEstate = {
  gateways: [
    {
      VpnGatewayId: "vpngw-1w9tue3d",
      Region: "*",
      VpnGatewayName: "document-sample",
      VpcId: "vpc-gapcv96p",
      PublicIpAddress: "58.211.2.5",
      traits: { vpcCidr: "10.8.0.0/16" },
    },
    {
      VpnGatewayId: "vpngw-ccn01",
      VpnGatewayName: "ccn",
      Type: "CCN",
      VpcId: "",
      NetworkInstanceId: "ccn-demo01",
      PublicIpAddress: "58.211.3.1",
    },
    {
      VpnGatewayId: "vpngw-bgp01",
      VpnGatewayName: "bgp",
      VpcId: "vpc-bgp01",
      PublicIpAddress: "58.211.4.1",
      Version: "4.0",
      BgpAsn: 64551,
    },
    {
      VpnGatewayId: "vpngw-v4",
      VpnGatewayName: "version-4-without-asn",
      VpcId: "vpc-v4",
      PublicIpAddress: "58.211.5.1",
      Version: "4.0",
    },
    {
      VpnGatewayId: "vpngw-nobgp01",
      VpnGatewayName: "old-version",
      VpcId: "vpc-nobgp01",
      PublicIpAddress: "58.211.6.1",
      Version: "1.0",
      traits: { supportsBgp: false },
    },
    {
      VpnGatewayId: "vpngw-ssl01",
      VpnGatewayName: "ssl",
      VpcId: "vpc-ssl01",
      Type: "SSL",
      PublicIpAddress: "58.211.7.1",
    },
    {
      VpnGatewayId: "vpngw-isolated01",
      VpnGatewayName: "isolated",
      VpcId: "vpc-isolated01",
      RestrictState: "PROTECTIVELY_ISOLATED",
      PublicIpAddress: "58.211.8.1",
    },
    {
      VpnGatewayId: "vpngw-pending01",
      VpnGatewayName: "pending",
      VpcId: "vpc-pending01",
      State: "PENDING",
      PublicIpAddress: "58.211.9.1",
    },
    ...demoNumbers.map((number) => ({
      VpnGatewayId: demoId("vpngw-demo", number),
      VpnGatewayName: demoId("demo", number),
      VpcId: demoId("vpc-demo", number),
      PublicIpAddress: `203.0.113.${number}`,
    })),
  ],
  customerGateways: [
    { CustomerGatewayId: "cgw-qa9sxpy7", Region: "*", IpAddress: "1.2.3.4" },
    { CustomerGatewayId: "cgw-2wqq41m9", Region: "*", IpAddress: "58.211.1.12", BgpAsn: 65001 },
    { CustomerGatewayId: "cgw-sameasn01", IpAddress: "58.211.1.13", BgpAsn: 64551 },
    ...demoNumbers.map((number) => ({
      CustomerGatewayId: demoId("cgw-demo", number),
      CustomerGatewayName: demoId("demo", number),
      IpAddress: `198.51.100.${number}`,
      BgpAsn: 65100 + number,
    })),
  ],
};

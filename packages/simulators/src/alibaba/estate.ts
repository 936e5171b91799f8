import type { Estate } from "../cloud-store.ts";
import type { CustomerGatewayInput, GatewayInput } from "./resources.ts";

/** Gateways and customer gateways of a simulated Alibaba account. */
export type AlibabaEstate = Estate<GatewayInput, CustomerGatewayInput>;

const demoNumbers = Array.from({ length: 20 }, (_, index) => index + 1);

function demoId(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(2, "0")}`;
}

/** The ids of the vendor document's samples without their asterisks, special cases, and plain demo pairs. */
export const defaultEstate: AlibabaEstate = {
  gateways: [
    { VpnGatewayId: "vpn-bp1q8bgx4xnkm", Name: "document-sample", InternetIp: "47.21.0.1" },
    {
      VpnGatewayId: "vpn-dual01",
      Name: "dual-tunnel",
      GatewayType: "Enhanced.SiteToSite",
      InternetIp: "47.21.1.1",
      DisasterRecoveryVSwitchId: "vsw-demo-b",
      DisasterRecoveryInternetIp: "47.21.1.2",
    },
    {
      VpnGatewayId: "vpn-dualbgp01",
      Name: "dual-tunnel-bgp",
      GatewayType: "Enhanced.SiteToSite",
      InternetIp: "47.21.2.1",
      DisasterRecoveryVSwitchId: "vsw-demo-b",
      DisasterRecoveryInternetIp: "47.21.2.2",
      EnableBgp: true,
    },
    {
      VpnGatewayId: "vpn-gm01",
      Name: "national-standard",
      InternetIp: "47.21.3.1",
      VpnType: "NationalStandard",
      traits: { certificate: true },
    },
    {
      VpnGatewayId: "vpn-gmnocert01",
      Name: "national-standard-without-certificate",
      InternetIp: "47.21.3.2",
      VpnType: "NationalStandard",
    },
    { VpnGatewayId: "vpn-bgp01", Name: "bgp", InternetIp: "47.21.4.1", EnableBgp: true },
    {
      VpnGatewayId: "vpn-noipsec01",
      Name: "ipsec-disabled",
      InternetIp: "47.21.5.1",
      IpsecVpn: "disable",
      SslVpn: "enable",
    },
    {
      VpnGatewayId: "vpn-locked01",
      Name: "financially-locked",
      InternetIp: "47.21.6.1",
      BusinessStatus: "FinancialLocked",
    },
    {
      VpnGatewayId: "vpn-old01",
      Name: "old-version",
      InternetIp: "47.21.7.1",
      traits: { supportsDpd: false, supportsNatTraversal: false, supportsBgp: false },
    },
    ...demoNumbers.map((number) => ({
      VpnGatewayId: demoId("vpn-demo", number),
      Name: demoId("demo", number),
      InternetIp: `203.0.113.${number}`,
      VpcId: demoId("vpc-demo", number),
    })),
  ],
  customerGateways: [
    { CustomerGatewayId: "cgw-p0w2jemrcj5u61un8", IpAddress: "47.42.0.2", Asn: 65001 },
    { CustomerGatewayId: "cgw-p0wy363lucf1uyae8", IpAddress: "47.42.0.3", Asn: 65002 },
    { CustomerGatewayId: "cgw-noasn01", IpAddress: "47.42.0.4" },
    { CustomerGatewayId: "cgw-samevpnip01", IpAddress: "203.0.113.1", Asn: 65003 },
    ...demoNumbers.map((number) => ({
      CustomerGatewayId: demoId("cgw-demo", number),
      Name: demoId("demo", number),
      IpAddress: `198.51.100.${number}`,
      Asn: 65100 + number,
    })),
  ],
};

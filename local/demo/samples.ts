import type { CreateRequest } from "../../functions/domain/request/create-request.ts";

/**
 * The sample requests of the two vendors' own CreateVpnConnection documents, in the broker's words. Where a document
 * blanks out part of an address or key, this has a value of the same form.
 */
export const samples: readonly CreateRequest[] = [
  {
    provider: "alibaba",
    region: "cn-shanghai",
    name: "IPsec",
    vpnGatewayId: "vpn-bp1q8bgx4xnkm",
    routing: {
      mode: "policy",
      localCidrs: ["10.10.1.0/24", "10.10.2.0/24"],
      remoteCidrs: ["10.10.3.0/24", "10.10.4.0/24"],
    },
    tunnels: [
      {
        customerGatewayId: "cgw-p0w2jemrcj5u61un8",
        preSharedKey: "1234****",
        ike: {
          version: "ikev1",
          mode: "main",
          encryption: "aes128",
          integrity: "sha1",
          dhGroup: 2,
          lifetimeSeconds: 86_400,
          localId: "47.0.0.1",
          remoteId: "47.0.0.2",
        },
        ipsec: { encryption: "aes128", integrity: "sha1", pfsGroup: 2, lifetimeSeconds: 86_400 },
        dpd: { enabled: true },
        natTraversal: true,
      },
    ],
    negotiation: "on-traffic",
    autoConfigureRoutes: true,
    healthCheck: {
      enabled: true,
      sourceIp: "10.10.1.1",
      targetIp: "192.168.10.1",
      intervalSeconds: 3,
      retries: 3,
    },
    tags: { TagKey: "TagValue" },
    allowWeakCryptography: true,
  },
  {
    provider: "tencent",
    region: "ap-shanghai",
    name: "TEST_CONN",
    vpnGatewayId: "vpngw-1w9tue3d",
    vpcId: "vpc-gapcv96p",
    routing: { mode: "policy", localCidrs: ["10.8.4.0/24"], remoteCidrs: ["58.211.1.0/24"] },
    tunnels: [
      {
        customerGatewayId: "cgw-qa9sxpy7",
        preSharedKey: "654321",
        ike: {
          version: "ikev1",
          mode: "main",
          encryption: "3des",
          integrity: "md5",
          dhGroup: 1,
          localId: "58.211.2.5",
          remoteId: "1.2.3.4",
        },
        ipsec: { encryption: "3des", integrity: "md5", pfsGroup: "none" },
      },
    ],
    tags: { city: "shanghai" },
    allowWeakCryptography: true,
  },
];

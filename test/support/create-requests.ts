import type { CreateRequest } from "../../functions/domain/request/create-request.ts";

const certificate =
  "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIBADAKBggqgRzPVQGDdTA=\n-----END CERTIFICATE-----\n";

/** A policy-routed connection with every setting that a single tunnel at Alibaba Cloud can have, none of it weak. */
export function validAlibabaRequest(): CreateRequest {
  return {
    clientToken: "token-1",
    provider: "alibaba",
    region: "cn-shanghai",
    name: "hq-shanghai",
    vpnGatewayId: "vpn-bp1q8bgx4xnkm",
    routing: { mode: "policy", localCidrs: ["10.10.1.0/24", "10.10.2.0/24"], remoteCidrs: ["10.20.0.0/16"] },
    tunnels: [
      {
        role: "primary",
        customerGatewayId: "cgw-p0w2jemrcj5u61un8",
        preSharedKey: "Aa1~!`@#$%^&*()_-+={}[]|;:',.<>/?",
        ike: {
          version: "ikev2",
          mode: "main",
          encryption: "aes256",
          integrity: "sha256",
          dhGroup: 14,
          lifetimeSeconds: 28_800,
          localId: "47.0.0.1",
          remoteId: "vpn.example.com",
        },
        ipsec: { encryption: "aes256", integrity: "sha256", pfsGroup: "none", lifetimeSeconds: 3600 },
        dpd: { enabled: true },
        natTraversal: true,
        remoteCaCertificate: certificate,
      },
    ],
    negotiation: "immediate",
    autoConfigureRoutes: true,
    healthCheck: { enabled: true, sourceIp: "10.10.1.1", targetIp: "10.20.0.1", intervalSeconds: 3, retries: 3 },
    tags: { team: "network", empty: "" },
    allowWeakCryptography: false,
    allowDuplicate: false,
    timeoutSeconds: 1800,
    callback: { url: "https://hooks.example.com/vpn" },
  };
}

/** A BGP-routed connection with every setting that Tencent Cloud has, none of it weak. */
export function validTencentRequest(): CreateRequest {
  return {
    clientToken: "token-2",
    provider: "tencent",
    region: "ap-shanghai",
    name: "hq-shanghai",
    vpnGatewayId: "vpngw-1w9tue3d",
    vpcId: "vpc-gapcv96p",
    routing: { mode: "bgp" },
    tunnels: [
      {
        customerGatewayId: "cgw-qa9sxpy7",
        preSharedKey: "Aa1-tencent",
        ike: {
          version: "ikev2",
          mode: "main",
          encryption: "aes256gcm",
          integrity: "sha512",
          dhGroup: 20,
          lifetimeSeconds: 86_400,
        },
        ipsec: {
          encryption: "aes128gcm",
          integrity: "sha384",
          pfsGroup: 19,
          lifetimeSeconds: 604_800,
          lifetimeKilobytes: 4_096_000_000,
        },
        dpd: { enabled: true, timeoutSeconds: 30, action: "restart" },
        natTraversal: true,
        bgp: { tunnelCidr: "169.254.128.0/30", localIp: "169.254.128.1", remoteIp: "169.254.128.2" },
      },
    ],
    negotiation: "passive",
    healthCheck: {
      enabled: true,
      sourceIp: "169.254.129.1",
      targetIp: "169.254.129.2",
      intervalSeconds: 5,
      retries: 3,
      timeoutMilliseconds: 500,
    },
    tags: { team: "network" },
    allowDuplicate: true,
    timeoutSeconds: 60,
    callback: { url: "https://hooks.example.com/vpn" },
  };
}

/** A BGP-routed pair of tunnels, which only an Alibaba dual-tunnel gateway has; the broker makes the second key. */
export function validDualTunnelRequest(): CreateRequest {
  return {
    provider: "alibaba",
    region: "cn-hangzhou",
    name: "pair",
    vpnGatewayId: "vpn-dual",
    routing: { mode: "bgp" },
    tunnels: [
      {
        role: "primary",
        customerGatewayId: "cgw-1",
        preSharedKey: "first-key",
        bgp: { localAsn: 65_530, tunnelCidr: "169.254.10.0/30", localIp: "169.254.10.1" },
      },
      {
        role: "backup",
        customerGatewayId: "cgw-2",
        bgp: { localAsn: 65_530, tunnelCidr: "169.254.11.0/30", localIp: "169.254.11.2", remoteIp: "169.254.11.1" },
      },
    ],
  };
}

/** Pairs of networks, which Tencent Cloud can join freely; nothing optional but the routing. */
export function validPairsRequest(): CreateRequest {
  return {
    provider: "tencent",
    region: "ap-guangzhou",
    name: "pairs",
    vpnGatewayId: "vpngw-pairs",
    routing: {
      mode: "policy",
      pairs: [
        { local: "10.8.4.0/24", remotes: ["58.211.1.0/24"] },
        { local: "10.8.5.0/24", remotes: ["58.211.2.0/24", "58.211.3.0/24"] },
      ],
    },
    tunnels: [{ customerGatewayId: "cgw-qa9sxpy7" }],
  };
}

/** One request of each shape. */
export const validRequests = {
  alibaba: validAlibabaRequest,
  tencent: validTencentRequest,
  "dual tunnel": validDualTunnelRequest,
  pairs: validPairsRequest,
};

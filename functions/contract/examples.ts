/** Values that the examples of several routes show: one connection, from its request to its end. */

export const exampleId = "k3x5q7mzj2v4wy6abcdefgh2ij";
export const exampleTime = "2026-11-20T08:30:00.000Z";

/** The shortest request that both says what it wants and leaves every default. */
export const exampleRequest = {
  clientToken: "my-first",
  provider: "alibaba",
  region: "cn-shanghai",
  name: "hq-shanghai",
  vpnGatewayId: "vpn-demo01",
  routing: { mode: "policy", localCidrs: ["10.1.0.0/24"], remoteCidrs: ["10.2.0.0/24"] },
  tunnels: [{ customerGatewayId: "cgw-demo01" }],
} as const;

const { clientToken, ...request } = exampleRequest;

/** The same with every default filled in, as the resource shows it. */
const effectiveRequest = {
  ...request,
  tunnels: [
    {
      customerGatewayId: "cgw-demo01",
      ike: {
        version: "ikev2",
        mode: "main",
        encryption: "aes256",
        integrity: "sha256",
        dhGroup: 14,
        lifetimeSeconds: 28_800,
      },
      ipsec: { encryption: "aes256", integrity: "sha256", pfsGroup: 14, lifetimeSeconds: 3600 },
      dpd: { enabled: true },
      natTraversal: true,
    },
  ],
  negotiation: "immediate",
  autoConfigureRoutes: true,
  allowWeakCryptography: false,
  allowDuplicate: false,
  timeoutSeconds: 1800,
  queueTimeoutSeconds: 86_400,
} as const;

/** What the vendor shows of it once it is ready; the identities are the gateways' addresses. */
const [effectiveTunnel] = effectiveRequest.tunnels;
const reported = {
  at: "2026-11-20T08:30:51.000Z",
  parameters: {
    name: `${request.name}-${exampleId.slice(0, 12)}`,
    vpnGatewayId: request.vpnGatewayId,
    routing: request.routing,
    tunnels: [
      { ...effectiveTunnel, ike: { ...effectiveTunnel.ike, localId: "203.0.113.1", remoteId: "198.51.100.1" } },
    ],
    negotiation: effectiveRequest.negotiation,
    healthCheck: { enabled: false },
  },
  differences: [],
} as const;

/** What stays the same from a request's acceptance to its end. */
const everyConnection = {
  id: exampleId,
  clientToken,
  provider: request.provider,
  region: request.region,
  name: request.name,
  vpnGatewayId: request.vpnGatewayId,
  providerConnectionName: `${request.name}-${exampleId.slice(0, 12)}`,
  status: "accepted",
  statusReason: "recorded; the workflow is about to start",
  request: effectiveRequest,
  tunnels: [{ state: "unknown", reason: "the connection is not provisioned yet" }],
  warnings: [],
  attempts: 0,
  revision: 1,
  createdAt: exampleTime,
  updatedAt: exampleTime,
} as const;

export const acceptedConnection = { ...everyConnection, estimatedCompletionAt: "2026-11-20T08:31:00.000Z" } as const;

/** As it ended, and as its webhook tells it. */
export const readyConnection = {
  ...everyConnection,
  status: "succeeded",
  statusReason: "the vendor reports the connection as ready",
  providerConnectionId: "vco-bp1example",
  tunnels: [{ state: "unknown", reason: "provisioned; whether it has negotiated with its peer is not known" }],
  reported,
  attempts: 1,
  revision: 6,
  updatedAt: "2026-11-20T08:30:52.000Z",
  completedAt: "2026-11-20T08:30:52.000Z",
} as const;

/** The same, once its peer has negotiated. */
export const succeededConnection = {
  ...readyConnection,
  tunnels: [{ state: "up", reason: "the vendor reports IPsec as negotiated" }],
  revision: 7,
  updatedAt: "2026-11-20T08:31:22.000Z",
} as const;

export const failedConnection = {
  ...everyConnection,
  status: "failed",
  statusReason: "Alibaba Cloud answered CreateVpnConnection with CreateVpnConnectionsQuotaFull.QuotaFull",
  error: {
    code: "provider_quota",
    message: "Alibaba Cloud answered CreateVpnConnection with CreateVpnConnectionsQuotaFull.QuotaFull",
    retryable: true,
    advice:
      "Delete unused IPsec connections of this VPN gateway, or raise the quota of connections per gateway in Quota Center.",
    providerCode: "CreateVpnConnectionsQuotaFull.QuotaFull",
    providerRequestId: "0A1B2C3D-0000-4000-8000-000000000001",
  },
  tunnels: [{ state: "unknown", reason: "the request ended without a connection" }],
  attempts: 1,
  revision: 4,
  completedAt: "2026-11-20T08:30:04.000Z",
  updatedAt: "2026-11-20T08:30:04.000Z",
} as const;

export const canceledConnection = {
  ...everyConnection,
  status: "canceled",
  statusReason: "canceled by a caller before the vendor was asked",
  error: {
    code: "canceled",
    message: "canceled by a caller",
    retryable: false,
    advice: "Send a new request with a new clientToken if the connection is wanted after all.",
  },
  tunnels: [{ state: "unknown", reason: "the request ended without a connection" }],
  revision: 3,
  completedAt: "2026-11-20T08:30:09.000Z",
  updatedAt: "2026-11-20T08:30:09.000Z",
} as const;

const undecided =
  "timeoutSeconds passed before it could be decided whether the create took effect; the last that was known: the vendor's answer was lost";
const { providerConnectionName } = everyConnection;

export const unknownConnection = {
  ...everyConnection,
  status: "unknown",
  statusReason: undecided,
  error: {
    code: "deadline_exceeded",
    message: undecided,
    retryable: true,
    advice: `Look for connections named ${providerConnectionName} at Alibaba Cloud, cn-shanghai, gateway vpn-demo01; delete what should not be there, then redrive. Do not send it under another clientToken before this is decided.`,
  },
  tunnels: [{ state: "unknown", reason: "whether there is a connection is not known" }],
  attempts: 1,
  revision: 4,
  completedAt: "2026-11-20T09:00:04.000Z",
  updatedAt: "2026-11-20T09:00:04.000Z",
} as const;

/** The failed one, run again. */
export const redrivenConnection = {
  ...everyConnection,
  statusReason: "redriven",
  attempts: failedConnection.attempts,
  revision: failedConnection.revision + 1,
  updatedAt: "2026-11-20T09:12:00.000Z",
  estimatedCompletionAt: "2026-11-20T09:13:00.000Z",
} as const;

export const exampleDelivery = {
  id: `msg_${exampleId}_1`,
  state: "delivered",
  attempts: [{ at: "2026-11-20T08:30:53.000Z", attempt: 1, outcome: "ok", statusCode: 204, durationMilliseconds: 41 }],
} as const;

export const exampleReason = { reason: "the ticket says so" } as const;

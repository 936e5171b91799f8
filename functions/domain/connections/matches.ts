/** What of a request an id can be. */
export const matches = [
  "id",
  "executionName",
  "deliveryId",
  "clientToken",
  "operationId",
  "providerConnectionName",
  "providerConnectionId",
  "createRequestId",
  "vpnGatewayId",
] as const;
export type Match = (typeof matches)[number];

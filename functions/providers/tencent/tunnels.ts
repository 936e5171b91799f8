import * as z from "zod";
import { flag, requiredLabel, word } from "../../domain/provider/answer.ts";
import type { TunnelState } from "../../domain/provider/provider.ts";

/** The little of DescribeVpnConnections that tells of negotiation. */
export const negotiation = z.object({
  VpnConnectionSet: z.array(
    z.object({
      VpnConnectionId: requiredLabel,
      NetStatus: word,
      EnableHealthCheck: flag,
      HealthCheckStatus: word,
    }),
  ),
});

export type SeenConnection = z.infer<typeof negotiation>["VpnConnectionSet"][number];

/** The state of the one tunnel of a connection. `AVAILABLE` is the only value of `NetStatus` that the vendor documents. */
export function toTunnelState(connection: SeenConnection | undefined): TunnelState {
  if (!connection) return { state: "unknown", reason: "Tencent Cloud does not show the connection" };
  const { NetStatus, EnableHealthCheck, HealthCheckStatus } = connection;
  const failing = EnableHealthCheck === true && HealthCheckStatus === "UNAVAILABLE";
  if (NetStatus === "AVAILABLE") {
    return { state: "up", reason: failing ? "connected, but the health check fails" : "connected" };
  }
  return { state: "down", reason: failing ? "not connected; the health check fails" : "not connected" };
}

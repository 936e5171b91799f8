import { capabilities } from "../provider/capabilities.ts";
import type { CreateRequest } from "../request/create-request.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { isFinal } from "./status.ts";

/** Names a gateway among all vendors and regions. Requests on one gateway are submitted one at a time. */
export function toGatewayKey({
  provider,
  region,
  vpnGatewayId,
}: Pick<CreateRequest, "provider" | "region" | "vpnGatewayId">): string {
  return `${provider}#${region}#${vpnGatewayId}`;
}

/** Whether a request waits for its gateway's turn or has it; the vendor decides when a turn ends. */
export function needsTurn(record: ConnectionRecord): boolean {
  // Nothing is sent for a leftover.
  if (isFinal(record.status) || record.leftover) return false;
  if (record.providerConnectionId === undefined) return true;
  if (capabilities[record.request.provider].turnEnds === "provisioned") return true;
  // Redriven after its job failed: what is gone from the vendor will be created anew.
  return record.create?.state === "failed-earlier";
}

/** From when on a request waits for its gateway, RFC 3339: it goes after those who have waited for longer. */
export function queuedAt({ createdAt, givenBack }: ConnectionRecord): string {
  return givenBack?.queuedAt ?? createdAt;
}

/** Whether the vendor may hold a connection that this request made or is making. */
export function mayHaveConnection({ status, create, providerConnectionId }: ConnectionRecord): boolean {
  if (status === "succeeded") return true;
  return providerConnectionId !== undefined || (create !== undefined && !["refused", "void"].includes(create.state));
}

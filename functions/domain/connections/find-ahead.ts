import type { ConnectionRecord } from "../record/connection-record.ts";
import { isFinal } from "../record/status.ts";
import { joinSame } from "./find-duplicate.ts";
import type { GatewayRecords } from "./gateway-records.ts";

/**
 * Requests that are to go first on the gateway, in their order (100 at most), less those that will be refused because they
 * make the same connection as one of the others.
 */
export async function findAhead(
  { waiting, get }: GatewayRecords,
  ownId: string,
): Promise<{ ahead: number; makers: ConnectionRecord[] }> {
  const makers: ConnectionRecord[] = [];
  let ahead = 0;
  for (const id of waiting) {
    const record = id === ownId ? undefined : await get(id);
    if (!record || isFinal(record.status)) continue;
    ahead += 1;
    const { allowDuplicate = false } = record.request;
    if (allowDuplicate || !makers.some((maker) => joinSame(maker.request, record.request))) makers.push(record);
  }
  return { ahead, makers };
}

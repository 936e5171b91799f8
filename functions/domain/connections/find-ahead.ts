import type { ConnectionStore } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { isFinal } from "../record/status.ts";
import { toGatewayKey } from "../record/turn.ts";
import { type Described, joinSame } from "./find-duplicate.ts";

/**
 * Requests that are to go first on the gateway, in their order (100 at most), less those that will be refused because they
 * make the same connection as one of the others.
 */
export async function findAhead(
  deps: { store: ConnectionStore },
  request: Described,
  ownId: string,
): Promise<{ ahead: number; makers: ConnectionRecord[] }> {
  const makers: ConnectionRecord[] = [];
  let ahead = 0;
  for (const id of await deps.store.listGateway(toGatewayKey(request), "waiting")) {
    const record = id === ownId ? undefined : await deps.store.get(id);
    if (!record || isFinal(record.status)) continue;
    ahead += 1;
    const { allowDuplicate = false } = record.request;
    if (allowDuplicate || !makers.some((maker) => joinSame(maker.request, record.request))) makers.push(record);
  }
  return { ahead, makers };
}

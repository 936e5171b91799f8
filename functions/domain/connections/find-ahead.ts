import type { ConnectionStore } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { isFinal } from "../record/status.ts";
import { toGatewayKey } from "../record/turn.ts";
import { type Described, joinSame } from "./find-duplicate.ts";

/**
 * A request that is to go first on the gateway and will have made this connection when the turn comes: it connects the
 * same gateways for overlapping networks and has not ended.
 */
export async function findAhead(
  deps: { store: ConnectionStore },
  request: Described,
  ownId: string,
): Promise<ConnectionRecord | undefined> {
  for (const id of await deps.store.listGateway(toGatewayKey(request), "waiting")) {
    const ahead = id === ownId ? undefined : await deps.store.get(id);
    if (ahead && !isFinal(ahead.status) && joinSame(ahead.request, request)) return ahead;
  }
  return undefined;
}

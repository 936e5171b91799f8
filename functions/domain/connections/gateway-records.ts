import { type ConnectionStore, gatewayRows, type Turns } from "../ports.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { parseTurnName } from "../record/turn-name.ts";
import { toGatewayKey } from "../record/turn.ts";
import type { CreateRequest } from "../request/create-request.ts";

/** The requests of a gateway as they are at one time, by their ids in order. */
export interface GatewayRecords {
  /** Those that may have made a connection and need the turn no more. */
  made: readonly string[];
  waiting: readonly string[];
  /** Whether nobody else waits: only so many are listed. */
  isWhole: boolean;
  /** Reads one of them, once however often it is asked for. */
  get: (id: string) => Promise<ConnectionRecord | undefined>;
}

/**
 * Lists the requests of the gateway. Each is read when it is asked for: a gateway may have many, and most questions need few.
 * With the turns, those who had theirs lately are among them, whatever the index does not show yet.
 */
export async function listRequests(
  { store, turns }: { store: ConnectionStore; turns?: Pick<Turns, "holders"> },
  gateway: Pick<CreateRequest, "provider" | "region" | "vpnGatewayId">,
): Promise<GatewayRecords> {
  const key = toGatewayKey(gateway);
  // In this order: one that is run again goes from the first list to the second, and must not be missed between them.
  const [listed, waiting] = [await store.listGateway(key, "made"), await store.listGateway(key, "waiting")];
  const holders = turns ? (await turns.holders(key)).map((name) => parseTurnName(name).id) : [];
  const made = [...new Set([...listed, ...holders])];
  const read = new Map<string, Promise<ConnectionRecord | undefined>>();
  const get = (id: string) => {
    const record = read.get(id) ?? store.get(id);
    read.set(id, record);
    return record;
  };
  return { made, waiting, isWhole: waiting.length < gatewayRows, get };
}

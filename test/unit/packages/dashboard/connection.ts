import type { Connection } from "@vpn-broker/client";
import { succeededConnection } from "../../../../functions/contract/examples.ts";

/** A connection as the API answers it, with what a test is about. */
export function connectionWith(part: Partial<Connection>): Connection {
  return { ...(succeededConnection as unknown as Connection), ...part };
}

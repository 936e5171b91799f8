import type { Connection, ConnectionReceipt } from "@vpn-broker/client";
import { toFacts } from "../text/facts.ts";
import type { Look } from "../text/look.ts";
import { showConnection } from "./show-connection.ts";

/** A request after a change; of one that the key may not read, what the broker told. */
export function showChanged(made: Connection | ConnectionReceipt, look: Look): string {
  if ("request" in made) return showConnection(made, look);
  return toFacts(
    [
      ["id", made.id],
      ["status", made.status],
      ["client token", made.clientToken],
    ],
    look,
  );
}

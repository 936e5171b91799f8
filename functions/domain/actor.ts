import { randomUUID } from "node:crypto";

/** Who asked for a change, and from where. */
export interface Actor {
  tenant: string;
  keyId: string;
  keyName: string;
  /** Address that the request came from; absent where it is not known. */
  address?: string;
  requestId: string;
}

/** Who is at work where there is no API key to ask with: whoever may write the table. */
export function createBootstrapActor(tenant: string): Actor {
  return { tenant, keyId: "bootstrap", keyName: "bootstrap", requestId: randomUUID() };
}

/** Who asked for a change, and from where. */
export interface Actor {
  tenant: string;
  keyId: string;
  keyName: string;
  /** Address that the request came from; absent where it is not known. */
  address?: string;
  requestId: string;
}

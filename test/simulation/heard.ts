/** An answer of a vendor's, as the one who asked has it: what the promises are about, read where it lies. */
export interface Heard {
  action: string;
  failed: boolean;
  /** All went well, and it is another thing than it should be. */
  isOdd?: true;
  /** The vendor's; absent where it could not be read, or all went well. */
  code?: string;
  /** The connection that a create was answered with. */
  connectionId?: string;
  /** Whether the gateway is at work on something; absent where nothing is said of that. */
  isAtWork?: boolean;
  /** Milliseconds for which the vendor asked to be left alone. */
  wait?: number;
}

interface Answer {
  Status?: unknown;
  VpnConnectionId?: unknown;
  VpnConnection?: { VpnConnectionId?: unknown };
  VpnGatewaySet?: unknown;
}

export function toHeard(action: string, answer: object): Heard {
  const { Status, VpnConnectionId, VpnConnection, VpnGatewaySet } = answer as Answer;
  const id = VpnConnectionId ?? VpnConnection?.VpnConnectionId;
  const states = Array.isArray(VpnGatewaySet) ? VpnGatewaySet.map(({ State }: { State?: unknown }) => State) : [Status];
  const isOdd = Object.values(answer).some((member) => (member as { odd?: unknown } | undefined)?.odd === true);
  const isOfGateway = /^DescribeVpnGateways?$/.test(action) && typeof states[0] === "string";
  return {
    action,
    failed: false,
    ...(isOdd ? { isOdd } : {}),
    ...(action.startsWith("Create") && typeof id === "string" && id !== "" ? { connectionId: id } : {}),
    ...(isOfGateway ? { isAtWork: !states.every((state) => state === "active" || state === "AVAILABLE") } : {}),
  };
}

export function toHeardFailure(action: string, error: unknown): Heard {
  const { code, retryAfter } = error as { code?: unknown; retryAfter?: unknown };
  return {
    action,
    failed: true,
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof retryAfter === "number" ? { wait: retryAfter } : {}),
  };
}

import type { Flaw, RequestErrorCode } from "../errors.ts";
import type { EffectiveRequest } from "../request/apply-defaults.ts";
import type { ProviderName } from "../values.ts";
import type { ReportedParameters } from "./reported.ts";

/** A vendor's action with all its parameters by their wire names; `maskedKey` stands for each pre-shared key. */
export interface ProviderRequest {
  action: string;
  parameters: Record<string, unknown>;
}

/** Stands for a pre-shared key wherever a vendor request is stored or shown. */
export const maskedKey = "******";

/** One finished call to a vendor, safe to store: no parameter, no message. */
export interface ProviderCall {
  action: string;
  /** `ok`, the vendor's error code, or the class of a failure that had none. */
  outcome: string;
  durationMilliseconds: number;
  providerRequestId?: string;
  /** How long the vendor asked us to stay away, in seconds. */
  retryAfterSeconds?: number;
}

export const tunnelStates = ["unknown", "down", "negotiating", "up"] as const;

export interface TunnelState {
  state: (typeof tunnelStates)[number];
  reason: string;
}

/** Calls one action of a vendor's API and answers the decoded body. */
export type CallProvider = (action: string, parameters: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** What the vendor's answer to a create says; either may be missing (Tencent is known to send an empty id). */
export interface Created {
  connectionId?: string;
  taskId?: string;
}

/** How far the vendor's own asynchronous job is. `detail` is the vendor's state word, for the timeline. */
export type Provisioning =
  | { state: "pending"; detail: string }
  /** `reported`: what the same answer shows of the connection. */
  | { state: "ready"; reported: ReportedParameters }
  /** `gateway`: its gateway is gone, too. */
  | { state: "gone"; detail: string; gateway?: true }
  | { state: "failed"; detail: string };

/** Something a gateway's description shows that would make the vendor refuse the request. */
export interface PreflightFlaw extends Flaw {
  code: RequestErrorCode;
  advice: string;
  /** The code that the vendor would answer the create with, where it is known. */
  providerCode?: string;
  /** The vendor's id of the connection that is in the way, where one is. */
  collidesWith?: string;
}

/** Stands for the id of a connection that the vendor shows without it: whose it is nobody knows. */
export const unnamedConnection = "";

/** What the vendor's descriptions of the gateways say about a request. */
export interface Preflight {
  flaws: PreflightFlaw[];
  /** Why the gateway cannot take a request right now; it may in a while. */
  busy?: string;
  facts: GatewayFacts;
  /** What could not be looked at, and why; absent = nothing. */
  notChecked?: string[];
}

/** What a vendor did with a rehearsal that it did not refuse. */
export interface Rehearsal {
  /** The vendor did not rehearse but carried the create out: what it then answered. */
  carriedOut?: Created;
  /** What it could not say because it was not asked with the request's own keys. */
  notChecked?: string;
}

/** What a create needs to know of the gateways; absent where it could not be read. */
export interface GatewayFacts {
  /** Public address of the vendor's gateway. */
  localAddress?: string;
  /** Public address of the customer gateway of the (first) tunnel. */
  remoteAddress?: string;
}

/** A request that goes first on the same gateway. */
export interface Ahead {
  request: EffectiveRequest;
  operationId: string;
  /** What the caller may know it by. */
  called: string;
}

/** What tells a connection of ours from all others at the vendor. */
export interface Identity {
  /** Ends the connection's name at the vendor, which may keep the rest of the name in another form. */
  operationId: string;
  vpnGatewayId: string;
  customerGatewayId: string;
}

/** What a create is named by, and what makes its repeat harmless where the vendor has such a thing. */
export interface CreateIdentity {
  name: string;
  token: string;
}

/** One vendor in one region. Every method throws only `ProviderError`. */
export interface Provider {
  /**
   * Reads the gateways and what is on them, and says what the vendor would refuse about the request and why. A connection
   * whose name ends in the request's own operation id speaks against nothing.
   */
  preflight(request: EffectiveRequest, operationId: string): Promise<Preflight>;
  /** The create call of this request. `token` makes a repeat of it harmless where the vendor has such a thing. */
  planCreate(request: EffectiveRequest, identity: CreateIdentity, facts: GatewayFacts): ProviderRequest;
  /**
   * Reads what a dry run tells besides, and the create itself finds out without harm. Requests that go first count as if
   * their connections were there, but for those that earlier ones stand in the way of.
   */
  survey(request: EffectiveRequest, ahead: readonly Ahead[]): Promise<Omit<Preflight, "facts" | "busy">>;
  /**
   * Has the vendor check a planned create without carrying it out, where it can. Throws what the create would. The keys are none of
   * the request's: a vendor may compare them with other connections'.
   */
  rehearse(planned: ProviderRequest, keys: readonly string[]): Promise<Rehearsal>;
  /** Sends a planned create with the keys in place, one per tunnel in order. Never repeats it. */
  create(planned: ProviderRequest, keys: readonly string[]): Promise<Created>;
  exists(connectionId: string): Promise<boolean>;
  /** Ids of all connections that carry this identity; more than one is for a person to look at. */
  find(identity: Identity): Promise<string[]>;
  provisioning(connection: { connectionId: string; taskId?: string; vpnGatewayId: string }): Promise<Provisioning>;
  /** How far a connection's tunnels have negotiated with their peers: that many, the primary first. */
  tunnelStates(connectionId: string, tunnels: number): Promise<TunnelState[]>;
  /** Whether a repeat of the same planned create is answered with the first one's result. */
  readonly createIsIdempotent: boolean;
  /** Seconds after the create at which success is likely. */
  readonly firstLookSeconds: number;
}

/**
 * Opens a vendor's API in a region; `onCall` hears of every call, also of one that failed. `credentials` is a tenant's
 * reference, absent = the broker's own. Throws `ProviderError` when they cannot be read: then no call was made.
 */
export type ConnectProvider = (
  name: ProviderName,
  options: {
    region: string;
    credentials?: string;
    onCall: (call: ProviderCall) => void;
    /** Hears of what a person should know though nothing stops for it, such as a permission that is missing. */
    onWarning: (warning: string) => void;
  },
) => Promise<Provider>;

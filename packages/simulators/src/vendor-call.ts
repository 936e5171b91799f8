import type { Settings } from "./settings.ts";

/** One API call, decoded: what is left of a request when signature and encoding have been dealt with. */
export interface ProviderCall {
  readonly action: string;
  readonly region: string;
  /** Alibaba: the flat wire form, all strings. Tencent: the JSON body. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The answer to a call, before it is written to a socket. */
export interface VendorAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The vendor's error code; absent when the call succeeded. */
  readonly code?: string;
}

/** How the background work that a call starts is to end; absent means well. */
export interface Sabotage {
  /** True leaves the half-made connection behind, false lets it vanish. */
  readonly residue: boolean;
}

/** What fault injection and the control API need of a cloud, whichever vendor's. */
export interface Cloud {
  readonly now: () => number;
  readonly settings: Settings;
  /** What the vendor's API has and is simulated. */
  readonly actions: readonly string[];
  /** What the cloud's own clock shows, in milliseconds since the epoch. */
  clock(): number;
  /** Grows with every change of state that must survive a restart. */
  readonly revision: number;
  handle(call: ProviderCall, sabotage?: Sabotage): VendorAnswer;
  /** An error answer with this code, in this vendor's shape. */
  failure(code: string, status?: number, message?: string): VendorAnswer;
  /** This vendor's answer to a caller that is too fast. */
  throttled(waitMilliseconds?: number): VendorAnswer;
  /** The same answer with an empty connection id. */
  withoutConnectionId(answer: VendorAnswer): VendorAnswer;
  putGateway(id: string, fields: unknown): unknown;
  putCustomerGateway(id: string, fields: unknown): unknown;
  removeGateway(id: string): boolean;
  removeCustomerGateway(id: string): boolean;
  /** Has a connection vanish at once; false when there is none. */
  removeConnection(id: string): boolean;
  /** Has a gateway work on somebody else's change for a while; undefined when there is no such gateway. */
  keepBusy(gatewayId: string, fields: unknown): object | undefined;
  configure(changes: unknown): unknown;
  /** Sets how far a connection's tunnels have negotiated; undefined when there is no such connection. */
  putTunnels(connectionId: string, fields: unknown): object | undefined;
  /** A copy of everything the cloud knows, pre-shared keys included: mask it before showing it. */
  inspect(): Readonly<Record<string, unknown>>;
  snapshot(): unknown;
  /** Throws, changing nothing, when it is no snapshot of this vendor's cloud. */
  restore(snapshot: unknown): void;
  /** Back to the estate and settings it was made with. */
  reset(): void;
}

import { type AdminClient, type ChangeOptions, createAdminClient } from "./admin.ts";
import { type Clock, realClock } from "./clock.ts";
import { VpnBrokerError } from "./errors.ts";
import { type CallOptions, checkOptions, type ClientOptions } from "./options.ts";
import { readPages } from "./pages.ts";
import { path, toQuery } from "./path.ts";
import { type Call, createTransport } from "./transport.ts";
import type {
  Attention,
  Connection,
  ConnectionPage,
  ConnectionReceipt,
  CreateRequest,
  CurrentKey,
  Deliveries,
  Delivery,
  DeliveryReceipt,
  DryRun,
  GetStatsQuery,
  ListAttentionQuery,
  ListConnectionsQuery,
  OptionalReason,
  Reason,
  RevealedKey,
  RevealedKeys,
  SearchResult,
  Stats,
  Timeline,
  TimelineEvent,
} from "./types.ts";
import { checkConnection, waitForConnection, type WaitOptions, watchConnection, type WatchOptions } from "./waiting.ts";

/**
 * The broker's API. Calls are sent again after no answer, 429 and 5xx; what then still fails is a `VpnBrokerError`. A
 * signal ends the call and never the request, which only `cancel` does.
 */
export interface Client {
  /** Accepts a request, once for its `clientToken`; without one the client makes one for this call. */
  create: (request: CreateRequest, options?: CallOptions) => Promise<Connection>;
  /** Throws a `ConnectionFailedError` when it ends otherwise, a `WaitTimeoutError` when it has not ended. */
  createAndWait: (request: CreateRequest, options: WaitOptions) => Promise<Connection>;
  /** The same for a request that there is: by its id, or from a state on. */
  waitFor: (from: string | Connection, options: WaitOptions) => Promise<Connection>;
  /** Each state, the present one first and the final one last. */
  watch: (from: string | Connection, options?: WatchOptions) => AsyncGenerator<Connection, void, undefined>;
  /** Says what is wrong with a request, and creates nothing. */
  dryRun: (request: CreateRequest, options?: CallOptions) => Promise<DryRun>;
  get: (id: string, options?: CallOptions) => Promise<Connection>;
  /** Newest first. For looking, not for waiting or deciding: what is accepted meanwhile is not in it. */
  list: (query?: ListConnectionsQuery, options?: CallOptions) => AsyncGenerator<Connection, void, undefined>;
  /** A page of the same; the next one begins at its `nextCursor`. */
  listPage: (query?: ListConnectionsQuery, options?: CallOptions) => Promise<ConnectionPage>;
  /** The requests that an id of any kind belongs to. */
  search: (id: string, options?: CallOptions) => Promise<SearchResult["items"]>;
  /** Oldest first. */
  events: (id: string, options?: CallOptions) => Promise<TimelineEvent[]>;
  deliveries: (id: string, options?: CallOptions) => Promise<Delivery[]>;
  /** A page; the next one begins at its `nextCursor`. */
  attention: (query?: ListAttentionQuery, options?: CallOptions) => Promise<Attention>;
  stats: (query?: GetStatsQuery, options?: CallOptions) => Promise<Stats>;
  /** What the client's own key is, and may do; any valid key may ask. */
  key: (options?: CallOptions) => Promise<CurrentKey>;
  /** A `conflict` once the vendor was asked. A key that may not read gets a receipt. */
  cancel: (id: string, body?: OptionalReason, options?: ChangeOptions) => Promise<Connection | ConnectionReceipt>;
  /** Runs a failed or unknown request again. A key that may not read gets a receipt. */
  redrive: (id: string, body: Reason, options?: ChangeOptions) => Promise<Connection | ConnectionReceipt>;
  /** Sends a webhook again. A key that may not read gets a receipt. */
  resend: (
    id: string,
    deliveryId: string,
    body?: OptionalReason,
    options?: CallOptions,
  ) => Promise<Delivery | DeliveryReceipt>;
  /** The keys that the broker made, for a day after success; the audit log says who asked. */
  revealKeys: (id: string, body?: OptionalReason, options?: CallOptions) => Promise<RevealedKey[]>;
  admin: AdminClient;
}

/** The clock is for tests. */
export function createClient(options: ClientOptions, clock: Clock = realClock): Client {
  const transport = createTransport(checkOptions(options), clock);
  const waiting = { transport, clock };
  const ask = async <Body>(call: Call) => (await transport<Body>(call)).body as Body;
  const post = <Body>(path: string, body: object, { signal, ifMatch }: ChangeOptions = {}) =>
    ask<Body>({ method: "POST", path, body, signal, ifMatch });
  const root = "/v1/vpn-connections";

  async function create(request: CreateRequest, options?: CallOptions): Promise<Connection> {
    // Once, before the first attempt: all of them are the same request.
    const { clientToken = crypto.randomUUID() } = request;
    try {
      return checkConnection(await post<Connection>(root, { ...request, clientToken }, options));
    } catch (error) {
      if (error instanceof VpnBrokerError) error.clientToken = clientToken;
      throw error;
    }
  }

  return {
    create,
    createAndWait: async (request, options) => waitForConnection(waiting, await create(request, options), options),
    waitFor: (from, options) => waitForConnection(waiting, from, options),
    watch: (from, options) => watchConnection(waiting, from, options),
    dryRun: (request, options) => post(`${root}/dry-run`, request, options),
    get: async (id, { signal } = {}) => checkConnection(await ask({ path: path`/v1/vpn-connections/${id}`, signal })),
    list: (query = {}, options = {}) => readPages(transport, root, { ...query }, options),
    listPage: (query = {}, { signal } = {}) => ask({ path: `${root}${toQuery({ ...query })}`, signal }),
    search: async (id, { signal } = {}) =>
      (await ask<SearchResult>({ path: `/v1/search${toQuery({ q: id })}`, signal })).items,
    events: async (id, { signal } = {}) =>
      (await ask<Timeline>({ path: path`/v1/vpn-connections/${id}/events`, signal })).items,
    deliveries: async (id, { signal } = {}) =>
      (await ask<Deliveries>({ path: path`/v1/vpn-connections/${id}/deliveries`, signal })).items,
    attention: (query = {}, { signal } = {}) => ask({ path: `/v1/attention${toQuery({ ...query })}`, signal }),
    stats: (query = {}, { signal } = {}) => ask({ path: `/v1/stats${toQuery({ ...query })}`, signal }),
    key: ({ signal } = {}) => ask({ path: "/v1/key", signal }),
    cancel: (id, body = {}, options) => post(path`/v1/vpn-connections/${id}/cancel`, body, options),
    redrive: (id, body, options) => post(path`/v1/vpn-connections/${id}/redrive`, body, options),
    resend: (id, deliveryId, body = {}, options) =>
      post(path`/v1/vpn-connections/${id}/deliveries/${deliveryId}/resend`, body, options),
    revealKeys: async (id, body = {}, options) =>
      (await post<RevealedKeys>(path`/v1/vpn-connections/${id}/pre-shared-keys`, body, options)).items,
    admin: createAdminClient(transport),
  };
}

import type { RequestErrorCode } from "./errors.ts";
import type { AttentionKind } from "./record/attention-kind.ts";
import type { ConnectionRecord } from "./record/connection-record.ts";
import type { Run } from "./record/ids.ts";
import type { Status } from "./record/status.ts";
import type { Tenant } from "./tenants/tenant.ts";
import type { ProviderName } from "./values.ts";

export interface ListQuery {
  /** Or `everyTenant`. */
  tenant: string;
  limit: number;
  /** The place that the page begins behind: `<createdAt>#<id>`. */
  before?: string;
  statuses?: readonly Status[];
  provider?: ProviderName;
  region?: string;
  vpnGatewayId?: string;
  clientToken?: string;
  providerConnectionId?: string;
  errorCode?: RequestErrorCode;
  createdAfter?: string;
  createdBefore?: string;
}

export interface Page {
  items: ConnectionRecord[];
  /** The place up to which was looked; absent = there is nothing behind it. */
  next?: string;
}

/** Ids that lead to a request, besides its own. */
export type Reference = "operationId" | "providerConnectionId" | "createRequestId" | "vpnGatewayId";

/** What is known of an unfinished request without reading it. */
export interface OpenRequest {
  id: string;
  tenant: string;
  createdAt: string;
  status: Status;
  provider: ProviderName;
  region: string;
  vpnGatewayId: string;
  /** The host that did not take its webhook so far. */
  webhookHost?: string;
}

/** So many of those who wait for a gateway are looked at: each of them comes and looks, again and again. */
export const gatewayRows = 100;

/** Records, by single-item conditional writes only. Reads by id are consistent; a list may lag. */
export interface ConnectionStore {
  /** Writes a record that does not exist yet; answers the existing one instead if there is one. */
  create(record: ConnectionRecord): Promise<ConnectionRecord | undefined>;
  get(id: string): Promise<ConnectionRecord | undefined>;
  /** Only that tenant's; for anybody else's the work is the same as for an id that nobody has, however large it is. */
  getOwn(tenant: string, id: string): Promise<ConnectionRecord | undefined>;
  /** Those of the records that there are, in this order. */
  getMany(ids: readonly string[]): Promise<ConnectionRecord[]>;
  /**
   * Replaces the record if its version is still `record.version`, and answers it with the version it has now. Throws
   * `StaleRecordError`. The sweeper takes the write for work on the record, unless it is to stay as quiet as it was then.
   */
  save(record: ConnectionRecord, options?: { asQuietAs: string }): Promise<ConnectionRecord>;
  /** Of one tenant or of `everyTenant`, newest first, by an index for each filter that has one. A page may be short, or empty, while there is a `next`. */
  list(query: ListQuery): Promise<Page>;
  /** The newest requests, 20 at most, that have met this id, of one tenant or of `everyTenant`. */
  find(reference: Reference, value: string, tenant: string): Promise<ConnectionRecord[]>;
  /** Requests that may need a person, of one tenant newest first, or of `everyTenant` by tenant. `before` is a `next` of the same. */
  listAttention(query: { tenant: string; kind: AttentionKind; limit: number; before?: string }): Promise<Page>;
  /**
   * What is unfinished, oldest first, and webhooks that were given up, of one tenant or of `everyTenant` by tenant: 5,000 at
   * most, and from the newest 5,000 that need a person. `isWhole` is of what is unfinished.
   */
  listOpen(tenant: string): Promise<{ requests: OpenRequest[]; isWhole: boolean }>;
  /** How many of its tenant's requests need the turn of the same gateway and came before it; the index that is asked may lag. */
  countOwnAhead(record: ConnectionRecord): Promise<number>;
  /** How many of the tenant's requests have not ended, or have a webhook under way; the index that is asked may lag. */
  countUnfinished(tenant: string): Promise<number>;
  /** Ids of records with work left to do; with a time, only those last written so long before it that a workflow should have gone on. */
  listForSweep(wokenBefore?: Date): AsyncIterable<string>;
  /**
   * Ids of a gateway's records: the first `gatewayRows` of those that need its turn, in the order of `queuedAt` (`waiting`),
   * or all that may have made a connection on it, in order of arrival (`made`).
   */
  listGateway(gateway: string, kind: "waiting" | "made"): Promise<string[]>;
}

/** Brings what an older release has written up to date, where it is not enough to do so as it is read. */
export interface Upgrade {
  /** Goes on for a minute at most, or until there is nothing left. `isOver` where it was known before that nothing is. */
  goOn(): Promise<{ written: number; isDone: boolean; isOver: boolean }>;
}

/** So many holders of a turn are remembered: more than can have come and gone while an index lags. */
export const latelyHolders = 20;

/** Whose turn it is at a gateway. Holders are opaque texts here. */
export interface Turns {
  /** Who has it, and behind it the `latelyHolders` who had it before, newest first: an index may lag, and this does not. */
  holders(gateway: string): Promise<string[]>;
  /** Passes the turn on if the first of the `holders` that were read still has it; answers whether `to` has it now. */
  pass(gateway: string, holders: readonly string[], to: string): Promise<boolean>;
}

/** The state machines, by the names of their files. */
export type WorkflowName = "create-connection" | "deliver-webhook" | "watch-tunnels";

export interface Workflows {
  /** Starts the run; a run that was started before is left alone. */
  start(workflow: WorkflowName, run: Run): Promise<void>;
  state(workflow: WorkflowName, run: Run): Promise<"absent" | "running" | "closed">;
}

/** Seals a secret to the party that can open it; needs no secret itself. `context` is bound into the seal. */
export interface Sealer {
  seal(context: string, secret: string): string;
}

export interface Opener {
  /** Throws when the text was not sealed for this context. */
  open(context: string, sealed: string): Promise<string>;
}

/** Tenants, by single-item conditional writes. Reads by name are consistent; the list may lag. */
export interface TenantStore {
  get(name: string): Promise<Tenant | undefined>;
  /** Writes the tenant if its version is still `tenant.version` (0: if there is none). Throws `StaleRecordError`. */
  save(tenant: Tenant): Promise<Tenant>;
  /** By name. */
  list(): Promise<Tenant[]>;
  /** In their order. */
  names(): Promise<string[]>;
  /** Leads from an API key's hash to the tenant that lists the key; alone it lets nobody in. */
  claim(hash: string, tenant: string): Promise<void>;
  ownerOf(hash: string): Promise<string | undefined>;
}

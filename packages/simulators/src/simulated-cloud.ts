import * as z from "zod";
import { type Blueprint, CloudStore, type Estate } from "./cloud-store.ts";
import { IdSource } from "./ids.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { VendorProblem } from "./rules.ts";
import { changeSettings, requireKnownActions, type Settings } from "./settings.ts";
import type { Cloud, ProviderCall, Sabotage, VendorAnswer } from "./vendor-call.ts";

/** What a pure cloud is made of: time and chance come in from outside. */
export interface CloudOptions<EstateInput> {
  readonly now: () => number;
  /** Like Math.random: at least 0, less than 1. */
  readonly random: () => number;
  readonly estate?: EstateInput;
  readonly provisioningMilliseconds?: number;
  readonly settings?: Partial<Settings>;
}

/** What is the vendor's about a cloud. */
interface Vendor<Gateway, CustomerGateway, Tables> extends Blueprint<Gateway, CustomerGateway, Tables> {
  readonly estate: Estate<unknown, unknown>;
  readonly settings: Settings;
}

const busySchema = z.strictObject({
  /** How long the gateway works on what somebody else has changed; 0 ends it. */
  milliseconds: z.number().int().nonnegative(),
});

interface CommonTables {
  readonly connections: Map<string, unknown>;
  /** By gateway id, until when it works on what somebody else has changed. */
  readonly changes: Map<string, number>;
}

/** The half of a cloud that is alike at both vendors: store, settings, rate limits, problems into answers. */
export abstract class SimulatedCloud<
  Gateway extends object,
  CustomerGateway extends object,
  Tables extends CommonTables,
> implements Cloud {
  readonly now: () => number;
  readonly ids: IdSource;
  readonly #store: CloudStore<Gateway, CustomerGateway, Tables>;
  readonly #rateLimiter: RateLimiter;
  readonly #initialSettings: Settings;
  #settings: Settings;
  #listReads = 0;

  constructor(
    vendor: Vendor<Gateway, CustomerGateway, Tables>,
    { now, random, estate, provisioningMilliseconds, settings }: CloudOptions<Estate<unknown, unknown>>,
  ) {
    this.now = now;
    this.ids = new IdSource(random);
    this.#store = new CloudStore(vendor, estate ?? vendor.estate);
    this.#rateLimiter = new RateLimiter(now);
    this.#initialSettings = changeSettings(vendor.settings, {
      ...(provisioningMilliseconds === undefined ? {} : { provisioningMilliseconds }),
      ...settings,
    });
    this.#settings = this.#initialSettings;
  }

  /** What the vendor's API has and is simulated. */
  abstract get actions(): readonly string[];
  /** Carries out a call that is within the rate limits; throws a {@link VendorProblem} to refuse it. */
  protected abstract perform(call: ProviderCall, sabotage: Sabotage | undefined): VendorAnswer;
  /** The documented message for a code with its gaps filled. */
  protected abstract describeProblem(problem: VendorProblem): string;
  abstract failure(code: string, status?: number, message?: string): VendorAnswer;
  abstract throttled(waitMilliseconds?: number): VendorAnswer;
  /** The answer to an action that the account may not call. */
  protected abstract denied(): VendorAnswer;
  /** The connections that exist now. */
  abstract connections(): readonly { readonly VpnConnectionId: string; readonly visibleAt: number }[];
  abstract withoutConnectionId(answer: VendorAnswer): VendorAnswer;
  abstract putTunnels(connectionId: string, fields: unknown): object | undefined;

  handle(call: ProviderCall, sabotage?: Sabotage): VendorAnswer {
    const limit = this.#settings.rateLimits[call.action];
    const wait = limit ? this.#rateLimiter.wait(`${call.region} ${call.action}`, limit) : 0;
    if (wait > 0) return this.throttled(wait);
    if (this.#settings.deniedActions.includes(call.action)) return this.denied();
    try {
      return this.perform(call, sabotage);
    } catch (error) {
      if (!(error instanceof VendorProblem)) throw error;
      return this.failure(error.code, undefined, this.describeProblem(error));
    }
  }

  get revision(): number {
    return this.#store.revision;
  }

  get settings(): Settings {
    return this.#settings;
  }

  get gateways(): ReadonlyMap<string, Gateway> {
    return this.#store.gateways;
  }

  get customerGateways(): ReadonlyMap<string, CustomerGateway> {
    return this.#store.customerGateways;
  }

  /** The vendor's own tables; whoever changes one calls {@link touch}. */
  get tables(): Tables {
    return this.#store.tables;
  }

  /** Marks the state as changed, so that it is written before the caller hears of the change. */
  touch(): void {
    this.#store.touch();
  }

  putGateway(id: string, fields: unknown): Gateway {
    return this.#store.putGateway(id, fields);
  }

  putCustomerGateway(id: string, fields: unknown): CustomerGateway {
    return this.#store.putCustomerGateway(id, fields);
  }

  removeGateway(id: string): boolean {
    return this.#store.removeGateway(id);
  }

  removeCustomerGateway(id: string): boolean {
    return this.#store.removeCustomerGateway(id);
  }

  removeConnection(id: string): boolean {
    const exists = this.connections().some(({ VpnConnectionId }) => VpnConnectionId === id);
    this.tables.connections.delete(id);
    this.touch();
    return exists;
  }

  keepBusy(gatewayId: string, fields: unknown): object | undefined {
    if (!this.gateways.has(gatewayId)) return undefined;
    const busy = busySchema.parse(fields);
    this.tables.changes.set(gatewayId, this.now() + busy.milliseconds);
    this.touch();
    return busy;
  }

  /** Whether a gateway works on somebody else's change. */
  isBusyWithOthers(gatewayId: string): boolean {
    return (this.tables.changes.get(gatewayId) ?? 0) > this.now();
  }

  /** Of the connections on a list, those that a create is compared with. */
  compared<Connection extends { readonly visibleAt: number }>(connections: readonly Connection[]): Connection[] {
    const { comparesWith } = this.#settings;
    if (comparesWith === "none") return [];
    return connections.filter(({ visibleAt }) => comparesWith === "all" || visibleAt <= this.now());
  }

  /** Asks the next copy of the lists, whether it shows what was made at a time and is on every copy from another one on. */
  nextCopy(): (madeAt: number, visibleAt: number) => boolean {
    const { listCopies } = this.#settings;
    const share = ((this.#listReads % listCopies) + 1) / listCopies;
    this.#listReads += 1;
    const now = this.now();
    return (madeAt, visibleAt) => madeAt + (visibleAt - madeAt) * share <= now;
  }

  /** The time by the cloud's own clock, which may be wrong. */
  clock(): number {
    return this.now() + this.#settings.clockSkewMilliseconds;
  }

  /** The name that becomes of a name which was asked for. */
  nameKept(name: string): string {
    return this.#settings.trimNames ? name.normalize("NFKC").trim().replaceAll(/\s+/g, " ") : name;
  }

  configure(changes: unknown): Settings {
    const settings = changeSettings(this.#settings, changes);
    requireKnownActions(settings, this.actions);
    this.#settings = settings;
    this.#rateLimiter.clear();
    return settings;
  }

  inspect(): Readonly<Record<string, unknown>> {
    const { tables, ...estate } = this.#store.snapshot();
    const rows = Object.entries(tables).map(([name, table]) => [name, table.map(([, row]) => row)]);
    // The table keeps what is gone until the next change.
    const connections = structuredClone(this.connections());
    return { ...estate, ...Object.fromEntries(rows), connections, settings: this.#settings };
  }

  snapshot(): unknown {
    return this.#store.snapshot();
  }

  restore(snapshot: unknown): void {
    this.#store.restore(snapshot);
  }

  reset(): void {
    this.#settings = this.#initialSettings;
    this.#listReads = 0;
    this.#rateLimiter.clear();
    this.#store.reset();
  }
}

import type { ConnectProvider } from "../../functions/domain/provider/provider.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import { AlibabaCloud } from "../../packages/simulators/src/alibaba/cloud.ts";
import type { Connection as AlibabaConnection } from "../../packages/simulators/src/alibaba/resources.ts";
import type { Delivery } from "../../packages/simulators/src/exchange.ts";
import { TencentCloud } from "../../packages/simulators/src/tencent/cloud.ts";
import type { Connection as TencentConnection } from "../../packages/simulators/src/tencent/resources.ts";
import type { Assumptions } from "./assumptions.ts";
import { differsFromAlibaba, differsFromTencent, type Difference } from "./expected.ts";
import type { Chaos } from "./faults.ts";
import type { Invocation } from "./invocation.ts";
import type { Plan } from "./plans.ts";
import { Random, seedOf } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import { settle } from "./strangers.ts";
import { type Arrival, type CallWatch, type SentCreate, VendorCalls } from "./vendor-calls.ts";
import { carryOut, isDefinite } from "./vendor-faults.ts";
import { customerGateways, type ForeignAct, type World } from "./world.ts";

/** A connection as it really is at the vendor, and the create that made it: a note of the transport's, sent to nobody. */
export interface Made {
  id: string;
  by: SentCreate;
  madeAt: number;
  vendor: ProviderName;
  connection: AlibabaConnection | TencentConnection;
  /** It was made to fail, and stays there half-made. */
  isResidue: boolean;
}

/** Hears of what happens at the vendors. */
export interface VendorWatch extends CallWatch {
  /** It has arrived; `made` where the vendor has a connection for it. */
  noteArrived(sent: SentCreate, made: Made | undefined): void;
  /** It was answered with a code that says for certain that nothing was made. */
  noteLie(id: string): void;
}

interface VendorDeps {
  seed: number;
  scheduler: Scheduler;
  chaos: Chaos;
  watch: VendorWatch;
  world: World;
  assumptions: Assumptions;
  /** Whether the vendor is out of reach for this request now. */
  isOutOfReach: (id: string) => boolean;
}

/**
 * Both vendors, with what their documents leave open as the world has it: how far lists lag, how long a job takes, whether
 * names are kept as they are sent, and what a create is compared with.
 */
export class Vendors {
  readonly #deps: VendorDeps;
  readonly #clouds: { alibaba: AlibabaCloud; tencent: TencentCloud };
  /** How long lists lag: not told by any fault. */
  readonly #pace: Random;
  readonly #made = new Map<string, Made>();
  readonly #calls: VendorCalls;

  constructor(deps: VendorDeps) {
    this.#deps = deps;
    const { scheduler, seed, world } = deps;
    this.#pace = new Random(seedOf(seed, "vendors"));
    const { next: random } = new Random(seedOf(seed, "ids"));
    const now = () => scheduler.now;
    const numbers = Array.from({ length: customerGateways }, (_, index) => index + 1);
    const customers = numbers.map((number) => ({ CustomerGatewayId: `cgw-${number}`, IpAddress: addressOf(number) }));
    const idsOf = (name: ProviderName) => world.gateways.filter(({ provider }) => provider === name);
    const gatewaysOf = (name: ProviderName) => idsOf(name).map(({ id }) => ({ VpnGatewayId: id }));
    const options = { now, random, provisioningMilliseconds: world.provisioningSeconds * 1000 };
    const settings = {
      trimNames: world.namesKept === "trimmed",
      quotas: { connectionsPerGateway: 1000 },
      comparesWith: world.comparesWith,
      tokenLifeMilliseconds: deps.assumptions.tokenLife * 1000,
      listCopies: world.hasCopies ? 3 : 1,
    };
    this.#clouds = {
      alibaba: new AlibabaCloud({
        ...options,
        estate: { gateways: gatewaysOf("alibaba"), customerGateways: customers },
      }),
      tencent: new TencentCloud({
        ...options,
        estate: { gateways: gatewaysOf("tencent"), customerGateways: customers },
      }),
    };
    for (const cloud of Object.values(this.#clouds)) cloud.configure(settings);
    if (world.strangers > 0) settle(this.#clouds, world);
    this.#calls = new VendorCalls({ ...deps, deliver: (arrival) => this.#deliver(arrival) });
  }

  /** What is there now for this request, by the transport's own notes. */
  madeFor(id: string): Made[] {
    return this.all().filter(({ by }) => by.id === id);
  }

  /** Whether a list may show what the next one does not. */
  get hasCopies(): boolean {
    return this.#deps.world.hasCopies;
  }

  /** What was made at any time, and may be gone. */
  everMade(): Made[] {
    return [...this.#made.values()];
  }

  all(): Made[] {
    const now = this.#deps.scheduler.now;
    return [...this.#made.values()].filter(
      ({ vendor, id, connection: { goneAt } }) =>
        this.#clouds[vendor].tables.connections.has(id) && (goneAt ?? Infinity) > now,
    );
  }

  /** Whether the vendor's job for a connection is still under way. */
  isUnderWay({ connection }: Made): boolean {
    return connection.settledAt > this.#deps.scheduler.now;
  }

  differences(made: Made, request: Plan["request"]): Difference[] {
    const number = Number(request.tunnels[0]?.customerGatewayId.split("-")[1]);
    return made.vendor === "alibaba"
      ? differsFromAlibaba(made.connection as AlibabaConnection, request)
      : differsFromTencent(made.connection as TencentConnection, request, {
          address: addressOf(number),
          sent: JSON.parse(made.by.parameters) as Record<string, unknown>,
        });
  }

  /** Somebody else is at the vendor, too. Answers whether there was anything to do. */
  act({ what, for: milliseconds }: ForeignAct, id: string, request: Plan["request"]): boolean {
    const { provider, vpnGatewayId, tunnels } = request;
    const cloud = this.#clouds[provider];
    switch (what) {
      case "delete the gateway":
        return cloud.removeGateway(vpnGatewayId);
      case "delete the customer gateway":
        return cloud.removeCustomerGateway(tunnels[0]?.customerGatewayId ?? "");
      case "delete the connection": {
        const [made] = this.madeFor(id);
        return made !== undefined && cloud.removeConnection(made.id);
      }
      case "change the gateway":
        return cloud.keepBusy(vpnGatewayId, { milliseconds }) !== undefined;
    }
  }

  /** The real providers, over calls that this invocation makes. */
  openerFor(invocation: Invocation): ConnectProvider {
    return this.#calls.openerFor(invocation);
  }

  #deliver({ vendor, call, fault, sent }: Arrival): Delivery {
    const cloud = this.#clouds[vendor];
    const connections = cloud.tables.connections as Map<string, AlibabaConnection | TencentConnection>;
    if (!sent) return carryOut(cloud, call, fault);
    const { listLag } = this.#deps.world;
    const before = new Set(connections.keys());
    const delivery = carryOut(cloud, call, fault);
    let made: Made | undefined;
    for (const [id, connection] of connections) {
      if (before.has(id)) continue;
      const lag = listLag > 0 ? this.#pace.integer(0, listLag * 1000) : 0;
      Object.assign(connection, { visibleAt: this.#deps.scheduler.now + lag });
      if (this.#deps.world.namesKept === "capitals") capitalize(connection);
      // Before anybody looks, as a rule.
      if (fault && "jobFails" in fault) connection.goneAt = this.#deps.scheduler.now + 1000;
      const isResidue = fault?.answer === "ok, and the job fails" && fault.residue;
      made = { id, by: sent, madeAt: this.#deps.scheduler.now, vendor, connection, isResidue };
      this.#made.set(id, made);
    }
    this.#deps.watch.noteArrived(sent, made);
    if (made && fault?.answer === "code" && isDefinite(vendor, fault.code)) this.#deps.watch.noteLie(sent.id);
    return delivery;
  }
}

/** The name as a vendor keeps it that has no small letters, and something behind each name. */
function capitalize(connection: AlibabaConnection | TencentConnection): void {
  const member = "Name" in connection ? "Name" : "VpnConnectionName";
  const name = "Name" in connection ? connection.Name : connection.VpnConnectionName;
  Object.assign(connection, { [member]: `${name.toUpperCase()} ` });
}

const addressOf = (number: number) => `198.51.100.${number}`;

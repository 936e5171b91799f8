import { ProviderError } from "../../functions/domain/provider/provider-error.ts";
import type { CallProvider, ConnectProvider } from "../../functions/domain/provider/provider.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import * as alibabaErrors from "../../functions/providers/alibaba/errors.ts";
import { createProvider as createAlibaba } from "../../functions/providers/alibaba/provider.ts";
import { observe } from "../../functions/providers/observe.ts";
import * as tencentErrors from "../../functions/providers/tencent/errors.ts";
import { createProvider as createTencent } from "../../functions/providers/tencent/provider.ts";
import { AlibabaCloud } from "../../packages/simulators/src/alibaba/cloud.ts";
import type { Connection as AlibabaConnection } from "../../packages/simulators/src/alibaba/resources.ts";
import { TencentCloud } from "../../packages/simulators/src/tencent/cloud.ts";
import type { Connection as TencentConnection } from "../../packages/simulators/src/tencent/resources.ts";
import type { ProviderCall } from "../../packages/simulators/src/vendor-call.ts";
import { type Assumptions, clientTimeout } from "./assumptions.ts";
import { differsFromAlibaba, differsFromTencent, type Difference } from "./expected.ts";
import type { Chaos } from "./faults.ts";
import { type Heard, toHeard, toHeardFailure } from "./heard.ts";
import type { Invocation, Reply } from "./invocation.ts";
import { Random, seedOf } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import { stranger } from "./strangers.ts";
import { receive, refusedError, timeoutError } from "./vendor-errors.ts";
import {
  carryOut,
  describeFault,
  drawCreateFault,
  drawReadFault,
  isDefinite,
  type VendorFault,
} from "./vendor-faults.ts";
import { customerGateways, type ForeignAct, type Plan, type World } from "./world.ts";

type Answer = Record<string, unknown>;
type Parameters = Readonly<Record<string, unknown>>;

/** Milliseconds that the real clients wait. */
const patience = clientTimeout * 1000;

/** One create on its way to the vendor, as the transport that carries it knows it: by the invocation that sends it. */
export interface SentCreate {
  /** The request that the invocation is about. */
  id: string;
  sender: Invocation;
  vendor: ProviderName;
  gateway: string;
  token: string;
  /** All of them, to be compared. */
  parameters: string;
  sentAt: number;
  arrived: boolean;
  /** It never arrives. */
  lost: boolean;
  /** Whether nothing was done to it, nor to its answer. */
  isPlain: boolean;
}

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
export interface VendorWatch {
  /** A call begins. */
  noteAsked(invocation: Invocation): void;
  noteSent(sent: SentCreate): void;
  /** It has arrived; `made` where the vendor has a connection for it. */
  noteArrived(sent: SentCreate, made: Made | undefined): void;
  /** It was answered with a code that says for certain that nothing was made. */
  noteLie(id: string): void;
  /** What somebody was answered. */
  noteAnswered(invocation: Invocation, heard: Heard): void;
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
    if (world.strangers > 0) this.#settle(world);
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
          sent: JSON.parse(made.by.parameters) as Parameters,
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
    const { chaos, scheduler } = this.#deps;
    const now = () => scheduler.now;
    const onUnclassified = ({ code }: { code: string }) => invocation.say(() => `does not know the code ${code}`);
    return async (name, { region, credentials, onCall, onWarning }) => {
      const fault = chaos.strike("credentials", invocation, "credentials", (random) => ({
        how: random.pick(["out of reach", "out of reach", "absent"] as const),
      }));
      if (fault) {
        invocation.suffer(`credentials ${fault.how}`);
        if (credentials !== undefined || fault.how === "out of reach") throw unreadable(fault.how);
      }
      const call = this.#callFor(invocation, name, region);
      return name === "alibaba"
        ? createAlibaba(observe(call, { onCall, onUnclassified, errors: alibabaErrors, now }), onWarning)
        : createTencent(observe(call, { onCall, onUnclassified, errors: tencentErrors, now }), onWarning);
    };
  }

  #callFor(invocation: Invocation, vendor: ProviderName, region: string): CallProvider {
    const { watch } = this.#deps;
    return (action, parameters) => {
      const isCreate = action === "CreateVpnConnection";
      watch.noteAsked(invocation);
      const fault = this.#troubleOf(invocation, vendor, action, isCreate);
      const call: ProviderCall = {
        action,
        region,
        parameters: vendor === "alibaba" ? flatten({ RegionId: region, ...parameters }) : parameters,
      };
      const sent = isCreate ? this.#toSent(invocation, vendor, region, parameters) : undefined;
      if (sent && fault) sent.isPlain = false;
      if (fault) invocation.suffer(`${vendor} ${isCreate ? "create" : "read"}: ${describeFault(fault)}`, action);
      else if (isCreate) invocation.say(() => `sends ${action} to ${vendor}`);
      const reply = this.#replyTo(invocation, { vendor, call, sent, fault });
      return invocation.call(action, reply).then(
        (answer) => {
          watch.noteAnswered(invocation, toHeard(action, answer));
          return answer;
        },
        (error: unknown) => {
          watch.noteAnswered(invocation, toHeardFailure(action, error));
          throw error;
        },
      );
    };
  }

  #troubleOf(invocation: Invocation, vendor: ProviderName, action: string, isCreate: boolean): VendorFault | undefined {
    const { chaos, world, assumptions } = this.#deps;
    if (this.#deps.isOutOfReach(invocation.subject)) return drawSilence(invocation.pace, vendor);
    if (world.hangs?.vendor === vendor && !chaos.isOver && world.hangs.action.test(action)) {
      return { phase: "never", answer: "hang" };
    }
    const arrival = assumptions.arrival * 1000;
    const { subject } = invocation;
    return isCreate
      ? chaos.strike("create", invocation, action, (random) => drawCreateFault(random, vendor, arrival), {
          sticks: subject,
        })
      : chaos.strike("read", invocation, action, (random) => drawReadFault(random, vendor, action), {
          sticks: `${subject} ${action}`,
        });
  }

  #replyTo(
    invocation: Invocation,
    {
      vendor,
      call,
      sent,
      fault,
    }: {
      vendor: ProviderName;
      call: ProviderCall;
      sent: SentCreate | undefined;
      fault: VendorFault | undefined;
    },
  ): Reply<Answer> {
    const { chaos, scheduler, watch } = this.#deps;
    const { pace } = invocation;
    const { parameters } = call;
    const onSent = () => {
      if (!sent) return;
      sent.sentAt = scheduler.now;
      watch.noteSent(sent);
    };
    if (fault?.answer === "refused") return { answerAfter: 5, failure: () => refusedError(vendor, parameters) };
    const timeout = () => timeoutError(vendor, parameters);
    if (fault?.phase === "never") {
      if (sent) sent.lost = true;
      return { onSent, answerAfter: patience, failure: timeout };
    }
    const deliver = () => this.#deliver(vendor, call, fault, sent);
    if (fault?.answer === "hang") {
      const arrival = fault.phase === "late" ? fault.after : pace.integer(20, 3000);
      return {
        onSent: () => {
          onSent();
          scheduler.after(arrival, deliver);
        },
        answerAfter: patience,
        failure: timeout,
      };
    }
    const slow = chaos.strike("slow", invocation, call.action, (random) => ({
      there: random.integer(20, 9000),
      back: random.integer(10, 9000),
    }));
    if (slow) invocation.suffer("slow");
    return {
      onSent,
      effectAfter: pace.integer(20, 400) + (slow?.there ?? 0),
      answerAfter: pace.integer(10, 200) + (slow?.back ?? 0),
      effect: () => receive(vendor, deliver(), parameters),
    };
  }

  #deliver(vendor: ProviderName, call: ProviderCall, fault: VendorFault | undefined, sent: SentCreate | undefined) {
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

  /** Many connections of others, on every gateway and between the same two as ours. */
  #settle({ gateways, strangers, plans }: World): void {
    for (const { provider, id } of gateways) {
      const { region = "" } = plans.find(({ request }) => request.provider === provider)?.request ?? {};
      const cloud = this.#clouds[provider];
      const connections = cloud.tables.connections as Map<string, AlibabaConnection | TencentConnection>;
      for (let n = 0; n < strangers; n += 1) {
        // At Alibaba those between the same two gateways have to have the same phase 1.
        const customer = provider === "alibaba" ? "cgw-theirs" : `cgw-${(n % customerGateways) + 1}`;
        const network = `${100 + (n % 100)}.${Math.floor(n / 100)}.0/24`;
        // The first one has a remote network of ours, and nothing else.
        const remote = n === 0 ? "172.16.1.0/24" : `11.${network}`;
        const place = { id: `other-${id}-${n}`, gateway: id, region, customer, local: `10.${network}`, remote };
        connections.set(place.id, stranger(provider, place));
      }
    }
  }

  #toSent(sender: Invocation, vendor: ProviderName, region: string, parameters: Parameters): SentCreate {
    return {
      id: sender.subject,
      sender,
      vendor,
      gateway: `${vendor}#${region}#${String(parameters["VpnGatewayId"])}`,
      parameters: JSON.stringify(parameters),
      token: typeof parameters["ClientToken"] === "string" ? parameters["ClientToken"] : "",
      sentAt: 0,
      arrived: false,
      lost: false,
      isPlain: true,
    };
  }
}

/** The name as a vendor keeps it that has no small letters, and something behind each name. */
function capitalize(connection: AlibabaConnection | TencentConnection): void {
  const member = "Name" in connection ? "Name" : "VpnConnectionName";
  const name = "Name" in connection ? connection.Name : connection.VpnConnectionName;
  Object.assign(connection, { [member]: `${name.toUpperCase()} ` });
}

const addressOf = (number: number) => `198.51.100.${number}`;

function unreadable(how: "out of reach" | "absent"): ProviderError {
  return new ProviderError({
    class: how === "absent" ? "auth" : "retry",
    action: "ReadCredentials",
    beforehand: `the credentials are ${how}`,
    advice: "Look at the store of credentials.",
  });
}

/** What becomes of a call to a vendor that is out of reach. */
function drawSilence(random: Random, vendor: ProviderName): VendorFault {
  return random.pick<VendorFault>([
    { phase: "before", answer: "refused" },
    { phase: "before", answer: "throttled" },
    { phase: "never", answer: "hang" },
    { phase: "before", answer: "code", code: vendor === "alibaba" ? "TaskConflict" : "ResourceInUse" },
  ]);
}

/** Alibaba's wire form: `Tags.1.Key`, all strings. */
export function flatten(parameters: Parameters): Record<string, string> {
  const flat: Record<string, string> = {};
  const visit = (path: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    if (Array.isArray(value)) value.forEach((item, index) => visit(`${path}.${index + 1}`, item));
    else if (typeof value === "object") {
      for (const [key, member] of Object.entries(value)) visit(path ? `${path}.${key}` : key, member);
    } else flat[path] = typeof value === "string" ? value : JSON.stringify(value);
  };
  visit("", parameters);
  return flat;
}

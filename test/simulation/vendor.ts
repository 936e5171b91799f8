import { providerCallSeconds } from "../../functions/domain/limits.ts";
import type { CallProvider, ConnectProvider } from "../../functions/domain/provider/provider.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import * as alibabaErrors from "../../functions/providers/alibaba/errors.ts";
import { createProvider as createAlibaba } from "../../functions/providers/alibaba/provider.ts";
import { observe } from "../../functions/providers/observe.ts";
import * as tencentErrors from "../../functions/providers/tencent/errors.ts";
import { createProvider as createTencent } from "../../functions/providers/tencent/provider.ts";
import { AlibabaCloud } from "../../packages/simulators/src/alibaba/cloud.ts";
import { CallJournal } from "../../packages/simulators/src/call-journal.ts";
import { exchangeCall } from "../../packages/simulators/src/exchange.ts";
import { type Fault, FaultQueue } from "../../packages/simulators/src/faults.ts";
import { TencentCloud } from "../../packages/simulators/src/tencent/cloud.ts";
import type { ProviderCall } from "../../packages/simulators/src/vendor-call.ts";
import type { Chaos } from "./chaos.ts";
import type { Invocation, Reply } from "./invocation.ts";
import type { Ledger, SentCreate } from "./ledger.ts";
import { drawSilence } from "./reach.ts";
import type { Scheduler } from "./scheduler.ts";
import { receive, refusedError, timeoutError } from "./vendor-errors.ts";
import { drawTrouble, type Trouble } from "./vendor-faults.ts";

type Answer = Record<string, unknown>;
type Parameters = Readonly<Record<string, unknown>>;

/** Milliseconds that the real clients wait. */
const patience = providerCallSeconds * 1000;
/** The latest that a call can still reach the vendor: what the settle window reckons with. */
const latestArrival = 24_000;

const hanging: Trouble = { kind: "fault", fault: { action: "*", times: 1, kind: "hang-before" } };

/** A journal for calls that nobody counts. */
class NoJournal extends CallJournal {
  override record(): void {}
}

/** A connection as it really is at the vendor, shown to lists or not. */
export interface RealConnection {
  id: string;
  name: string;
}

interface ProviderDeps {
  scheduler: Scheduler;
  chaos: Chaos;
  ledger: Ledger;
  gateways: readonly { provider: ProviderName; id: string }[];
  customerGateways: number;
  /** How long a job takes; absent = as the seed has it. */
  provisioningSeconds: number | undefined;
  /** Whether a read of this action never is answered, while faults last. */
  hangs: (vendor: ProviderName, action: string) => boolean;
  /** Whether the vendor is out of reach for this request now. */
  isOutOfReach: (id: string) => boolean;
}

/**
 * Both vendors, with what their documents leave open drawn by the seed: how far lists lag, how long a job takes, whether
 * names are kept as they are sent, and whether a create is compared with the connections that exist (all, those that
 * lists show, none).
 */
export class Vendors {
  readonly #deps: ProviderDeps;
  readonly #clouds: { alibaba: AlibabaCloud; tencent: TencentCloud };
  readonly #journal: CallJournal;
  readonly #maxLag: number;
  readonly #comparesWith: "all" | "shown" | "none";

  constructor(deps: ProviderDeps) {
    this.#deps = deps;
    const { scheduler, chaos, gateways, customerGateways, provisioningSeconds } = deps;
    const { random } = chaos;
    const now = () => scheduler.now;
    const numbers = Array.from({ length: customerGateways }, (_, index) => index + 1);
    const customers = numbers.map((number) => ({
      CustomerGatewayId: `cgw-${number}`,
      IpAddress: `198.51.100.${number}`,
    }));
    const idsOf = (name: ProviderName) => gateways.filter(({ provider }) => provider === name);
    const provisioningMilliseconds = (provisioningSeconds ?? random.integer(1, 60)) * 1000;
    this.#maxLag = random.chance(0.5) ? 0 : random.integer(1, 30) * 1000;
    this.#comparesWith = random.pick(["all", "shown", "none"]);
    const trimNames = random.chance(0.5);
    this.#journal = new NoJournal(now);
    this.#clouds = {
      alibaba: new AlibabaCloud({
        now,
        random: random.next,
        provisioningMilliseconds,
        estate: { gateways: idsOf("alibaba").map(({ id }) => ({ VpnGatewayId: id })), customerGateways: customers },
      }),
      tencent: new TencentCloud({
        now,
        random: random.next,
        provisioningMilliseconds,
        estate: { gateways: idsOf("tencent").map(({ id }) => ({ VpnGatewayId: id })), customerGateways: customers },
      }),
    };
    for (const cloud of Object.values(this.#clouds)) cloud.configure({ trimNames });
  }

  /** The connections made for the request of this name: vendors that change names leave the last 13 characters alone. */
  named(name: string): RealConnection[] {
    return this.all().filter((connection) => connection.name.endsWith(name.slice(-13)));
  }

  all(): RealConnection[] {
    return [
      ...this.#clouds.alibaba.connections().map(({ VpnConnectionId: id, Name: name }) => ({ id, name })),
      ...this.#clouds.tencent.connections().map(({ VpnConnectionId: id, VpnConnectionName: name }) => ({ id, name })),
    ];
  }

  /** The real providers, over calls that this invocation makes. */
  openerFor(invocation: Invocation): ConnectProvider {
    const now = () => this.#deps.scheduler.now;
    const onUnclassified = ({ code }: { code: string }) => invocation.say(() => `does not know the code ${code}`);
    return async (name, { region, onCall, onWarning }) => {
      const call = this.#callFor(invocation, name, region);
      return name === "alibaba"
        ? createAlibaba(observe(call, { onCall, onUnclassified, errors: alibabaErrors, now }), onWarning)
        : createTencent(observe(call, { onCall, onUnclassified, errors: tencentErrors, now }), onWarning);
    };
  }

  #callFor(invocation: Invocation, vendor: ProviderName, region: string): CallProvider {
    return (action, parameters) => {
      const isCreate = action === "CreateVpnConnection";
      const { chaos, ledger } = this.#deps;
      const hangs = !chaos.isOver && this.#deps.hangs(vendor, action);
      const isAway = this.#deps.isOutOfReach(invocation.subject);
      const trouble = isAway
        ? drawSilence(chaos.random, vendor)
        : hangs
          ? hanging
          : chaos.strikes(isCreate ? "vendorCreate" : "vendorRead")
            ? drawTrouble(chaos.random, vendor, isCreate)
            : undefined;
      const call: ProviderCall = {
        action,
        region,
        parameters: vendor === "alibaba" ? flatten({ RegionId: region, ...parameters }) : parameters,
      };
      const sent = isCreate ? toSentCreate(invocation, vendor, region, parameters) : undefined;
      const word = trouble && (trouble.kind === "fault" ? trouble.fault.kind : trouble.kind);
      if (trouble?.kind === "refusal") ledger.permitRefusal(invocation.subject);
      if (trouble) invocation.suffer(`${vendor} ${isCreate ? "create" : "read"} ${word}`, action);
      else if (isCreate) invocation.say(() => `sends ${action} to ${vendor}`);
      return invocation.call(action, this.#replyTo(vendor, call, sent, trouble));
    };
  }

  #replyTo(
    vendor: ProviderName,
    call: ProviderCall,
    sent: SentCreate | undefined,
    trouble: Trouble | undefined,
  ): Reply<Answer> {
    const { chaos, scheduler, ledger } = this.#deps;
    const { random } = chaos;
    const { parameters } = call;
    const onSent = sent ? { onSent: () => ledger.noteSent(sent) } : {};
    if (trouble?.kind === "refused") return { answerAfter: 5, failure: () => refusedError(vendor, parameters) };
    const fault = trouble && "fault" in trouble ? trouble.fault : undefined;
    if (fault?.kind === "hang-before") {
      if (sent) sent.lost = true;
      return { ...onSent, answerAfter: patience, failure: () => timeoutError(vendor, parameters) };
    }
    const deliver = () => this.#deliver(vendor, call, fault, sent);
    if (trouble?.kind === "late" || fault?.kind === "hang-after") {
      const arrival = trouble?.kind === "late" ? random.integer(1000, latestArrival) : random.integer(20, 3000);
      return {
        onSent: () => {
          onSent.onSent?.();
          scheduler.after(arrival, deliver);
        },
        answerAfter: patience,
        failure: () => timeoutError(vendor, parameters),
      };
    }
    const slow = chaos.strikes("slow");
    return {
      ...onSent,
      effectAfter: slow ? random.integer(20, 9000) : random.integer(20, 400),
      answerAfter: slow ? random.integer(10, 9000) : random.integer(10, 200),
      effect: () => receive(vendor, deliver(), parameters),
    };
  }

  #deliver(vendor: ProviderName, call: ProviderCall, fault: Fault | undefined, sent: SentCreate | undefined) {
    const { chaos, ledger } = this.#deps;
    const cloud = this.#clouds[vendor];
    const faults = new FaultQueue();
    if (fault) faults.add(fault);
    const carryOut = () => exchangeCall({ cloud, faults, journal: this.#journal }, call);
    if (!sent) return carryOut();
    if (this.#maxLag > 0) cloud.configure({ visibleAfterMilliseconds: chaos.random.integer(0, this.#maxLag) });
    const delivery = this.#amongThoseCompared(cloud.tables.connections, carryOut);
    ledger.noteArrived(sent, this.named(sent.name));
    return delivery;
  }

  #amongThoseCompared<Result>(connections: Map<string, { visibleAt: number }>, carryOut: () => Result): Result {
    const all = connections as Map<string, never>;
    const hidden = [...connections].filter(([, { visibleAt }]) =>
      this.#comparesWith === "none" ? true : this.#comparesWith === "shown" && visibleAt > this.#deps.scheduler.now,
    ) as [string, never][];
    for (const [id] of hidden) all.delete(id);
    const result = carryOut();
    for (const [id, connection] of hidden) all.set(id, connection);
    return result;
  }
}

function toSentCreate(
  { subject, name: sender, lastTenant }: Invocation,
  vendor: ProviderName,
  region: string,
  parameters: Parameters,
): SentCreate {
  const gatewayId = String(parameters["VpnGatewayId"]);
  return {
    id: subject,
    sender,
    tenant: lastTenant,
    vendor,
    gateway: `${vendor}#${region}#${gatewayId}`,
    name: String(parameters["Name"] ?? parameters["VpnConnectionName"]),
    token: typeof parameters["ClientToken"] === "string" ? parameters["ClientToken"] : "",
    arrived: false,
    lost: false,
    made: false,
  };
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

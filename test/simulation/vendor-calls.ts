import { ProviderError } from "../../functions/domain/provider/provider-error.ts";
import type { CallProvider, ConnectProvider } from "../../functions/domain/provider/provider.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import * as alibabaErrors from "../../functions/providers/alibaba/errors.ts";
import { createProvider as createAlibaba } from "../../functions/providers/alibaba/provider.ts";
import { observe } from "../../functions/providers/observe.ts";
import * as tencentErrors from "../../functions/providers/tencent/errors.ts";
import { createProvider as createTencent } from "../../functions/providers/tencent/provider.ts";
import type { Delivery } from "../../packages/simulators/src/exchange.ts";
import type { ProviderCall } from "../../packages/simulators/src/vendor-call.ts";
import { type Assumptions, clientTimeout } from "./assumptions.ts";
import type { Chaos } from "./faults.ts";
import { type Heard, toHeard, toHeardFailure } from "./heard.ts";
import { type Invocation, named, type Reply } from "./invocation.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import { receive, refusedError, timeoutError } from "./vendor-errors.ts";
import { describeFault, drawCreateFault, drawReadFault, type VendorFault } from "./vendor-faults.ts";
import type { World } from "./world.ts";

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

/** Hears of what is asked and answered. */
export interface CallWatch {
  /** A call begins. */
  noteAsked(invocation: Invocation): void;
  noteSent(sent: SentCreate): void;
  /** What somebody was answered. */
  noteAnswered(invocation: Invocation, heard: Heard): void;
}

/** One call as it arrives, with what is done to it. */
export interface Arrival {
  vendor: ProviderName;
  call: ProviderCall;
  fault: VendorFault | undefined;
  sent: SentCreate | undefined;
}

interface VendorCallsDeps {
  scheduler: Scheduler;
  chaos: Chaos;
  watch: CallWatch;
  world: World;
  assumptions: Assumptions;
  /** Whether the vendor is out of reach for this request now. */
  isOutOfReach: (id: string) => boolean;
  /** Has the vendor carry out what has arrived. */
  deliver: (arrival: Arrival) => Delivery;
}

/** The way to both vendors and back, with everything that can go wrong on it. */
export class VendorCalls {
  readonly #deps: VendorCallsDeps;

  constructor(deps: VendorCallsDeps) {
    this.#deps = deps;
  }

  /** The real providers, over calls that this invocation makes. */
  openerFor(invocation: Invocation): ConnectProvider {
    const { chaos, scheduler } = this.#deps;
    const now = () => scheduler.now;
    const onUnclassified = ({ code }: { code: string }) => invocation.say(() => `does not know the code ${code}`);
    return async (name, { region, credentials, onCall, onWarning }) => {
      const fault = chaos.strike(
        "credentials",
        invocation,
        "credentials",
        (random) => ({ how: random.pick(["out of reach", "out of reach", "absent", "broken"] as const) }),
        { sticks: invocation.subject },
      );
      if (fault) {
        invocation.suffer(`credentials ${fault.how}`);
        if (fault.how === "broken") throw named("NoCredentials");
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

  #replyTo(invocation: Invocation, { vendor, call, sent, fault }: Arrival): Reply<Answer> {
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
    const deliver = () => this.#deps.deliver({ vendor, call, fault, sent });
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

import type { Actor } from "../actor.ts";
import type { RequestError } from "../errors.ts";
import type { ProviderCall, TunnelState } from "../provider/provider.ts";
import type { ReportedParameters } from "../provider/reported.ts";
import type { StoredRequest } from "../request/pre-shared-keys.ts";
import type { TurnGivenBack } from "./give-turn-back.ts";
import type { ProviderProblem } from "./provider-problem.ts";
import type { Status } from "./status.ts";

/** What happened, in the order it happened. Calls that repeat and change nothing are folded into one with a `count`. */
export type TimelineEvent =
  | { type: "status"; at: string; status: Status; reason: string }
  | ({ type: "vendor_call"; at: string; count: number; lastAt: string } & Omit<ProviderCall, "retryAfterSeconds">)
  /** `by` is the API key of the person who asked for it; absent = the broker itself. An operator's has a reason. */
  | {
      type: "recovery";
      at: string;
      action: string;
      by?: string;
      actor?: "operator";
      reason?: string;
      connectionIds?: string[];
    }
  /** `tunnel` is the tunnel's place in the request, from 0. */
  | { type: "tunnel"; at: string; tunnel: number; state: TunnelState["state"]; reason: string }
  | {
      type: "webhook_attempt";
      at: string;
      /** The `webhook-id` that it was sent under. */
      deliveryId: string;
      attempt: number;
      outcome: string;
      statusCode?: number;
      durationMilliseconds: number;
      nextAttemptAt?: string;
    };

/** The write-ahead note of one vendor create: written before the call, closed by its outcome. */
export interface CreateAttempt {
  number: number;
  /** `undecided`: the vendor may have acted on it without our knowing. `void`: it was never answered, and had no effect. `failed`: it was accepted, and its job failed; in an earlier run, `failed-earlier`. */
  state: "undecided" | "void" | "accepted" | "refused" | "failed" | "failed-earlier";
  /** How often it was sent; written before each sending, so that an answer is known to be of the last one. */
  sends: number;
  /** What its last sending was answered with, where that says nothing of the effect. */
  answer?: RequestError;
  /** Why its last sending was refused, while something of it may have worked: it is only looked for then. */
  doubt?: RequestError;
  /** What follows a doubt when nothing turns up: the end, unless this is set and the refusal was one that passes. */
  passes?: true;
  /** Whether that refusal is one that our own connection would cause: then nothing found is no proof. */
  mayBeOurs?: true;
  /** Whether the vendor will not carry out this token any more: it is not sent again. */
  spent?: true;
  /** Whether it failed by its connection not being there any more: a list that lags for longer would show the same. */
  gone?: true;
  /** Whether its refusal is the end of the run: whoever comes once more is told the same. */
  final?: true;
  /** Whether an attempt before this one, and after the last look, may have worked: it was put off, or never heard of. */
  unheard?: true;
  /** Whether an earlier run sent it: others may have had the gateway's turn since its window was over. */
  inherited?: true;
  /** How many attempts in a row before this one were answered with "not now". */
  putOff?: number;
  /** How many attempts in a row before this one were never answered. */
  unanswered: number;
  startedAt: string;
  /** The vendor's action and every parameter of it, with keys masked: exactly what was sent. */
  action: string;
  parameters: Record<string, unknown>;
  /** No call of this attempt can still be under way after this time. */
  settledAt: string;
}

export const deliveryStates = ["pending", "delivered", "exhausted"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Where the delivery of the final webhook stands. */
export interface Delivery {
  state: DeliveryState;
  attempts: number;
  /** Not before this time is it tried again. */
  nextAttemptAt?: string;
  /** Attempts made before somebody asked for it to be sent again: the schedule begins anew after them. */
  resentAfter?: number;
  /** How often the workflow that delivers was started anew; absent = never. */
  restarts?: number;
  /** The host that did not take its last attempt; gone with the one that it takes. */
  failingHost?: string;
}

/** Everything the broker knows of one request: one item in the table. Times are RFC 3339 with milliseconds. */
export interface ConnectionRecord {
  id: string;
  tenant: string;
  /** Who asked for it: the audit log's entry of its creation. */
  createdBy: Actor;
  clientToken: string;
  request: StoredRequest;
  /** Reference of the vendor credentials that the tenant had when it was accepted; absent = the broker's own. */
  credentials?: string;
  /** Whether the tenant's list named each of its gateways, and not by a wildcard, when it was accepted. */
  namesGateways?: true;
  /** Whether the tenant's own endpoint hears of the end, because the request names no callback. */
  notifyTenant?: true;
  /** Whether it stands for what a dry run left at the vendor: it is looked at then, and nothing is adopted or sent. */
  leftover?: true;
  /** A sealed pre-shared key per tunnel; an empty text once it is erased. */
  sealedKeys: string[];
  status: Status;
  statusReason: string;
  /** The run: raised before each restart, part of the execution's name. */
  generation: number;
  /** Grows with each change a caller can see. */
  revision: number;
  /** Grows with each write; what the store compares. */
  version: number;
  /** Vendor creates sent so far. */
  attempts: number;
  create?: CreateAttempt;
  /** The vendor's last answer, while it stands in the way; gone with the next good one. */
  providerProblem?: ProviderProblem;
  /** Why it was last refused for certain: by the vendor, its job, or a check before the call. */
  refusal?: RequestError;
  providerConnectionId?: string;
  /** The vendor's id of the last create's answer. */
  createRequestId?: string;
  /** Tencent's RequestId of the create, by which its task is asked for. */
  providerTaskId?: string;
  /** That this run has given its gateway's turn back; absent = never. */
  givenBack?: TurnGivenBack;
  /** That its gateway was last seen at work, by it or by who is ahead of it, so that nothing was sent; gone with the next attempt. */
  gatewayBusy?: { why: string; seenAt: string };
  /** The vendor asked us to stay away until then. */
  providerNotBefore?: string;
  error?: RequestError;
  warnings: string[];
  tunnels: TunnelState[];
  /** What the vendor showed of the connection when it was ready; absent = it has not been, or an older release saw it. */
  reported?: { at: string; parameters: ReportedParameters };
  events: TimelineEvent[];
  delivery?: Delivery;
  /** `due` where the vendor is to be looked at again after the end; `found` where that look showed a connection. */
  lastLook?: "due" | "found";
  /** When replays brought a wrong secret, oldest first: those of the last day, as of the last of them; absent = never. */
  wrongSecrets?: string[];
  createdAt: string;
  updatedAt: string;
  completedAt?: string;
  /** How many requests were to go first on the gateway when it was last looked at; absent = none. */
  ahead?: number;
  /** Its place among its tenant's own on that gateway then, from 1; absent where it did not wait. */
  position?: number;
  /** Until then the run waits for its first turn. */
  queueDeadlineAt: string;
  /** Until then the run goes on once it has had its turn; absent = it has not. */
  deadlineAt?: string;
}

import type { RequestError } from "../errors.ts";
import { capabilities } from "../provider/capabilities.ts";
import { requestErrorOfClass } from "../provider/request-error.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { describeAnswer } from "./create-attempt.ts";
import { deadlineOf } from "./deadlines.ts";
import { countProblem, describePlace, isOfCreate, sendNoOther } from "./describe-problem.ts";
import { toProviderConnectionName } from "./ids.ts";
import { decideLeftover } from "./leftover.ts";
import type { Outcome } from "./transitions.ts";
import { mayHaveConnection } from "./turn.ts";

/**
 * How a run ends, from what the record knows and the name of the error that ended the workflow (none: it went through).
 * A definite refusal is `failed`; anything that may have left a connection at the vendor is `unknown`.
 */
export function decideOutcome(record: ConnectionRecord, failure: string | undefined): Outcome {
  if (record.leftover) return decideLeftover(record, failure);
  if (failure === undefined) return { status: "succeeded", reason: "the vendor reports the connection as ready" };
  const { refusal } = record;
  const jobFailed = failure === "JobFailed" && record.create?.state === "failed";
  if (!jobFailed && mayHaveConnection(record)) return undecided(record, failure);
  // What stood in the way to the last says more than a refusal of an earlier attempt.
  const isLate = failure === "DeadlinePassed" && (!refusal || record.providerProblem !== undefined);
  if (isLate) return { status: "failed", ...late(record) };
  if (refusal) return { status: "failed", reason: refusal.message, error: refusal };
  const sent = record.attempts === 0 ? "nothing was sent to the vendor" : "the vendor lists no connection of it";
  const message = `the broker could not carry out the request; ${sent}`;
  const advice = "Run it again; if it happens twice, tell the broker's operators the request's id.";
  return { status: "failed", reason: message, error: { code: "provider_internal", message, retryable: true, advice } };
}

/** Too late, and nothing is at the vendor. What it answered until then says more than that the time was over. */
function late(record: ConnectionRecord): Pick<Outcome, "reason"> & { error: RequestError } {
  const { member } = deadlineOf(record);
  const { providerProblem: problem } = record;
  if (problem) {
    const { advice, code, requestId } = problem;
    const message = `${countProblem(problem)}, until ${member} passed`;
    return {
      reason: message,
      error: {
        code: requestErrorOfClass[problem.class],
        message,
        retryable: true,
        advice,
        ...(code === undefined ? {} : { providerCode: code }),
        ...(requestId === undefined ? {} : { providerRequestId: requestId }),
      },
    };
  }
  const { message, advice } = member === "timeoutSeconds" ? lateToSend(record) : lateToBegin(record);
  return { reason: message, error: { code: "deadline_exceeded", message, retryable: true, advice } };
}

type Told = Pick<RequestError, "message" | "advice">;

/** It had its turn, and nothing stood in the way at the end but what its status says. */
function lateToSend({ attempts, gatewayBusy, request, statusReason }: ConnectionRecord): Told {
  const { title } = capabilities[request.provider];
  const passed = `timeoutSeconds passed before ${attempts === 0 ? "a" : "another"} create could be sent to ${title}`;
  if (gatewayBusy) return waitedForGateway(passed, request, gatewayBusy);
  return {
    message: `${passed}; the last that was known: ${statusReason}`,
    advice: "Look at the request's events for what stood in the way, then redrive it.",
  };
}

function lateToBegin({ status, gatewayBusy, request }: ConnectionRecord): Told {
  if (status !== "queued") {
    return {
      message: "queueTimeoutSeconds passed before the broker came to look at the gateway's turn",
      advice: "Redrive it; if it happens twice, tell the broker's operators the request's id.",
    };
  }
  const passed = "queueTimeoutSeconds passed before the gateway's turn came";
  if (gatewayBusy) return waitedForGateway(passed, request, gatewayBusy);
  return {
    message: passed,
    advice: "Redrive it when fewer requests wait for this gateway, or send it again with a longer queueTimeoutSeconds.",
  };
}

/** A longer time helps nobody whose gateway does not get done. */
function waitedForGateway(
  passed: string,
  { provider, region, vpnGatewayId }: ConnectionRecord["request"],
  { why, seenAt }: NonNullable<ConnectionRecord["gatewayBusy"]>,
): Told {
  const where = `${vpnGatewayId} at ${capabilities[provider].title}, ${region}`;
  return {
    message: `${passed}; seen last, at ${seenAt}: ${why}`,
    advice: `Look at ${where}: it takes no create while another change is under way. Redrive the request when it is free.`,
  };
}

function undecided(record: ConnectionRecord, failure: string): Outcome {
  const where = describePlace(record);
  const { providerConnectionId: known, providerProblem: problem, create } = record;
  const passed = failure === "DeadlinePassed" ? deadlineOf(record).member : undefined;
  const told = failure === "Undecidable" ? record.statusReason : lastKnown(record);
  const reason = problem?.message === told ? countProblem(problem) : told;
  const message = known
    ? `${unready(known, passed)}${tellLast(record, record.statusReason)}`
    : `${unclear(reason, passed)}${tellLast(record, told)}`;
  const named = toProviderConnectionName(record.request.name, record.id);
  const look = known
    ? `Look at ${known} (${named}; ${where}); a redrive goes on waiting for it.`
    : `Look for connections named ${named} at ${where}; delete what should not be there, then redrive.`;
  const advice = `${look} ${sendNoOther}`;
  // A redrive meets the same refusal for as long as what it comes from is there.
  const others =
    !known && create?.mayBeOurs ? `${advice} If none has that name, another one stands in the way.` : advice;
  // What is to be done about an unclear create is said already; and the request is not at fault where a question was wrong.
  const helps = problem !== undefined && !isOfCreate(record) && problem.class !== "validation";
  const more = helps ? `${advice} ${problem.advice}` : others;
  const { code, requestId } = problem ?? toAnswered(create?.doubt ?? create?.answer);
  return {
    status: "unknown",
    reason: message,
    error: {
      code: passed ? "deadline_exceeded" : "outcome_unknown",
      message,
      retryable: true,
      advice: more,
      ...(code === undefined ? {} : { providerCode: code }),
      ...(requestId === undefined ? {} : { providerRequestId: requestId }),
    },
  };
}

/** What was last seen or answered, where it is not told already. */
function tellLast(
  { providerProblem: problem, providerConnectionId: known, ...record }: ConnectionRecord,
  told: string,
) {
  if (problem) return told.includes(problem.message) ? "" : `; the last answer: ${countProblem(problem)}`;
  return known && record.status === "provisioning" ? `; last seen: ${told}` : "";
}

/** What is known of the create at the end, when nobody looks for it any more. */
function lastKnown({ create, status, statusReason }: ConnectionRecord): string {
  if (status === "queued" || !create) return statusReason;
  if (create.state === "accepted") return "the vendor accepted the create but gave no id";
  return create.doubt?.message ?? describeAnswer(create.answer);
}

function toAnswered(answer: RequestError | undefined): { code?: string; requestId?: string } {
  return {
    ...(answer?.providerCode === undefined ? {} : { code: answer.providerCode }),
    ...(answer?.providerRequestId === undefined ? {} : { requestId: answer.providerRequestId }),
  };
}

type Passed = ReturnType<typeof deadlineOf>["member"] | undefined;

/** `queueTimeoutSeconds` is that of a redrive, which waits for its turn before it looks. */
function unready(connectionId: string, passed: Passed): string {
  return passed === "queueTimeoutSeconds"
    ? `queueTimeoutSeconds passed before ${connectionId} could be looked at again`
    : `${connectionId} was accepted and not reported ready${passed ? ` within ${passed}` : ""}`;
}

function unclear(reason: string, passed: Passed): string {
  return passed
    ? `${passed} passed before it could be decided whether the create took effect; the last that was known: ${reason}`
    : `whether the create took effect could not be decided safely: ${reason}`;
}

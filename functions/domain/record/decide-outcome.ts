import type { RequestError } from "../errors.ts";
import { capabilities } from "../provider/capabilities.ts";
import { requestErrorOfClass } from "../provider/request-error.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { deadlineOf } from "./deadlines.ts";
import { countProblem, describePlace, isOfCreate } from "./describe-problem.ts";
import { toProviderConnectionName } from "./ids.ts";
import type { Outcome } from "./transitions.ts";
import { mayHaveConnection } from "./turn.ts";

/**
 * How a run ends, from what the record knows and the name of the error that ended the workflow (none: it went through).
 * A definite refusal is `failed`; anything that may have left a connection at the vendor is `unknown`.
 */
export function decideOutcome(record: ConnectionRecord, failure: string | undefined): Outcome {
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
  const { title } = capabilities[record.request.provider];
  const [message, advice] =
    member === "timeoutSeconds"
      ? [
          `timeoutSeconds passed before ${record.attempts === 0 ? "a" : "another"} create could be sent to ${title}; the last that was known: ${record.statusReason}`,
          "Look at the request's events for what stood in the way, then redrive it.",
        ]
      : record.status === "queued"
        ? [
            "queueTimeoutSeconds passed before the gateway's turn came",
            "Redrive it when fewer requests wait for this gateway, or send it again with a longer queueTimeoutSeconds.",
          ]
        : [
            "queueTimeoutSeconds passed before the broker came to look at the gateway's turn",
            "Redrive it; if it happens twice, tell the broker's operators the request's id.",
          ];
  return { reason: message, error: { code: "deadline_exceeded", message, retryable: true, advice } };
}

function undecided(record: ConnectionRecord, failure: string): Outcome {
  const where = describePlace(record);
  const { providerConnectionId: known, providerProblem: problem, create, statusReason } = record;
  const passed = failure === "DeadlinePassed" ? deadlineOf(record).member : undefined;
  const reason = problem?.message === statusReason ? countProblem(problem) : statusReason;
  const message = `${known ? unready(known, passed) : unclear(reason, passed)}${tellLast(record)}`;
  const named = toProviderConnectionName(record.request.name, record.id);
  const advice = known
    ? `Look at ${known} (${named}; ${where}); a redrive goes on waiting for it.`
    : `Look for connections named ${named} at ${where}; delete what should not be there, then redrive.`;
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

/** What was last seen or answered, where it is not said already. */
function tellLast({ providerProblem: problem, providerConnectionId: known, status, statusReason }: ConnectionRecord) {
  if (problem) return statusReason.includes(problem.message) ? "" : `; the last answer: ${countProblem(problem)}`;
  return known && status === "provisioning" ? `; last seen: ${statusReason}` : "";
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

function unclear(statusReason: string, passed: Passed): string {
  const message = `whether the create took effect could not be decided safely: ${statusReason}`;
  return passed ? `${message}, until ${passed} passed` : message;
}

import { capabilities } from "../provider/capabilities.ts";
import type { ConnectionRecord } from "./connection-record.ts";
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
  if (refusal) return { status: "failed", reason: refusal.message, error: refusal };
  if (failure === "DeadlinePassed") {
    const message = `timeoutSeconds passed before ${capabilities[record.request.provider].title} was asked`;
    const advice = "Send the request again with a new clientToken, or with a longer timeoutSeconds.";
    return {
      status: "failed",
      reason: message,
      error: { code: "deadline_exceeded", message, retryable: true, advice },
    };
  }
  const message = "the broker could not carry out the request; nothing was sent to the vendor";
  const advice = "Run it again; if it happens twice, tell the broker's operators the request's id.";
  return { status: "failed", reason: message, error: { code: "provider_internal", message, retryable: true, advice } };
}

function undecided(record: ConnectionRecord, failure: string): Outcome {
  const { provider, region, vpnGatewayId } = record.request;
  const where = `${capabilities[provider].title}, ${region}, gateway ${vpnGatewayId}`;
  const known = record.providerConnectionId;
  const late = failure === "DeadlinePassed";
  const message = known
    ? `${known} exists but was not reported ready${late ? " within timeoutSeconds" : ""}`
    : "the vendor's answer to the create was lost, and whether it took effect could not be decided safely";
  const advice = known
    ? `Look at ${known} (${where}); a redrive goes on waiting for it.`
    : `Look for connections named after this request at ${where}; delete what should not be there, then redrive.`;
  return {
    status: "unknown",
    reason: message,
    error: { code: late ? "deadline_exceeded" : "outcome_unknown", message, retryable: true, advice },
  };
}

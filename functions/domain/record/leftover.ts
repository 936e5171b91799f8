import type { RequestError } from "../errors.ts";
import { capabilities } from "../provider/capabilities.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { deadlineOf } from "./deadlines.ts";
import { countProblem } from "./describe-problem.ts";
import { toProviderConnectionName } from "./ids.ts";
import type { Outcome } from "./transitions.ts";

/*
 * What a dry run left at a vendor is a record like any other, to be found and listed; but nothing is ever made, adopted or
 * sent for it. A redrive looks whether it is gone, which is all that can be done about it here.
 */

type Made = Pick<ConnectionRecord, "id" | "providerConnectionId"> & {
  request: Pick<ConnectionRecord["request"], "provider" | "name">;
};

function describeLeftover({ id, request, providerConnectionId }: Made): string {
  return `${providerConnectionId} (${toProviderConnectionName(request.name, id)})`;
}

/** That it is there, and what a person should do. */
export function toLeftoverError(made: Made): RequestError {
  const { title } = capabilities[made.request.provider];
  const which = describeLeftover(made);
  return {
    code: "provider_internal",
    message: `${title} carried out a dry run and made ${which}`,
    retryable: false,
    advice: `Delete ${which} at ${title}: nobody asked for it. Then redrive ${made.id}, which only looks whether it is gone, and leaves the attention list when it is.`,
  };
}

/** That it is gone, which ends the matter. */
export function toLeftoverGone(made: Made): RequestError {
  const { title } = capabilities[made.request.provider];
  return {
    code: "provider_not_found",
    message: `the connection that a dry run made is gone: ${title} has no ${describeLeftover(made)}`,
    retryable: false,
    advice: "Nothing is left to do: this request makes no connection, and there is none of it.",
  };
}

/** How a run ends that looked whether it is gone. Whatever kept it from being seen, it may be there. */
export function decideLeftover(record: ConnectionRecord, failure: string | undefined): Outcome {
  const { refusal, providerProblem: problem } = record;
  if (refusal) return { status: "failed", reason: refusal.message, error: refusal };
  const made = toLeftoverError(record);
  const answered = problem ? `: ${countProblem(problem)}` : "";
  const seen =
    failure === "Undecidable"
      ? "which is still there"
      : failure === "DeadlinePassed"
        ? `of which nothing could be seen before ${deadlineOf(record).member} passed${answered}`
        : `of which nothing could be seen${answered}`;
  const message = `${made.message}, ${seen}`;
  return { status: "unknown", reason: message, error: { ...made, message } };
}

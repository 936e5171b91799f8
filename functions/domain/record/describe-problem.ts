import { capabilities } from "../provider/capabilities.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import { toProviderConnectionName } from "./ids.ts";
import type { ProviderProblem } from "./provider-problem.ts";

/** The answer that stands in the way, and for how long. */
export function countProblem({ message, count, since, failingSince }: ProviderProblem): string {
  const counted = count === 1 ? message : `${message}, ${count} times since ${since}`;
  return failingSince === undefined ? counted : `${counted}, after other failures since ${failingSince}`;
}

/** Whether what stands in the way is the vendor's answer to the create, and not to a question. */
export function isOfCreate({ providerProblem, create }: ConnectionRecord): boolean {
  return create !== undefined && providerProblem?.action === create.action;
}

/** Where at the vendor a person looks for what this request made. */
export function describePlace({ request: { provider, region, vpnGatewayId } }: ConnectionRecord): string {
  return `${capabilities[provider].title}, ${region}, gateway ${vpnGatewayId}`;
}

/** What a caller must not do while there may be a connection: a second one would come of it. */
export const sendNoOther = "Do not send it under another clientToken before this is decided.";

/**
 * What stands in the way, and what follows, in one sentence without a full stop. Only questions are simply asked again; a
 * repeat that does no harm may leave before the settle time is over, and anything else may not.
 */
export function describeProblem(record: ConnectionRecord, problem: ProviderProblem): string {
  if (!isOfCreate(record)) return `${countProblem(problem)}; it is asked again`;
  const settledAt = record.create?.settledAt ?? "";
  const until = settledAt > problem.lastAt ? `, until ${settledAt} at the longest` : "";
  return `${countProblem(problem)}; its connections are looked at before anything is sent again${until}`;
}

/**
 * What a person may do while the broker is at work. The vendor's advice on a create is for who has sent it by hand: here
 * the broker does the looking, and who sends another meanwhile gets a second connection.
 */
export function adviseMeanwhile(record: ConnectionRecord, { advice, class: kind }: ProviderProblem): string {
  if (!isOfCreate(record) || kind === "retry" || kind === "conflict") return advice;
  const named = toProviderConnectionName(record.request.name, record.id);
  const look = `The broker itself looks for ${named} (${describePlace(record)}) before it sends anything again, and tells how it ends: make no other connection in its place meanwhile.`;
  return kind === "ambiguous" ? look : `${look} If there is none, this holds: ${advice}`;
}

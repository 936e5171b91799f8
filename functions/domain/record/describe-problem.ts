import { capabilities } from "../provider/capabilities.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import type { ProviderProblem } from "./provider-problem.ts";

/** The answer that stands in the way, and for how long. */
export function countProblem({ message, count, since }: ProviderProblem): string {
  return count === 1 ? message : `${message}, ${count} times since ${since}`;
}

/** Whether what stands in the way is the vendor's answer to the create, and not to a question. */
export function isOfCreate({ providerProblem, create }: ConnectionRecord): boolean {
  return create !== undefined && providerProblem?.action === create.action;
}

/** Where at the vendor a person looks for what this request made. */
export function describePlace({ request: { provider, region, vpnGatewayId } }: ConnectionRecord): string {
  return `${capabilities[provider].title}, ${region}, gateway ${vpnGatewayId}`;
}

/** What stands in the way, and what follows, in one sentence without a full stop. Only questions are simply asked again. */
export function describeProblem(record: ConnectionRecord, problem: ProviderProblem): string {
  const next = isOfCreate(record) ? "its connections are looked at before anything is sent again" : "it is asked again";
  return `${countProblem(problem)}; ${next}`;
}

import { mayPass, ProviderError } from "../domain/provider/provider-error.ts";
import type { ConnectProvider, Identity, Provider, ProviderCall } from "../domain/provider/provider.ts";
import { toRequestError } from "../domain/provider/request-error.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { refuse } from "../domain/record/create-attempt.ts";
import { toExecutionName, toOperationId, toProviderConnectionName } from "../domain/record/ids.ts";
import { judgeClock } from "../domain/record/provider-problem.ts";
import { isFinal } from "../domain/record/status.ts";
import { noteCalls } from "../domain/record/timeline.ts";
import { mayHaveConnection } from "../domain/record/turn.ts";
import { StepError } from "../domain/step-error.ts";
import { learn, requireTime, type RunDeps } from "./run.ts";

/** What a step that talks to a vendor needs. */
export interface ProviderDeps extends RunDeps {
  connectProvider: ConnectProvider;
  /** Multiplies the windows that steps reckon with, as the local stack multiplies those of the workflow; 1 in the cloud. */
  timeScale: number;
}

/** A vendor that was connected to, with the calls made to it so far and what it has shown to be warned of. */
export interface Connected {
  provider: Provider;
  calls: ProviderCall[];
  warnings: string[];
}

/** The vendor of this record, with its credentials. Nothing is sent when it throws. */
export async function connectFor(deps: ProviderDeps, record: ConnectionRecord): Promise<Connected> {
  const { credentials, request } = record;
  const { provider, region } = request;
  requireInvitation(deps, record);
  const calls: ProviderCall[] = [];
  const warnings: string[] = [];
  const onCall = (call: ProviderCall) => {
    const { retryAfterSeconds: wait } = call;
    calls.push({ ...call, ...(wait === undefined ? {} : { retryAfterSeconds: wait * deps.timeScale }) });
    const execution = toExecutionName(record);
    deps.log("vendor_call", { connectionId: record.id, execution, provider, ...call });
  };
  const onWarning = (warning: string) => warnings.push(warning);
  const options = { region, onCall, onWarning, ...(credentials === undefined ? {} : { credentials }) };
  try {
    return { provider: await deps.connectProvider(provider, options), calls, warnings };
  } catch (error) {
    if (error instanceof ProviderError && isFinal(record.status)) {
      throw new StepError("ProviderUnavailable", error.message);
    }
    // What fails by itself is retried for longer than the request has time.
    if (!(error instanceof ProviderError) && !isFinal(record.status)) requireTime(deps, record);
    throw await standInTheWay(deps, record, calls, error);
  }
}

/**
 * A vendor that asked us to stay away is not asked before. A `Retry` cannot wait for a time that is computed, and a Wait
 * would cost two transitions more each time: so the workflow comes as always, and here it costs one read.
 */
function requireInvitation(deps: ProviderDeps, record: ConnectionRecord): void {
  const { providerNotBefore } = record;
  if (providerNotBefore === undefined || deps.clock.now() >= new Date(providerNotBefore)) return;
  if (!isFinal(record.status)) requireTime(deps, record);
  throw new StepError("ProviderUnavailable", `the vendor asked us to stay away until ${providerNotBefore}`);
}

/**
 * What follows when a vendor was not connected to, or did not answer a question as it should. A definite refusal ends a
 * request of which the vendor can have nothing, because what was not read is not taken for right; everybody else comes
 * back until the deadline, and the record says what stands in the way.
 */
async function standInTheWay(
  deps: ProviderDeps,
  record: ConnectionRecord,
  calls: ProviderCall[],
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof ProviderError)) return error;
  const { message } = error;
  if (isFinal(record.status)) {
    await deps.store.save(noteCalls(record, deps.clock.now(), calls));
    return new StepError("ProviderUnavailable", message);
  }
  const facts = judgeClock(record, error.facts);
  const isRefusal = (current: ConnectionRecord) => !mayPass(facts.class) && !mayHaveConnection(current);
  const named = toProviderConnectionName(record.request.name, record.id);
  const refusal = toRequestError(record.request.provider, facts, named);
  const saved = await learn({ deps, record, calls, problem: error.facts }, (current, now) =>
    isRefusal(current) ? refuse(current, now, refusal) : current,
  );
  if (isRefusal(saved)) return new StepError("Rejected", message);
  requireTime(deps, saved);
  return new StepError("ProviderUnavailable", message);
}

/** What tells the connection of this record from all others at the vendor. */
export function identityOf(record: ConnectionRecord): Identity {
  const { vpnGatewayId, tunnels } = record.request;
  return {
    operationId: toOperationId(record.id),
    vpnGatewayId,
    customerGatewayId: tunnels[0]?.customerGatewayId ?? "",
  };
}

/** Runs a read at the vendor. Throws what follows when it fails. */
export async function readProvider<Result>(
  deps: ProviderDeps,
  record: ConnectionRecord,
  calls: ProviderCall[],
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    throw await standInTheWay(deps, record, calls, error);
  }
}

import { ProviderError } from "../domain/provider/provider-error.ts";
import type { ConnectProvider, Identity, Provider, ProviderCall } from "../domain/provider/provider.ts";
import { toRequestError } from "../domain/provider/request-error.ts";
import type { ConnectionRecord } from "../domain/record/connection-record.ts";
import { refuse } from "../domain/record/create-attempt.ts";
import { toExecutionName, toProviderConnectionName } from "../domain/record/ids.ts";
import { isFinal } from "../domain/record/status.ts";
import { explain, noteCalls } from "../domain/record/timeline.ts";
import { mayHaveConnection } from "../domain/record/turn.ts";
import { learn, requireTime, type RunDeps } from "./run.ts";
import { StepError } from "./step-error.ts";

/** What a step that talks to a vendor needs. */
export interface ProviderDeps extends RunDeps {
  connectProvider: ConnectProvider;
  /** Multiplies the windows that steps reckon with, as the local stack multiplies those of the workflow; 1 in the cloud. */
  timeScale: number;
}

/** The vendor of this record, with its credentials, and the calls made to it so far. Nothing is sent when it throws. */
export async function connectFor(
  deps: ProviderDeps,
  record: ConnectionRecord,
): Promise<{ provider: Provider; calls: ProviderCall[] }> {
  const { credentials, request } = record;
  const { provider, region } = request;
  const calls: ProviderCall[] = [];
  const onCall = (call: ProviderCall) => {
    calls.push(call);
    const execution = toExecutionName(record);
    deps.log("vendor_call", { connectionId: record.id, execution, provider, ...call });
  };
  const options = { region, onCall, ...(credentials === undefined ? {} : { credentials }) };
  try {
    return { provider: await deps.connectProvider(provider, options), calls };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    throw await cannotConnect(deps, record, calls, error);
  }
}

/**
 * What follows when a vendor cannot be opened. Credentials that are not there refuse a request of which the vendor can
 * have nothing; everybody else comes back, as when the vendor cannot be read.
 */
async function cannotConnect(
  deps: ProviderDeps,
  record: ConnectionRecord,
  calls: readonly ProviderCall[],
  { message, facts }: ProviderError,
): Promise<StepError> {
  const comeBack = new StepError("ProviderUnavailable", message);
  if (isFinal(record.status)) return comeBack;
  const isRefusal = (current: ConnectionRecord) => facts.class === "auth" && !mayHaveConnection(current);
  const saved = await learn({ deps, record, calls }, (current, now) =>
    isRefusal(current)
      ? refuse(current, now, toRequestError(record.request.provider, facts))
      : explain(current, now, message),
  );
  if (isRefusal(saved)) return new StepError("Rejected", message);
  requireTime(deps, saved);
  return comeBack;
}

/** What tells the connection of this record from all others at the vendor. */
export function identityOf(record: ConnectionRecord): Identity {
  const { name, vpnGatewayId, tunnels } = record.request;
  return {
    name: toProviderConnectionName(name, record.id),
    vpnGatewayId,
    customerGatewayId: tunnels[0]?.customerGatewayId ?? "",
  };
}

/** Runs a read at the vendor; when it fails, notes the calls and asks the workflow to come back. */
export async function readProvider<Result>(
  deps: ProviderDeps,
  record: ConnectionRecord,
  calls: readonly ProviderCall[],
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await deps.store.save(noteCalls(record, deps.clock.now(), calls));
    throw new StepError("ProviderUnavailable", error.message);
  }
}

import { toExecutionName, toVendorName } from "../domain/connection-id.ts";
import type { ConnectionRecord, VendorCall } from "../domain/connection-record.ts";
import type { Log } from "../domain/log.ts";
import type { Clock, ConnectionStore, Run } from "../domain/ports.ts";
import { refuse } from "../domain/create-attempt.ts";
import { toJobError } from "../domain/job-error.ts";
import { ProviderError } from "../domain/provider-error.ts";
import type { Identity, OpenProvider, Provider } from "../domain/provider.ts";
import { saveChange } from "../domain/save-change.ts";
import { isFinal } from "../domain/status.ts";
import { explain, noteCalls } from "../domain/timeline.ts";
import { mayHaveConnection } from "../domain/turn.ts";
import { StepError } from "./step-error.ts";

/** What every step needs. */
export interface RunDeps {
  store: ConnectionStore;
  clock: Clock;
  log: Log;
}

/** What a step that talks to a vendor needs. */
export interface VendorDeps extends RunDeps {
  openProvider: OpenProvider;
  /** Multiplies the windows that steps reckon with, as the local stack multiplies those of the workflow; 1 in the cloud. */
  timeScale: number;
}

/** The record of this run. Throws `Superseded` when another generation or an ending has overtaken it. */
export async function loadRun(deps: RunDeps, run: Run): Promise<ConnectionRecord> {
  const record = await deps.store.get(run.id);
  if (!record || record.generation !== run.generation || isFinal(record.status)) {
    throw new StepError("Superseded", "another run or an ending has overtaken this one");
  }
  return record;
}

export function requireTime(deps: RunDeps, record: ConnectionRecord): void {
  if (deps.clock.now() >= new Date(record.deadlineAt)) throw new StepError("DeadlinePassed", "timeoutSeconds passed");
}

/** Writes what was learned from a vendor, as long as the run is still ours. */
export function saveLearned(
  deps: RunDeps,
  record: ConnectionRecord,
  learn: (record: ConnectionRecord) => ConnectionRecord,
): Promise<ConnectionRecord> {
  const { id, generation } = record;
  return saveChange(deps.store, record, learn, () => loadRun(deps, { id, generation }));
}

/** The vendor of this record, with its credentials, and the calls made to it so far. Nothing is sent when it throws. */
export async function openVendor(
  deps: VendorDeps,
  record: ConnectionRecord,
): Promise<{ provider: Provider; calls: VendorCall[] }> {
  const { credentials, request } = record;
  const { provider, region } = request;
  const calls: VendorCall[] = [];
  const onCall = (call: VendorCall) => {
    calls.push(call);
    const execution = toExecutionName(record);
    deps.log("vendor_call", { connectionId: record.id, execution, provider, ...call });
  };
  const options = { region, onCall, ...(credentials === undefined ? {} : { credentials }) };
  try {
    return { provider: await deps.openProvider(provider, options), calls };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    throw await cannotOpen(deps, record, calls, error);
  }
}

/**
 * What follows when a vendor cannot be opened. Credentials that are not there refuse a request of which the vendor can
 * have nothing; everybody else comes back, as when the vendor cannot be read.
 */
async function cannotOpen(
  deps: VendorDeps,
  record: ConnectionRecord,
  calls: readonly VendorCall[],
  { message, facts }: ProviderError,
): Promise<StepError> {
  const comeBack = new StepError("VendorUnavailable", message);
  if (isFinal(record.status)) return comeBack;
  const isRefusal = (current: ConnectionRecord) => facts.class === "auth" && !mayHaveConnection(current);
  const saved = await saveLearned(deps, record, (current) => {
    const now = deps.clock.now();
    const noted = noteCalls(current, now, calls);
    if (!isRefusal(current)) return explain(noted, now, message);
    return refuse(noted, now, toJobError(record.request.provider, facts));
  });
  if (isRefusal(saved)) return new StepError("Rejected", message);
  requireTime(deps, saved);
  return comeBack;
}

/** What tells the connection of this record from all others at the vendor. */
export function identityOf(record: ConnectionRecord): Identity {
  const { name, vpnGatewayId, tunnels } = record.request;
  return { name: toVendorName(name, record.id), vpnGatewayId, customerGatewayId: tunnels[0]?.customerGatewayId ?? "" };
}

/** Runs a read at the vendor; when it fails, notes the calls and asks the workflow to come back. */
export async function readVendor<Result>(
  deps: VendorDeps,
  record: ConnectionRecord,
  calls: readonly VendorCall[],
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await deps.store.save(noteCalls(record, deps.clock.now(), calls));
    throw new StepError("VendorUnavailable", error.message);
  }
}

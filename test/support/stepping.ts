import type { ConnectionRecord, CreateAttempt } from "../../functions/domain/record/connection-record.ts";
import { StepError, type StepErrorName } from "../../functions/domain/step-error.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import { submit } from "../../functions/steps/submit/submit.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../fakes/memory-connection-store.ts";
import { createMemoryTallies } from "../fakes/memory-tallies.ts";
import { createMemoryTenantStore, testTenant } from "../fakes/memory-tenant-store.ts";
import { createMemoryTurns } from "../fakes/memory-turns.ts";
import { nothingToUpgrade } from "../fakes/nothing-to-upgrade.ts";
import { plainSealer } from "../fakes/plain-sealer.ts";
import { createRecordingLog } from "../fakes/recording-log.ts";
import { createRecordingWorkflows } from "../fakes/recording-workflows.ts";
import { createScriptedProvider } from "../fakes/scripted-provider.ts";
import { createAcceptedRecord } from "./accepting.ts";
import { validAlibabaRequest, validPairsRequest } from "./create-requests.ts";

/** When the requests of these tests were accepted, and what the clock says at first. */
export const start = "2026-01-01T00:00:00.000Z";
/** That time, so many milliseconds later. */
export const after = (milliseconds: number) => new Date(Date.parse(start) + milliseconds).toISOString();
/** Milliseconds after a sending until nothing of it can be under way any more. */
export const settle = 120_000;
/** Milliseconds after which a turn that was given back is taken again, at the latest. */
export const pause = 30_000;
export const preSharedKey = "the-key-in-clear";

/** A request at each vendor, all on one gateway there, half an hour long. */
function requestAt(provider: ProviderName) {
  const request = provider === "alibaba" ? validAlibabaRequest() : validPairsRequest();
  return { ...request, timeoutSeconds: 1800, tunnels: request.tunnels.map((tunnel) => ({ ...tunnel, preSharedKey })) };
}

/** Another request on the same gateway, with an id of its own. */
export async function anotherRequest(
  provider: ProviderName,
  clientToken: string,
  patch: Partial<ConnectionRecord> = {},
): Promise<ConnectionRecord> {
  return createAcceptedRecord({ ...requestAt(provider), clientToken }, patch);
}

/** A create that was sent when the request was accepted, and of whose outcome nothing is known. */
export const openAttempt: CreateAttempt = {
  number: 1,
  state: "undecided",
  sends: 1,
  unanswered: 0,
  startedAt: start,
  settledAt: after(settle),
  action: "CreateConnection",
  parameters: {},
};

/** All that the steps need, in memory, with one accepted request in it. Only Alibaba's creates are idempotent. */
export async function createStepDeps(provider: ProviderName, patch: Partial<ConnectionRecord> = {}) {
  const record = await anotherRequest(provider, "ours", patch);
  const store = createMemoryConnectionStore(record);
  const vendor = createScriptedProvider({ createIsIdempotent: provider === "alibaba" });
  const saved = async () => (await store.get(record.id)) ?? record;
  return {
    record,
    run: { id: record.id, generation: record.generation },
    store,
    /** The record as it is stored now. */
    saved,
    /** Somebody else writes the record. */
    async overtake(change: Partial<ConnectionRecord>): Promise<void> {
      const current = await saved();
      store.put({ ...current, ...change, version: current.version + 1 });
    },
    vendor,
    connectProvider: vendor.open,
    opener: plainSealer,
    tenants: createMemoryTenantStore(testTenant(record.tenant)),
    turns: createMemoryTurns(),
    tallies: createMemoryTallies(),
    upgrade: nothingToUpgrade,
    workflows: createRecordingWorkflows(),
    clock: createFakeClock(start),
    ...createRecordingLog(),
    timeScale: 1,
  };
}

export type StepDeps = Awaited<ReturnType<typeof createStepDeps>>;

/** What the workflow hears of a step: the name of the error that steers it, or `done`. */
export async function heardOf(step: Promise<unknown>): Promise<StepErrorName | "done"> {
  try {
    await step;
    return "done";
  } catch (error) {
    if (error instanceof StepError) return error.name;
    throw error;
  }
}

/** Submits once more, as the workflow does after a wait, so many milliseconds after the start. */
export async function submitAt(deps: StepDeps, milliseconds: number): Promise<StepErrorName | "done"> {
  deps.clock.advance(Date.parse(after(milliseconds)) - deps.clock.now().getTime());
  return heardOf(submit(deps, deps.run));
}

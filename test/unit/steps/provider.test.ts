import { describe, expect, it } from "vitest";
import { lastLookSeconds } from "../../../functions/domain/limits.ts";
import { type ErrorClass, ProviderError } from "../../../functions/domain/provider/provider-error.ts";
import type { ConnectProvider, Provider } from "../../../functions/domain/provider/provider.ts";
import type { ConnectionRecord, CreateAttempt } from "../../../functions/domain/record/connection-record.ts";
import { decideOutcome } from "../../../functions/domain/record/decide-outcome.ts";
import { toResource } from "../../../functions/domain/record/to-resource.ts";
import { end } from "../../../functions/domain/record/transitions.ts";
import { awaitProvisioned } from "../../../functions/steps/await-provisioned.ts";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { sweep } from "../../../functions/steps/sweep.ts";
import { watchTunnels } from "../../../functions/steps/watch-tunnels.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../fakes/memory-connection-store.ts";
import { createMemoryTallies } from "../../fakes/memory-tallies.ts";
import { createMemoryTenantStore, testTenant } from "../../fakes/memory-tenant-store.ts";
import { createMemoryTurns } from "../../fakes/memory-turns.ts";
import { nothingToUpgrade } from "../../fakes/nothing-to-upgrade.ts";
import { plainSealer } from "../../fakes/plain-sealer.ts";
import { createRecordingLog } from "../../fakes/recording-log.ts";
import { createRecordingWorkflows } from "../../fakes/recording-workflows.ts";
import { failing } from "../../fakes/scripted-provider.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validAlibabaRequest } from "../../support/create-requests.ts";
import { after, createStepDeps, heardOf, pause, submitAt } from "../../support/stepping.ts";

const now = new Date("2026-01-01T00:00:00.000Z");
const { callback: _callback, ...request } = validAlibabaRequest();
const late = 1_800_000;
const deadlineAt = new Date(now.getTime() + late).toISOString();
const accepted = await createAcceptedRecord(request, { credentials: "team-a", deadlineAt });
const run = { id: accepted.id, generation: accepted.generation };
const intent: CreateAttempt = {
  number: 1,
  state: "undecided",
  sends: 1,
  unanswered: 0,
  startedAt: now.toISOString(),
  settledAt: now.toISOString(),
  action: "CreateVpnConnection",
  parameters: {},
};
const begun: ConnectionRecord = { ...accepted, status: "creating", attempts: 1, create: intent };
const provisioning: ConnectionRecord = {
  ...begun,
  status: "provisioning",
  providerConnectionId: "vco-1",
  create: { ...intent, state: "accepted" },
};
const beforehand = "the tenant's credentials cannot be read";

/** The steps, where a vendor cannot be opened for want of credentials until `failure` is taken away. */
function createDeps(record: ConnectionRecord, failure: ErrorClass) {
  const store = createMemoryConnectionStore(record);
  const opened: (string | undefined)[] = [];
  const created: unknown[] = [];
  const deps = {
    failure: failure as ErrorClass | undefined,
    meanwhile: () => {},
    store,
    clock: createFakeClock(now.toISOString()),
    ...createRecordingLog(),
    workflows: createRecordingWorkflows(),
    opener: plainSealer,
    turns: createMemoryTurns(),
    tallies: createMemoryTallies(),
    upgrade: nothingToUpgrade,
    tenants: createMemoryTenantStore(testTenant(record.tenant, { credentials: { alibaba: "team-a" } })),
    timeScale: 1,
    opened,
    created,
    saved: () => store.get(record.id) as Promise<ConnectionRecord>,
    connectProvider: (async (_name, { credentials, onCall }) => {
      opened.push(credentials);
      const action = "ReadCredentials";
      if (deps.failure) {
        deps.meanwhile();
        onCall({ action, outcome: deps.failure, durationMilliseconds: 1 });
        throw new ProviderError({ class: deps.failure, action, beforehand, advice: "Store them." });
      }
      return {
        firstLookSeconds: 10,
        preflight: async () => ({ flaws: [], facts: {} }),
        planCreate: () => ({ action: intent.action, parameters: {} }),
        create: async (planned) => {
          created.push(planned);
          return { connectionId: "vco-1" };
        },
      } as Partial<Provider> as Provider;
    }) satisfies ConnectProvider,
  };
  return deps;
}
const comesBack = { name: "ProviderUnavailable", message: beforehand };

describe("credentials that are not there", () => {
  it("refuse a request before anything is written that could have been sent", async () => {
    const deps = createDeps(accepted, "auth");
    await expect(submit(deps, run)).rejects.toMatchObject({ name: "Rejected" });
    const saved = await deps.saved();
    expect(deps.opened).toEqual(["team-a"]);
    expect(saved).toMatchObject({ attempts: 0, statusReason: beforehand });
    expect(saved).not.toHaveProperty("create");
    expect(saved.events.at(-1)).toMatchObject({ type: "vendor_call", action: "ReadCredentials", outcome: "auth" });
    expect(decideOutcome(saved, "Rejected")).toMatchObject({
      status: "failed",
      error: { code: "provider_auth", message: beforehand, retryable: false, advice: "Store them." },
    });
  });

  it("refuse it when its deadline has passed, too: that is the better reason", async () => {
    const deps = createDeps(accepted, "auth");
    deps.clock.advance(late);
    await expect(submit(deps, run)).rejects.toMatchObject({ name: "Rejected" });
  });

  it("refuse nothing of which the vendor may have a connection", async () => {
    const deps = createDeps(begun, "auth");
    await expect(submit(deps, run)).rejects.toMatchObject(comesBack);
    const saved = await deps.saved();
    expect(saved).toMatchObject({ create: intent, attempts: 1, providerProblem: { message: beforehand } });
    expect(saved).not.toHaveProperty("refusal");
    deps.clock.advance(late);
    await expect(submit(deps, run)).rejects.toMatchObject({ name: "DeadlinePassed" });
    expect(decideOutcome(await deps.saved(), "DeadlinePassed")).toMatchObject({ status: "unknown" });
  });

  it("refuse nothing that somebody else has begun to send meanwhile", async () => {
    const deps = createDeps(accepted, "auth");
    deps.meanwhile = () => deps.store.put({ ...begun, version: 9 });
    await expect(submit(deps, run)).rejects.toMatchObject(comesBack);
    expect(await deps.saved()).toMatchObject({ create: intent });
    expect(await deps.saved()).not.toHaveProperty("refusal");
  });
});

describe("credentials out of reach", () => {
  it("are waited for, and then the request goes on, sent once", async () => {
    const deps = createDeps(accepted, "retry");
    for (let times = 1; times <= 3; times += 1) {
      await expect(submit(deps, run)).rejects.toMatchObject(comesBack);
      deps.clock.advance(pause);
    }
    const waiting = await deps.saved();
    expect(waiting).toMatchObject({
      status: "queued",
      attempts: 0,
      providerProblem: { message: beforehand, count: 3 },
    });
    expect(toResource(waiting).statusReason).toContain(beforehand);
    expect(waiting).not.toHaveProperty("create");
    expect(waiting).not.toHaveProperty("refusal");
    // The problem, and that it is queued.
    expect(waiting.revision).toBe(accepted.revision + 2);
    expect(waiting.events.at(-1)).toMatchObject({ type: "vendor_call", action: "ReadCredentials", count: 2 });
    deps.failure = undefined;
    await submit(deps, run);
    expect(deps.created).toHaveLength(1);
    expect(await deps.saved()).toMatchObject({ providerConnectionId: "vco-1", attempts: 1 });
  });

  it("are not waited for beyond the deadline", async () => {
    const deps = createDeps(accepted, "retry");
    deps.clock.advance(late);
    await expect(submit(deps, run)).rejects.toMatchObject({ name: "DeadlinePassed" });
    expect(decideOutcome(await deps.saved(), "DeadlinePassed")).toMatchObject({ status: "failed" });
  });
});

describe.each(["auth", "retry"] as const)("without credentials (%s)", (failure) => {
  it("a connection that is being made is looked at later", async () => {
    const deps = createDeps(provisioning, failure);
    await expect(awaitProvisioned(deps, run)).rejects.toMatchObject(comesBack);
    const { statusReason: _reason, ...saved } = await deps.saved();
    expect(saved).toMatchObject({ status: "provisioning", create: { state: "accepted" } });
    expect(saved).not.toHaveProperty("refusal");
  });

  it("tunnels are looked at later, also after the request's deadline", async () => {
    const succeeded = end(provisioning, now, { status: "succeeded", reason: "ready" });
    const deps = createDeps(succeeded, failure);
    deps.clock.advance(late);
    await expect(watchTunnels(deps, run)).rejects.toMatchObject(comesBack);
    expect(await deps.saved()).toEqual(succeeded);
  });

  it("a last look stays due", async () => {
    const refused: ConnectionRecord = { ...begun, create: { ...intent, state: "refused" } };
    const failed = end(refused, now, { status: "failed", reason: "refused" });
    const deps = createDeps(failed, failure);
    deps.clock.advance(lastLookSeconds * 1000 + Date.parse(intent.settledAt) - now.getTime());
    await sweep(deps);
    expect(deps.opened).toEqual(["team-a"]);
    expect(await deps.saved()).toMatchObject({ status: "failed", lastLook: "due", version: failed.version });
    expect(deps.lines).toContainEqual(expect.objectContaining({ event: "sweep_failed", error: "ProviderUnavailable" }));
  });
});

describe("a vendor's folder that cannot be loaded", () => {
  it("is tried again until the deadline, and no longer", async () => {
    const broken = new Error("no such chunk");
    const deps = { ...createDeps(accepted, "auth"), connectProvider: () => Promise.reject(broken) };
    await expect(submit(deps, run)).rejects.toBe(broken);
    deps.clock.advance(late);
    await expect(submit(deps, run)).rejects.toMatchObject({ name: "DeadlinePassed" });
  });
});

describe("a vendor that asked us to stay away", () => {
  /** Alibaba's throttled answer to the first read; the second is as it should be. */
  async function createThrottled(timeScale: number) {
    const deps = { ...(await createStepDeps("alibaba", { deadlineAt: after(60_000) })), timeScale };
    const { open, answers } = deps.vendor;
    const connectProvider: ConnectProvider = (name, options) =>
      open(name, {
        ...options,
        onCall: (one) => options.onCall(one.outcome === "ok" ? one : { ...one, retryAfterSeconds: 40 }),
      });
    answers.preflight = failing("retry");
    expect(await heardOf(submit({ ...deps, connectProvider }, deps.run))).toBe("ProviderUnavailable");
    answers.preflight = () => ({ flaws: [], facts: {} });
    deps.vendor.asked.length = 0;
    return deps;
  }

  it.each([
    [1, 40_000],
    [0.1, 4000],
  ])("is not asked before, at a time scale of %d", async (timeScale, milliseconds) => {
    const deps = await createThrottled(timeScale);
    expect(await submitAt(deps, milliseconds - 1)).toBe("ProviderUnavailable");
    expect(deps.vendor.asked).toEqual([]);
    expect(await submitAt(deps, milliseconds)).toBe("done");
  });

  it("is not waited for beyond the deadline", async () => {
    const deps = await createThrottled(1);
    await deps.overtake({ providerNotBefore: after(600_000) });
    expect(await submitAt(deps, 60_000)).toBe("DeadlinePassed");
    expect(deps.vendor.asked).toEqual([]);
  });
});

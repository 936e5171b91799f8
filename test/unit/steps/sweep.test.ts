import { describe, expect, it } from "vitest";
import { listAttention } from "../../../functions/domain/connections/list-attention.ts";
import { lastLookSeconds } from "../../../functions/domain/limits.ts";
import type { WorkflowName } from "../../../functions/domain/ports.ts";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import type { Run } from "../../../functions/domain/record/ids.ts";
import { sweep } from "../../../functions/steps/sweep.ts";
import { failing } from "../../fakes/scripted-provider.ts";
import { anotherRequest, createStepDeps, openAttempt, settle, type StepDeps } from "../../support/stepping.ts";

/** A run that has ended, by whatever end. */
async function runAndClose({ workflows }: StepDeps, workflow: WorkflowName, run: Run): Promise<void> {
  await workflows.start(workflow, run);
  workflows.close(workflow, run);
  workflows.started.length = 0;
}
const recoveries = ({ events }: ConnectionRecord) =>
  events.flatMap((event) => (event.type === "recovery" ? [event.action] : []));

it("nothing is counted anew before everything that an older release has written is in the index of what has ended", async () => {
  const deps = await createStepDeps("tencent", { status: "succeeded" });
  const hour = "2026-01-01T00";
  deps.tallies.ended.set(hour, [{ tenant: "acme", status: "succeeded", provider: "tencent", region: "ap-shanghai" }]);
  deps.clock.advance(2 * 3_600_000);
  await sweep({ ...deps, upgrade: { goOn: async () => ({ written: 5000, isDone: false, isOver: false }) } });
  expect(await deps.tallies.checkedUntil()).toBeUndefined();
  await sweep(deps);
  expect(await deps.tallies.checkedUntil()).toBeDefined();
});

it("the end of an upgrade is in the log, also where its last part found nothing to write", async () => {
  const deps = await createStepDeps("tencent", { status: "succeeded" });
  const upgrade = { goOn: async () => ({ written: 0, isDone: true, isOver: false }) };
  await sweep({ ...deps, upgrade });
  expect(deps.lines).toEqual([{ event: "upgraded", written: 0, isDone: true }]);
  await sweep(deps);
  expect(deps.lines).toHaveLength(1);
});

describe("a request that has not ended", () => {
  it("is started when its workflow was never started", async () => {
    const deps = await createStepDeps("tencent");
    expect(await sweep(deps)).toEqual({ looked: 1, started: 1 });
    expect(deps.workflows.started).toEqual([{ workflow: "create-connection", ...deps.run }]);
    const saved = await deps.saved();
    expect(saved.generation).toBe(1);
    expect(recoveries(saved)).toEqual(["the workflow was not running; started it"]);
    expect(deps.lines).toEqual([{ event: "swept", looked: 1, started: 1 }]);
  });

  it("is left alone while its workflow runs", async () => {
    const deps = await createStepDeps("tencent");
    await deps.workflows.start("create-connection", deps.run);
    expect(await sweep(deps)).toEqual({ looked: 1, started: 0 });
    expect([await deps.saved(), deps.lines, deps.vendor.asked]).toEqual([deps.record, [], []]);
    expect(deps.workflows.started).toHaveLength(1);
  });

  it("is taken up by the next generation when its workflow closed without an outcome", async () => {
    const deps = await createStepDeps("tencent", { create: openAttempt });
    await runAndClose(deps, "create-connection", deps.run);
    expect(await sweep(deps)).toEqual({ looked: 1, started: 1 });
    expect(deps.workflows.started).toEqual([{ workflow: "create-connection", id: deps.record.id, generation: 2 }]);
    const saved = await deps.saved();
    expect(saved).toMatchObject({ generation: 2, create: openAttempt });
    expect(recoveries(saved)).toEqual(["the workflow had ended without an outcome; started it again"]);
  });

  it("has its new generation written before it is started, so that a start that failed is made up for", async () => {
    const deps = await createStepDeps("tencent");
    await runAndClose(deps, "create-connection", deps.run);
    const start = () => Promise.reject(new Error("throttled"));
    expect(await sweep({ ...deps, workflows: { ...deps.workflows, start } })).toEqual({ looked: 1, started: 0 });
    expect((await deps.saved()).generation).toBe(2);
    expect(await sweep(deps)).toEqual({ looked: 1, started: 1 });
    expect((await deps.saved()).generation).toBe(2);
    expect(deps.workflows.started).toMatchObject([{ generation: 2 }]);
  });

  it("is left to whoever has written it meanwhile", async () => {
    const deps = await createStepDeps("tencent");
    const state = async () => {
      await deps.overtake({ warnings: ["theirs"] });
      return "closed" as const;
    };
    expect(await sweep({ ...deps, workflows: { ...deps.workflows, state } })).toEqual({ looked: 1, started: 0 });
    expect(deps.workflows.started).toEqual([]);
    expect(await deps.saved()).toMatchObject({ generation: 1, warnings: ["theirs"] });
  });
});

describe("the index only suggests", () => {
  it("records that were written lately are not looked at when that is asked for", async () => {
    const deps = await createStepDeps("tencent");
    expect(await sweep(deps, deps.clock.now())).toEqual({ looked: 0, started: 0 });
  });

  it("a record that is done or gone is left alone", async () => {
    const deps = await createStepDeps("tencent", { status: "failed" });
    async function* listForSweep() {
      yield* [deps.record.id, "b".repeat(26)];
    }
    expect(await sweep({ ...deps, store: { ...deps.store, listForSweep } })).toEqual({ looked: 2, started: 0 });
    expect([await deps.saved(), deps.workflows.started, deps.lines]).toEqual([deps.record, [], []]);
  });

  it("a record that cannot be put right now keeps nobody else waiting", async () => {
    const deps = await createStepDeps("tencent");
    const other = await anotherRequest("tencent", "other");
    deps.store.put(other);
    const state = async (_: WorkflowName, { id }: Run) => {
      if (id === deps.record.id) throw new TypeError("broken");
      return "absent" as const;
    };
    expect(await sweep({ ...deps, workflows: { ...deps.workflows, state } })).toEqual({ looked: 2, started: 1 });
    expect(deps.workflows.started).toMatchObject([{ id: other.id }]);
    expect(deps.lines).toContainEqual({ event: "sweep_failed", connectionId: deps.record.id, error: "TypeError" });
  });
});

describe("a webhook that has not arrived", () => {
  const ended = { status: "failed", delivery: { state: "pending", attempts: 2 } } as const;

  it("is delivered when its workflow was never started", async () => {
    const deps = await createStepDeps("tencent", ended);
    expect(await sweep(deps)).toEqual({ looked: 1, started: 1 });
    expect(deps.workflows.started).toEqual([{ workflow: "deliver-webhook", ...deps.run }]);
    expect(await deps.saved()).toEqual(deps.record);
  });

  it("is left alone while its workflow runs", async () => {
    const deps = await createStepDeps("tencent", ended);
    await deps.workflows.start("deliver-webhook", deps.run);
    expect(await sweep(deps)).toEqual({ looked: 1, started: 0 });
    expect(await deps.saved()).toEqual(deps.record);
  });

  it("is taken up by another execution of the same generation, each time that one broke off", async () => {
    const deps = await createStepDeps("tencent", ended);
    await runAndClose(deps, "deliver-webhook", deps.run);
    expect(await sweep(deps)).toEqual({ looked: 1, started: 1 });
    const again = { ...deps.run, restarts: 1 };
    expect(deps.workflows.started).toEqual([{ workflow: "deliver-webhook", ...again }]);
    expect(await sweep(deps)).toEqual({ looked: 1, started: 0 });
    deps.workflows.close("deliver-webhook", again);
    expect(await sweep(deps)).toEqual({ looked: 1, started: 1 });
    expect(deps.workflows.started.at(-1)).toMatchObject({ generation: 1, restarts: 2 });
    const saved = await deps.saved();
    expect(saved).toMatchObject({ generation: 1, delivery: { attempts: 2, restarts: 2 } });
    expect(recoveries(saved)).toHaveLength(2);
  });

  it("is left to whoever has written the record meanwhile", async () => {
    const deps = await createStepDeps("tencent", ended);
    const state = async () => {
      await deps.overtake({ delivery: { state: "delivered", attempts: 3 } });
      return "closed" as const;
    };
    expect(await sweep({ ...deps, workflows: { ...deps.workflows, state } })).toEqual({ looked: 1, started: 0 });
    expect(deps.workflows.started).toEqual([]);
    expect((await deps.saved()).delivery).toEqual({ state: "delivered", attempts: 3 });
  });
});

describe("a request that ended without a connection after the vendor was asked", () => {
  const lookAt = settle + lastLookSeconds * 1000;
  const error = { code: "outcome_unknown", message: "m", retryable: true, advice: "Look for it." } as const;
  const ended = { status: "unknown", attempts: 1, create: openAttempt, lastLook: "due", error } as const;

  it("is looked for once more when nothing can be under way any more, and not before", async () => {
    const deps = await createStepDeps("tencent", ended);
    deps.clock.advance(lookAt - 1);
    await sweep(deps);
    expect([await deps.saved(), deps.vendor.asked]).toEqual([deps.record, []]);
    deps.clock.advance(1);
    await sweep(deps);
    await sweep(deps);
    expect(deps.vendor.asked).toEqual(["find"]);
    const saved = await deps.saved();
    expect(saved).toMatchObject({ status: "unknown", revision: deps.record.revision });
    expect(saved).not.toHaveProperty("lastLook");
  });

  it.each([
    [["vco-1"], { providerConnectionId: "vco-1", create: { state: "accepted" } }],
    [["vco-1", "vco-2"], { create: { state: "undecided" } }],
  ])("is told what turned up by its name: %j", async (found, expected) => {
    const deps = await createStepDeps("tencent", ended);
    deps.clock.advance(lookAt);
    const looked: string[] = [];
    deps.vendor.answers.find = ({ operationId }) => {
      looked.push(operationId);
      return found;
    };
    expect(await sweep(deps)).toEqual({ looked: 1, started: 0 });
    expect(looked).toEqual([deps.record.id.slice(0, 12)]);
    const saved = await deps.saved();
    expect(saved).toMatchObject({ status: "unknown", ...expected });
    expect(saved.statusReason).toContain(`${found.join(" and ")} found at the vendor`);
    for (const id of found) expect(saved.error?.advice).toContain(id);
    expect(saved.lastLook).toBe("found");
    expect("providerConnectionId" in saved).toBe(found.length === 1);
    expect(saved.events.at(-1)).toMatchObject({ type: "recovery", connectionIds: found });
  });

  it("is not to be redriven when it was canceled, and says what to delete", async () => {
    const canceled = { ...error, code: "canceled", retryable: false } as const;
    const create = { ...openAttempt, state: "void" } as const;
    const deps = await createStepDeps("tencent", { ...ended, status: "canceled", create, error: canceled });
    deps.clock.advance(lookAt);
    deps.vendor.answers.find = async () => ["vco-1"];
    await sweep(deps);
    const [attention] = (await listAttention(deps, { tenant: deps.record.tenant, limit: 100 })).items;
    expect(attention).toMatchObject({
      reason: "connection_found",
      record: { status: "canceled", error: { code: "canceled", retryable: false } },
    });
    expect(attention?.action).toMatch(/^Delete vco-1 \(.*vpngw-.*: the request was canceled/);
  });

  it("stays to be looked for when the vendor cannot be read", async () => {
    const deps = await createStepDeps("tencent", ended);
    deps.clock.advance(lookAt);
    deps.vendor.answers.find = failing("auth");
    await sweep(deps);
    expect(await deps.saved()).toEqual(deps.record);
    expect(deps.lines.at(-1)).toMatchObject({ event: "sweep_failed", error: "ProviderError" });
  });

  it("is left to whoever has written it meanwhile, a redrive for one", async () => {
    const deps = await createStepDeps("tencent", ended);
    deps.clock.advance(lookAt);
    deps.vendor.answers.find = async () => {
      await deps.overtake({ generation: 2, status: "accepted" });
      return ["vco-1"];
    };
    await sweep(deps);
    expect(await deps.saved()).toMatchObject({ generation: 2, status: "accepted", create: { state: "undecided" } });
    expect(deps.lines.map(({ event }) => event)).not.toContain("sweep_failed");
  });

  it("is looked for after its webhook was taken up, not in the same sweep", async () => {
    const deps = await createStepDeps("tencent", { ...ended, delivery: { state: "pending", attempts: 0 } });
    deps.clock.advance(lookAt);
    expect(await sweep(deps)).toEqual({ looked: 1, started: 1 });
    expect(deps.vendor.asked).toEqual([]);
    await sweep(deps);
    expect(deps.vendor.asked).toEqual(["find"]);
  });
});

import { describe, expect, it } from "vitest";
import type { ConnectionRecord } from "../../../../functions/domain/record/connection-record.ts";
import { decideOutcome } from "../../../../functions/domain/record/decide-outcome.ts";
import { noteLastLook } from "../../../../functions/domain/record/last-look.ts";
import { restart } from "../../../../functions/domain/record/recovery.ts";
import { end } from "../../../../functions/domain/record/transitions.ts";
import { submit } from "../../../../functions/steps/submit/submit.ts";
import { failing } from "../../../fakes/scripted-provider.ts";
import { after, createStepDeps, heardOf, openAttempt, pause, settle } from "../../../support/stepping.ts";

const unknown = { status: "unknown", reason: "nobody knows" } as const;
const definite = ["validation", "auth", "quota", "not-found"] as const;

describe("the first sending of a create", () => {
  it.each(definite)("that is refused for certain (%s) is over, and nobody looks for it", async (kind) => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = failing(kind, { providerCode: "No", providerRequestId: "r-1" });
    expect(await heardOf(submit(deps, deps.run))).toBe("Rejected");
    expect(deps.vendor.asked).toEqual(["preflight", "create"]);
    const saved = await deps.saved();
    expect(saved).toMatchObject({
      create: { state: "refused" },
      refusal: { message: "Tencent Cloud answered CreateConnection with No", providerRequestId: "r-1" },
    });
    expect(decideOutcome(saved, "Rejected").status).toBe("failed");
    expect(await heardOf(submit(deps, deps.run)), "whose answer did not arrive").toBe("Rejected");
    expect(deps.vendor.asked).toEqual(["preflight", "create"]);
    expect(saved.events.at(-1)).toMatchObject({ type: "vendor_call", action: "create", outcome: kind });
  });

  it.each([
    ["conflict", "alibaba"],
    ["conflict", "tencent"],
    ["retry", "alibaba"],
    ["retry", "tencent"],
  ] as const)("that is put off (%s) at %s may have worked all the same: it is looked for first", async (kind, at) => {
    const deps = await createStepDeps(at);
    deps.vendor.answers.create = failing(kind, { providerCode: "Busy" });
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect(deps.vendor.asked).toEqual(["preflight", "create", "find"]);
    expect(await deps.saved()).toMatchObject({
      create: { state: "undecided", doubt: { providerCode: "Busy" }, passes: true },
      providerProblem: { code: "Busy", count: 1 },
    });
    deps.vendor.answers.find = () => ["vco-1"];
    expect(await heardOf(submit(deps, deps.run))).toBe("done");
    const saved = await deps.saved();
    expect(saved).toMatchObject({ attempts: 1, providerConnectionId: "vco-1" });
    expect(saved).not.toHaveProperty("providerProblem");
  });

  it("that is put off at Tencent is made anew after the settle window, twelve times in a row at most", async () => {
    const deps = await createStepDeps("tencent");
    deps.store.put({ ...deps.record, deadlineAt: after(100 * settle) });
    deps.vendor.answers.create = failing("conflict", { providerCode: "Busy" });
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    for (let sent = 1; sent < 12; sent += 1) {
      deps.clock.advance(settle - 1);
      expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
      expect(deps.vendor.sent).toHaveLength(sent);
      deps.clock.advance(1);
      expect(await heardOf(submit(deps, deps.run))).toBe("Throttled");
      deps.clock.advance(pause);
      expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
      expect(deps.vendor.sent).toHaveLength(sent + 1);
    }
    deps.clock.advance(settle);
    expect(await heardOf(submit(deps, deps.run))).toBe("Rejected");
    expect(deps.vendor.sent).toHaveLength(12);
    expect(await deps.saved()).toMatchObject({ refusal: { code: "provider_conflict", providerCode: "Busy" } });
  });

  it("that is put off at Alibaba is sent again under its token, and under a new one when that does not help", async () => {
    const deps = await createStepDeps("alibaba");
    deps.vendor.answers.create = failing("conflict", { providerCode: "Busy" });
    for (let sent = 1; sent <= 4; sent += 1) {
      expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
      expect(deps.vendor.sent.at(-1)?.token).toBe(`${deps.record.id}-1`);
      expect(deps.vendor.sent).toHaveLength(sent);
    }
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect(deps.vendor.sent).toHaveLength(4);
    deps.clock.advance(settle);
    expect(await heardOf(submit(deps, deps.run))).toBe("Throttled");
    deps.clock.advance(pause);
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect(deps.vendor.sent.at(-1)?.token).toBe(`${deps.record.id}-2`);
  });

  it("whose token the vendor is still at work on is sent again under the same one", async () => {
    const deps = await createStepDeps("alibaba");
    deps.vendor.answers.create = failing("conflict", { providerCode: "LastTokenProcessing", token: "in-progress" });
    for (let sent = 1; sent <= 6; sent += 1) expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect(new Set(deps.vendor.sent.map(({ token }) => token))).toEqual(new Set([`${deps.record.id}-1`]));
    expect(deps.vendor.sent).toHaveLength(6);
  });

  it("whose token is spent is looked for, and made under a new one", async () => {
    const deps = await createStepDeps("alibaba");
    deps.vendor.answers.create = failing("ambiguous", { providerCode: "IdempotentFailed", token: "failed" });
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    deps.clock.advance(settle - 1);
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect(deps.vendor.sent).toHaveLength(1);
    deps.clock.advance(1);
    deps.vendor.answers.create = () => ({ connectionId: "vco-1" });
    expect(await heardOf(submit(deps, deps.run))).toBe("Throttled");
    deps.clock.advance(pause);
    expect(await heardOf(submit(deps, deps.run))).toBe("done");
    expect(deps.vendor.sent.map(({ token }) => token)).toEqual([`${deps.record.id}-1`, `${deps.record.id}-2`]);
  });

  it("that never arrived is waited for, and made as a new attempt after a look", async () => {
    const deps = await createStepDeps("alibaba");
    const { create } = deps.vendor.answers;
    deps.vendor.answers.create = failing("retry");
    expect(await heardOf(submit(deps, deps.run))).toBe("Throttled");
    expect((await deps.saved()).create).toMatchObject({ number: 1, state: "refused" });
    deps.vendor.answers.create = create;
    deps.clock.advance(pause);
    expect(await heardOf(submit(deps, deps.run))).toBe("done");
    expect(deps.vendor.asked).toEqual(["preflight", "create", "find", "preflight", "create"]);
    expect(deps.vendor.sent.map(({ token }) => token)).toEqual([`${deps.record.id}-1`, `${deps.record.id}-2`]);
    expect(await deps.saved()).toMatchObject({ attempts: 2, create: { number: 2, state: "accepted" } });
  });

  it("that the vendor says is there already is looked for, and ours when it has our name", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = failing("exists");
    deps.vendor.answers.find = () => ["vco-7"];
    expect(await heardOf(submit(deps, deps.run))).toBe("done");
    expect(deps.vendor.asked).toEqual(["preflight", "create", "find"]);
    expect((await deps.saved()).providerConnectionId).toBe("vco-7");
  });

  it("that the vendor says is there already is refused when nothing has our name, once lists have caught up", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = failing("exists");
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    deps.clock.advance(settle - 1);
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    deps.clock.advance(1);
    expect(await heardOf(submit(deps, deps.run))).toBe("Rejected");
    expect(await deps.saved()).toMatchObject({ create: { state: "refused" }, refusal: { code: "semantic_duplicate" } });
  });

  it("that breaks in a way nobody foresaw stays open", async () => {
    const deps = await createStepDeps("tencent");
    const broken = new TypeError("a bug");
    deps.vendor.answers.create = () => Promise.reject(broken);
    await expect(submit(deps, deps.run)).rejects.toBe(broken);
    expect((await deps.saved()).create?.state).toBe("undecided");
  });
});

describe("an accepted create without an id", () => {
  async function createNameless() {
    const deps = await createStepDeps("alibaba");
    deps.vendor.answers.create = () => ({ taskId: "task-1" });
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    deps.vendor.asked.length = 0;
    return deps;
  }

  it("is never sent again, however long nothing is found", async () => {
    const deps = await createNameless();
    expect(await deps.saved()).toMatchObject({
      status: "creating",
      providerTaskId: "task-1",
      create: { state: "accepted" },
    });
    deps.clock.advance(2 * settle);
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect(deps.vendor.asked).toEqual(["find"]);
    expect(decideOutcome(await deps.saved(), "DeadlinePassed").status).toBe("unknown");
  });

  it("is made anew by a redrive once the last look has shown nothing, and before that is only looked for", async () => {
    const deps = await createNameless();
    const ended = end(await deps.saved(), deps.clock.now(), unknown);
    expect(ended.lastLook).toBe("due");
    const redriven = (record: ConnectionRecord) =>
      restart(record, deps.clock.now(), { reason: "again", by: "tests" }).create?.state;
    expect(redriven(ended)).toBe("accepted");
    expect(redriven(noteLastLook(ended, deps.clock.now(), ["vco-1"]))).toBe("accepted");
    expect(redriven(noteLastLook(ended, deps.clock.now(), ["vco-1", "vco-2"]))).toBe("accepted");
    expect(redriven(noteLastLook(ended, deps.clock.now(), []))).toBe("undecided");
    deps.clock.advance(settle);
    deps.store.put(
      restart(noteLastLook(ended, deps.clock.now(), []), deps.clock.now(), { reason: "again", by: "tests" }),
    );
    deps.vendor.answers.create = () => ({ connectionId: "vco-1" });
    expect(await heardOf(submit(deps, { ...deps.run, generation: 2 }))).toBe("done");
    expect(await deps.saved()).toMatchObject({ create: { number: 2, state: "accepted" } });
  });

  it("is known by its name as soon as the vendor lists it", async () => {
    const deps = await createNameless();
    deps.vendor.answers.find = () => ["vco-1"];
    expect(await heardOf(submit(deps, deps.run))).toBe("done");
    expect(await deps.saved()).toMatchObject({
      status: "provisioning",
      providerConnectionId: "vco-1",
      providerTaskId: "task-1",
    });
  });
});

describe("a repeated sending at Alibaba", () => {
  /** The first sending was lost a second ago. */
  async function createRepeating() {
    const deps = await createStepDeps("alibaba", { status: "creating", attempts: 1, create: openAttempt });
    deps.clock.advance(1000);
    return deps;
  }
  const settled = settle + 1000;

  it("is not made long after the look that it rests on", async () => {
    const deps = await createRepeating();
    const open = async () => {
      deps.clock.advance(20_001);
      return "a key";
    };
    expect(await heardOf(submit({ ...deps, opener: { open } }, deps.run))).toBe("OutcomeUnclear");
    expect([deps.vendor.asked, deps.vendor.sent]).toEqual([["find"], []]);
    expect((await deps.saved()).create).toMatchObject({ state: "undecided", sends: 2 });
  });

  it("is not made by an invocation that another one has overtaken", async () => {
    const deps = await createRepeating();
    const open = async () => {
      await deps.overtake({ status: "provisioning", create: { ...openAttempt, state: "accepted" } });
      return "a key";
    };
    await expect(submit({ ...deps, opener: { open } }, deps.run)).rejects.toMatchObject({ name: "StaleRecord" });
    expect(deps.vendor.sent).toEqual([]);
  });

  it.each([...definite, "exists"] as const)("is not believed when it is refused (%s)", async (kind) => {
    const deps = await createRepeating();
    deps.vendor.answers.create = failing(kind, { providerCode: "No" });
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect(deps.vendor.asked).toEqual(["find", "create", "find"]);
    const saved = await deps.saved();
    expect(saved.create).toMatchObject({ state: "undecided", sends: 2, doubt: { providerCode: "No" } });
    expect(saved).not.toHaveProperty("refusal");
    expect(decideOutcome(saved, "DeadlinePassed").status).toBe("unknown");
  });

  it("whose refusal came after the first one's connection had turned up is ours all the same", async () => {
    const deps = await createRepeating();
    let there = false;
    deps.vendor.answers.find = () => (there ? ["vco-1"] : []);
    deps.vendor.answers.create = () => {
      there = true;
      return failing("quota")();
    };
    expect(await heardOf(submit(deps, deps.run))).toBe("done");
    expect(await deps.saved()).toMatchObject({ status: "provisioning", providerConnectionId: "vco-1" });
  });

  it("that was refused is only looked for from then on, and over at the end of the window", async () => {
    const deps = await createRepeating();
    deps.vendor.answers.create = failing("quota", { providerCode: "No" });
    await heardOf(submit(deps, deps.run));
    deps.vendor.asked.length = 0;
    deps.clock.advance(settle - 1);
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect((await deps.saved()).create).toMatchObject({ state: "undecided", settledAt: after(settled) });
    deps.clock.advance(1);
    expect(await heardOf(submit(deps, deps.run))).toBe("Rejected");
    expect(deps.vendor.asked).toEqual(["find", "find"]);
    const saved = await deps.saved();
    expect(saved).toMatchObject({
      create: { state: "refused" },
      refusal: { code: "provider_quota", providerCode: "No" },
    });
    expect(decideOutcome(saved, "Rejected").status).toBe("failed");
  });

  it("that was refused is not over by an answer that is older than it arrives", async () => {
    const deps = await createRepeating();
    deps.vendor.answers.create = failing("quota");
    await heardOf(submit(deps, deps.run));
    deps.clock.advance(settle - 1);
    deps.vendor.answers.find = () => {
      deps.clock.advance(1);
      return [];
    };
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect((await deps.saved()).create?.state).toBe("undecided");
  });

  it.each([
    [settle - 1, "OutcomeUnclear", "undecided"],
    [settle, "Rejected", "refused"],
  ])("whose refusal took %d ms is heard as %s", async (took, heard, state) => {
    const deps = await createRepeating();
    deps.vendor.answers.create = () => {
      deps.clock.advance(took);
      return failing("quota")();
    };
    // The look after it takes time, too; what counts is when it was begun.
    deps.vendor.answers.find = () => {
      if (deps.vendor.sent.length > 0) deps.clock.advance(1);
      return [];
    };
    expect(await heardOf(submit(deps, deps.run))).toBe(heard);
    expect((await deps.saved()).create?.state).toBe(state);
  });

  it.each(["conflict", "retry", "ambiguous"] as const)("that is put off (%s) is sent again later", async (kind) => {
    const deps = await createRepeating();
    deps.vendor.answers.create = failing(kind);
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect(deps.vendor.asked.slice(0, 2)).toEqual(["find", "create"]);
    expect((await deps.saved()).create).toMatchObject({ number: 1, state: "undecided", sends: 2 });
    deps.vendor.answers.create = () => ({ connectionId: "vco-1" });
    expect(await heardOf(submit(deps, deps.run))).toBe("done");
    expect(await deps.saved()).toMatchObject({ attempts: 3, providerConnectionId: "vco-1", create: { sends: 3 } });
  });
});

describe("an answer that somebody else was quicker than", () => {
  it("is written all the same, on top of what they wrote", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = async () => {
      await deps.overtake({ warnings: ["theirs"] });
      return { connectionId: "vco-1" };
    };
    expect(await heardOf(submit(deps, deps.run))).toBe("done");
    expect(await deps.saved()).toMatchObject({ warnings: ["theirs"], providerConnectionId: "vco-1" });
  });

  it("is not written once another generation goes on with the request", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = async () => {
      await deps.overtake({ generation: 2 });
      return { connectionId: "vco-1" };
    };
    expect(await heardOf(submit(deps, deps.run))).toBe("Superseded");
    expect(await deps.saved()).toMatchObject({ generation: 2, create: { state: "undecided" } });
  });

  it("changes nothing about a connection that they know already", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = async () => {
      await deps.overtake({ providerConnectionId: "vco-1", statusReason: "theirs" });
      return { connectionId: "vco-1", taskId: "task-1" };
    };
    await submit(deps, deps.run);
    const saved = await deps.saved();
    expect(saved).toMatchObject({ providerConnectionId: "vco-1", statusReason: "theirs" });
    expect(saved.events.at(-1)).toMatchObject({ type: "vendor_call", action: "create" });
  });

  it("is not the last word, where it refuses and they have sent it again", async () => {
    const deps = await createStepDeps("alibaba");
    deps.vendor.answers.create = async () => {
      const { create = openAttempt } = await deps.saved();
      await deps.overtake({ create: { ...create, sends: 2 } });
      return failing("quota")();
    };
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    const saved = await deps.saved();
    expect(saved.create).toMatchObject({ state: "undecided", sends: 2 });
    expect(saved).not.toHaveProperty("refusal");
  });

  it("leaves no doubt about a sending that it does not belong to", async () => {
    const deps = await createStepDeps("alibaba", { status: "creating", attempts: 1, create: openAttempt });
    deps.vendor.answers.create = async () => {
      await deps.overtake({ create: { ...openAttempt, sends: 3 } });
      return failing("quota")();
    };
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect((await deps.saved()).create).not.toHaveProperty("doubt");
  });
});

import { describe, expect, it } from "vitest";
import type { ConnectionStore } from "../../../../functions/domain/ports.ts";
import type { CreateAttempt } from "../../../../functions/domain/record/connection-record.ts";
import { submit } from "../../../../functions/steps/submit/submit.ts";
import { failing } from "../../../fakes/scripted-provider.ts";
import {
  after,
  createStepDeps,
  heardOf,
  openAttempt,
  preSharedKey,
  settle,
  start,
  submitAt,
} from "../../../support/stepping.ts";

describe("a new request", () => {
  it("is sent once, with its keys in clear, under its name and a token of its own", async () => {
    const deps = await createStepDeps("tencent");
    const submitted = await submit(deps, deps.run);
    expect(deps.vendor.asked).toEqual(["preflight", "create"]);
    const name = `pairs-${deps.record.id.slice(0, 12)}`;
    expect(deps.vendor.sent).toEqual([{ name, token: `${deps.record.id}-1`, keys: [preSharedKey] }]);
    expect(submitted).toEqual({ firstLookAt: after(10_000) });
    expect(await deps.saved()).toMatchObject({
      status: "provisioning",
      providerConnectionId: "vco-1",
      create: { number: 1, state: "accepted" },
      attempts: 1,
    });
  });

  it("has its intent written before it is sent, without a key in it", async () => {
    const deps = await createStepDeps("tencent");
    let atSending = deps.record;
    deps.vendor.answers.create = async () => {
      atSending = await deps.saved();
      return { connectionId: "vco-1" };
    };
    await submit(deps, deps.run);
    const parameters = { name: `pairs-${deps.record.id.slice(0, 12)}`, token: `${deps.record.id}-1` };
    expect(atSending).toMatchObject({ status: "creating", attempts: 1, create: { ...openAttempt, parameters } });
    expect(JSON.stringify(atSending.create)).not.toContain(preSharedKey);
  });

  it("has windows that shrink with the time scale of a local stack", async () => {
    const deps = { ...(await createStepDeps("tencent")), timeScale: 0.1 };
    expect(await submit(deps, deps.run)).toEqual({ firstLookAt: after(1000) });
    expect((await deps.saved()).create?.settledAt).toBe(after(12_000));
  });

  it("is not begun while its keys cannot be opened", async () => {
    const broken = new Error("KMS is down");
    const deps = { ...(await createStepDeps("tencent")), opener: { open: () => Promise.reject(broken) } };
    await expect(submit(deps, deps.run)).rejects.toBe(broken);
    expect(await deps.saved()).toEqual(deps.record);
    expect(deps.vendor.sent).toEqual([]);
  });

  it("is not sent by a process that has stood still since its intent, and tried again once the next one comes", async () => {
    const deps = await createStepDeps("tencent");
    const store: ConnectionStore = {
      ...deps.store,
      async save(record) {
        const saved = await deps.store.save(record);
        if (record.create?.state === "undecided") deps.clock.advance(20_001);
        return saved;
      },
    };
    expect(await heardOf(submit({ ...deps, store }, deps.run))).toBe("Throttled");
    expect(deps.vendor.sent).toEqual([]);
    expect((await deps.saved()).create).toMatchObject({ state: "refused", settledAt: after(20_001) });
    deps.clock.advance(60_000);
    expect(await heardOf(submit(deps, deps.run))).toBe("done");
    expect(deps.vendor.sent).toMatchObject([{ token: `${deps.record.id}-2` }]);
  });

  it("is sent until its deadline and not at it", async () => {
    const deps = await createStepDeps("tencent", { deadlineAt: after(1000) });
    expect(await submitAt(deps, 1000)).toBe("DeadlinePassed");
    expect([deps.vendor.asked, await deps.saved()]).toEqual([[], deps.record]);
    const inTime = await createStepDeps("tencent", { deadlineAt: after(1000) });
    expect(await submitAt(inTime, 999)).toBe("done");
  });
});

describe("a run that has been overtaken ends quietly and asks the vendor nothing", () => {
  it.each([
    ["by another generation", { generation: 2 }],
    ["by an ending", { status: "canceled" as const }],
  ])("%s", async (_, patch) => {
    const deps = await createStepDeps("tencent");
    await deps.overtake(patch);
    expect(await heardOf(submit(deps, deps.run))).toBe("Superseded");
    expect(deps.vendor.asked).toEqual([]);
  });

  it("by one that has sent the create meanwhile: what a look beforehand shows refuses it no more", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.preflight = async () => {
      await deps.overtake({ status: "creating", attempts: 1, create: openAttempt });
      const flaw = { pointer: "/vpnGatewayId", detail: "its own connection is in the way" };
      return { flaws: [{ ...flaw, code: "provider_validation", advice: "Look." }], facts: {} };
    };
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    expect(await deps.saved()).not.toHaveProperty("refusal");
    expect(deps.vendor.sent).toEqual([]);
  });

  it("by one that has sent the create meanwhile: what a look beforehand shows keeps it waiting no more", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.preflight = async () => {
      await deps.overtake({ status: "creating", attempts: 1, create: openAttempt });
      return { flaws: [], facts: {}, busy: "its own create is under way" };
    };
    expect(await heardOf(submit(deps, deps.run))).toBe("OutcomeUnclear");
    const saved = await deps.saved();
    expect(saved).not.toHaveProperty("gatewayBusy");
    expect(saved.statusReason).toBe(deps.record.statusReason);
  });

  it("because its record is gone", async () => {
    const deps = await createStepDeps("tencent");
    expect(await heardOf(submit(deps, { ...deps.run, id: "b".repeat(26) }))).toBe("Superseded");
  });
});

describe("an attempt that nothing came of", () => {
  it("is followed by no other for a look that was made before lists were sure to show it", async () => {
    const create = { ...openAttempt, state: "void", unanswered: 1 } as const;
    const deps = await createStepDeps("tencent", { status: "creating", attempts: 1, create });
    deps.vendor.answers.find = () => {
      deps.clock.advance(10);
      return [];
    };
    expect(await submitAt(deps, settle - 5)).toBe("OutcomeUnclear");
    expect(deps.vendor.sent).toEqual([]);
  });

  it("is for a person once the same answer has left it open twelve times in a row", async () => {
    const problem = {
      class: "ambiguous",
      code: "InternalError",
      message: "no",
      advice: "Look.",
      since: start,
    } as const;
    const providerProblem = { ...problem, action: openAttempt.action, lastAt: start, count: 12 };
    const deps = await createStepDeps("alibaba", {
      status: "creating",
      attempts: 1,
      create: openAttempt,
      providerProblem,
    });
    expect(await submitAt(deps, settle)).toBe("Undecidable");
    expect(deps.vendor.sent).toEqual([]);
  });
});

describe("an invocation that has stood still after its look, while another one has gone on,", () => {
  const doubt = { code: "provider_conflict", message: "not now", retryable: true, advice: "Wait." } as const;
  const accepted = { ...openAttempt, number: 2, state: "accepted" } as const;

  it.each<[string, Partial<CreateAttempt>]>([
    ["refuses nothing of it for what was put off before", { doubt, passes: true }],
    ["refuses nothing of it for what was refused before", { doubt }],
    ["does not give it up for answers that were lost before", { number: 3, unanswered: 2 }],
    ["does not tell of what was lost before", { settledAt: after(2 * settle) }],
  ])("%s", async (_, known) => {
    const create = { ...openAttempt, ...known };
    const deps = await createStepDeps("tencent", { status: "creating", attempts: 1, create });
    deps.vendor.answers.find = async () => {
      await deps.overtake({ status: "provisioning", attempts: 2, create: accepted, providerConnectionId: "vco-2" });
      return [];
    };
    expect(await submitAt(deps, settle)).toBe("OutcomeUnclear");
    const saved = await deps.saved();
    expect(saved).toMatchObject({ create: accepted, providerConnectionId: "vco-2" });
    expect(saved.statusReason).toBe(deps.record.statusReason);
    expect(saved).not.toHaveProperty("refusal");
  });
});

describe("a connection that is known already", () => {
  it("is not asked for again, also after the deadline", async () => {
    const deps = await createStepDeps("tencent");
    await submit(deps, deps.run);
    deps.vendor.asked.length = 0;
    deps.clock.advance(86_400_000);
    expect(await submit(deps, deps.run)).toEqual({ firstLookAt: after(86_400_000) });
    expect(deps.vendor.asked).toEqual([]);
  });

  it("is not given up for a refusal of its create that was not true", async () => {
    const create = { ...openAttempt, state: "accepted", final: true } as const;
    const refusal = { code: "provider_quota", message: "no room", retryable: true, advice: "Look." } as const;
    const deps = await createStepDeps("tencent", { attempts: 1, providerConnectionId: "vco-1", create, refusal });
    expect(await submitAt(deps, settle)).toBe("done");
  });

  it.each(["undecided", "accepted", "failed"] as const)(
    "is not looked at here, whatever is known of its job: %s",
    async (state) => {
      const create = { ...openAttempt, state };
      const deps = await createStepDeps("tencent", { attempts: 1, providerConnectionId: "vco-1", create });
      expect(await submitAt(deps, settle)).toBe("done");
      expect([deps.vendor.asked, await deps.saved()]).toEqual([[], deps.record]);
    },
  );
});

describe("a connection whose job failed in an earlier run", () => {
  const patch = {
    status: "accepted" as const,
    attempts: 1,
    providerConnectionId: "vco-1",
    providerTaskId: "task-1",
    create: { ...openAttempt, state: "failed-earlier" as const },
  };

  it("is waited for while the vendor still has it", async () => {
    const deps = await createStepDeps("tencent", patch);
    expect(await submitAt(deps, settle)).toBe("done");
    expect(deps.vendor.asked).toEqual(["exists"]);
    expect((await deps.saved()).providerConnectionId).toBe("vco-1");
  });

  it("is made anew when it is gone, once the vendor's lists cannot lag any more", async () => {
    const deps = await createStepDeps("tencent", patch);
    const asked: string[] = [];
    deps.vendor.answers.exists = (id) => asked.push(id) === 0;
    deps.vendor.answers.create = () => ({ connectionId: "vco-2" });
    expect(await submitAt(deps, settle - 1)).toBe("OutcomeUnclear");
    expect(await deps.saved()).toMatchObject({ providerConnectionId: "vco-1", create: { state: "failed-earlier" } });
    expect(await submitAt(deps, settle)).toBe("done");
    expect(asked).toEqual(["vco-1", "vco-1"]);
    expect(deps.vendor.sent.map(({ token }) => token)).toEqual([`${deps.record.id}-2`]);
    const saved = await deps.saved();
    expect(saved).toMatchObject({ providerConnectionId: "vco-2", create: { number: 2 } });
    expect(saved).not.toHaveProperty("providerTaskId");
  });

  it("is not made anew by an answer that is older than it arrives", async () => {
    const deps = await createStepDeps("tencent", patch);
    deps.vendor.answers.exists = () => {
      deps.clock.advance(1);
      return false;
    };
    expect(await submitAt(deps, settle - 1)).toBe("OutcomeUnclear");
    expect(deps.vendor.sent).toEqual([]);
  });

  it("is waited for no longer than the request has time", async () => {
    const deps = await createStepDeps("tencent", { ...patch, deadlineAt: after(settle - 1) });
    deps.vendor.answers.exists = () => false;
    expect(await submitAt(deps, settle - 1)).toBe("DeadlinePassed");
    expect((await deps.saved()).providerConnectionId).toBe("vco-1");
  });

  it("is not forgotten while the vendor cannot be read", async () => {
    const deps = await createStepDeps("tencent", patch);
    deps.vendor.answers.exists = failing("retry");
    expect(await submitAt(deps, settle)).toBe("ProviderUnavailable");
    expect((await deps.saved()).providerConnectionId).toBe("vco-1");
  });
});

describe("an attempt that an earlier run left undecided", () => {
  const inherited = { status: "accepted", attempts: 1, create: { ...openAttempt, inherited: true } } as const;

  it("is repeated while nobody else can have had the turn", async () => {
    const deps = await createStepDeps("alibaba", inherited);
    expect(await submitAt(deps, settle - 1)).toBe("done");
    expect(deps.vendor.asked).toEqual(["find", "create"]);
    expect((await deps.saved()).create).toMatchObject({ number: 1, sends: 2, state: "accepted" });
    expect((await deps.saved()).create).not.toHaveProperty("inherited");
  });

  it("is made anew after that, behind a look at what others have made since", async () => {
    const deps = await createStepDeps("alibaba", inherited);
    expect(await submitAt(deps, settle)).toBe("done");
    expect(deps.vendor.asked).toEqual(["find", "preflight", "create"]);
    expect(deps.vendor.sent).toMatchObject([{ token: `${deps.record.id}-2` }]);
  });
});

describe("a request that was refused in an earlier run", () => {
  it("is looked for, whatever was answered to it, and sent as a new attempt once no list can lag", async () => {
    const deps = await createStepDeps("alibaba", { attempts: 1, create: { ...openAttempt, state: "refused" } });
    expect(await submitAt(deps, settle - 1)).toBe("OutcomeUnclear");
    expect(await submitAt(deps, settle)).toBe("done");
    expect(deps.vendor.asked).toEqual(["find", "find", "preflight", "create"]);
    expect(deps.vendor.sent).toMatchObject([{ token: `${deps.record.id}-2` }]);
    expect((await deps.saved()).create).toMatchObject({ number: 2, startedAt: after(settle) });
  });
});

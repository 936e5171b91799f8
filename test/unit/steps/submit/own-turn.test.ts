import { describe, expect, it } from "vitest";
import { decideOutcome } from "../../../../functions/domain/record/decide-outcome.ts";
import { toResource } from "../../../../functions/domain/record/to-resource.ts";
import { toGatewayKey } from "../../../../functions/domain/record/turn.ts";
import { submit } from "../../../../functions/steps/submit/submit.ts";
import { requireTurn, takeTurn } from "../../../../functions/steps/take-turn.ts";
import { failing } from "../../../fakes/scripted-provider.ts";
import {
  after,
  anotherRequest,
  createStepDeps,
  heardOf,
  openAttempt,
  settle,
  submitAt,
} from "../../../support/stepping.ts";

type Provider = "alibaba" | "tencent";

/** A request that has its turn, and one that came right after it to the same gateway. */
async function createQueue(provider: Provider = "tencent") {
  const deps = await createStepDeps(provider);
  const next = await anotherRequest(provider, "next", { createdAt: after(1) });
  deps.store.put(next);
  await takeTurn(deps, deps.run);
  const run = { id: next.id, generation: 1 };
  const gateway = toGatewayKey(next.request);
  const at = (milliseconds: number) => deps.clock.advance(Date.parse(after(milliseconds)) - deps.clock.now().getTime());
  return {
    ...deps,
    at,
    holder: async () => (await deps.turns.holders(gateway))[0]?.slice(0, 26),
    next: {
      id: next.id,
      take: () => heardOf(takeTurn(deps, run)),
      submit: () => heardOf(submit(deps, run)),
      saved: async () => (await deps.store.get(next.id)) ?? next,
    },
  };
}

const outOfReach = failing("retry", { action: "DescribeVpnGateways" });

describe.each(["alibaba", "tencent"] as const)("a vendor out of reach (%s)", (provider) => {
  it("keeps the gateway from nobody: who is next has the turn, and its connection", async () => {
    const deps = await createQueue(provider);
    const { preflight } = deps.vendor.answers;
    deps.vendor.answers.preflight = outOfReach;
    expect(await submitAt(deps, 0)).toBe("ProviderUnavailable");
    deps.vendor.answers.preflight = preflight;
    deps.at(2000);
    expect(await deps.next.take()).toBe("done");
    expect(await deps.holder()).toBe(deps.next.id);
    expect(await deps.next.submit()).toBe("done");
    expect(deps.vendor.sent).toHaveLength(1);
  });

  it("is told as what it is of a request that is queued again, whose time goes on", async () => {
    const deps = await createQueue(provider);
    const { deadlineAt } = await deps.saved();
    deps.vendor.answers.preflight = outOfReach;
    await submitAt(deps, 0);
    const queued = await deps.saved();
    expect(queued).toMatchObject({ status: "queued", attempts: 0, deadlineAt });
    expect(toResource(queued).statusReason).toContain("DescribeVpnGateways");
    expect(queued.events.at(-1)).toMatchObject({ type: "status", status: "queued" });
    expect(await submitAt(deps, 1_800_000)).toBe("DeadlinePassed");
    expect(decideOutcome(await deps.saved(), "DeadlinePassed")).toMatchObject({
      status: "failed",
      error: { code: "provider_throttled" },
    });
  });
});

describe("a turn that was given back", () => {
  it("is taken by nobody for a while, so that the vendor is not asked by the whole queue", async () => {
    const deps = await createQueue();
    deps.vendor.answers.preflight = outOfReach;
    await submitAt(deps, 0);
    deps.at(1999);
    expect(await deps.next.take()).toBe("GatewayBusy");
    expect(await deps.next.saved()).toMatchObject({ status: "queued", statusReason: /is asked again soon$/ });
    deps.at(2000);
    expect(await deps.next.take()).toBe("done");
  });

  it("goes round, and is taken more rarely each time, whoever has it, at least every half minute", async () => {
    const deps = await createQueue();
    deps.vendor.answers.preflight = outOfReach;
    const asked: number[] = [];
    const who: string[] = [];
    await deps.next.take();
    for (let second = 0; second < 200; second += 1) {
      deps.at(second * 1000);
      for (const one of ["ours", "next"]) {
        const before = deps.vendor.asked.length;
        if (one === "ours") await submitAt(deps, second * 1000);
        else if ((await deps.next.take()) === "done") await deps.next.submit();
        if (deps.vendor.asked.length === before) continue;
        asked.push(second);
        who.push(one);
      }
    }
    const pauses = asked.slice(1).map((time, index) => time - (asked[index] ?? 0));
    expect(pauses).toEqual([2, 4, 8, 16, 30, 30, 30, 30, 30]);
    expect(who).toEqual([...who.keys()].map((index) => (index % 2 === 0 ? "ours" : "next")));
  });

  it("is taken again at once by the only one there is, as soon as the vendor is asked again", async () => {
    const deps = await createStepDeps("tencent");
    await takeTurn(deps, deps.run);
    const { preflight } = deps.vendor.answers;
    deps.vendor.answers.preflight = outOfReach;
    await submitAt(deps, 0);
    deps.vendor.answers.preflight = preflight;
    expect(await submitAt(deps, 1999)).toBe("ProviderUnavailable");
    expect(await submitAt(deps, 2000)).toBe("done");
    expect(deps.vendor.asked).toEqual(["preflight", "preflight", "create"]);
  });

  it("is not had by who gave it back, while another has it", async () => {
    const deps = await createQueue();
    deps.vendor.answers.preflight = outOfReach;
    await submitAt(deps, 0);
    deps.at(2000);
    await deps.next.take();
    expect(await submitAt(deps, 10_000)).toBe("GatewayBusy");
    expect(deps.vendor.asked).toEqual(["preflight"]);
    expect(await deps.holder()).toBe(deps.next.id);
  });

  it("is not taken before the vendor's own time to stay away, which keeps nobody else", async () => {
    const deps = await createQueue();
    await deps.overtake({ providerNotBefore: after(60_000) });
    expect(await submitAt(deps, 0)).toBe("ProviderUnavailable");
    deps.at(2000);
    expect(await deps.next.take()).toBe("done");
    deps.store.put({ ...(await deps.next.saved()), status: "canceled" });
    expect(await submitAt(deps, 59_999)).toBe("ProviderUnavailable");
    expect(await submitAt(deps, 60_000)).toBe("done");
  });

  it("counts from anew once the vendor has been reached", async () => {
    const deps = await createQueue();
    const { preflight } = deps.vendor.answers;
    deps.vendor.answers.preflight = outOfReach;
    await submitAt(deps, 0);
    deps.vendor.answers.preflight = preflight;
    deps.at(2000);
    await deps.next.take();
    await deps.next.submit();
    deps.vendor.answers.preflight = outOfReach;
    expect(await submitAt(deps, 3000)).toBe("ProviderUnavailable");
    expect(await deps.saved()).toMatchObject({ givenBack: { times: 2, failures: 1, pausedUntil: after(5000) } });
  });

  it("takes no longer in a local stack's time than its scale says", async () => {
    const deps = { ...(await createStepDeps("tencent")), timeScale: 0.1 };
    deps.vendor.answers.preflight = outOfReach;
    await submitAt(deps, 0);
    expect(await deps.saved()).toMatchObject({ givenBack: { pausedUntil: after(200) } });
  });
});

describe("a turn is given back after a create", () => {
  it("that never arrived", async () => {
    const deps = await createQueue();
    deps.vendor.answers.create = failing("retry");
    expect(await submitAt(deps, 0)).toBe("Throttled");
    deps.at(2000);
    expect(await deps.next.take()).toBe("done");
  });

  it("that was put off, once nothing of it can turn up any more, and not before", async () => {
    const deps = await createQueue();
    deps.vendor.answers.create = failing("conflict", { providerCode: "Busy" });
    expect(await submitAt(deps, 0)).toBe("OutcomeUnclear");
    deps.at(settle - 1);
    expect(await deps.next.take()).toBe("GatewayBusy");
    expect(await submitAt(deps, settle)).toBe("Throttled");
    deps.at(settle + 2000);
    expect(await deps.next.take()).toBe("done");
  });

  it.each(["undecided", "accepted"] as const)("never while something of it may be there: %s", async (state) => {
    const deps = await createQueue();
    await deps.overtake({ status: "creating", attempts: 1, create: { ...openAttempt, state } });
    deps.vendor.answers.find = outOfReach;
    for (const time of [0, settle, 10 * settle]) {
      expect(await submitAt(deps, time)).toBe("ProviderUnavailable");
      deps.at(time + 60_000);
      expect(await deps.next.take()).toBe("GatewayBusy");
    }
    expect(await deps.saved()).not.toHaveProperty("givenBack");
  });
});

describe("what happens at once", () => {
  it("an intent and giving back are one or the other: what was sent meanwhile keeps the turn", async () => {
    const deps = await createQueue();
    deps.vendor.answers.preflight = async () => {
      await deps.overtake({ status: "creating", attempts: 1, create: openAttempt });
      return outOfReach();
    };
    expect(await submitAt(deps, 0)).toBe("ProviderUnavailable");
    expect(await deps.saved()).not.toHaveProperty("givenBack");
    deps.at(60_000);
    expect(await deps.next.take()).toBe("GatewayBusy");
  });

  it("nothing is sent by an invocation whose turn another one has given back meanwhile", async () => {
    const deps = await createQueue();
    const { preflight } = deps.vendor.answers;
    deps.vendor.answers.preflight = async () => {
      deps.vendor.answers.preflight = outOfReach;
      await heardOf(submit(deps, deps.run));
      deps.vendor.answers.preflight = preflight;
      deps.at(2000);
      expect(await deps.next.take()).toBe("done");
      return { flaws: [], facts: {} };
    };
    await expect(submit(deps, deps.run)).rejects.toMatchObject({ name: "StaleRecord" });
    expect(deps.vendor.sent).toEqual([]);
  });

  it("an invocation that is late gives back no turn that was taken again after it", async () => {
    const deps = await createQueue();
    const { preflight } = deps.vendor.answers;
    deps.vendor.answers.preflight = async () => {
      deps.vendor.answers.preflight = outOfReach;
      await heardOf(submit(deps, deps.run));
      deps.store.put({ ...(await deps.next.saved()), status: "canceled" });
      deps.vendor.answers.preflight = preflight;
      deps.at(2000);
      await takeTurn(deps, deps.run);
      return outOfReach();
    };
    expect(await heardOf(submit(deps, deps.run))).toBe("ProviderUnavailable");
    expect(await deps.saved()).toMatchObject({ givenBack: { times: 1 } });
    expect(await deps.holder()).toBe(deps.record.id);
    expect(await submitAt(deps, 2000)).toBe("done");
  });

  it("an invocation that is late takes back no turn that its run has by a later name", async () => {
    const deps = await createQueue();
    const now = await deps.saved();
    const givenBack = { failures: 1, pausedUntil: after(0), queuedAt: after(0) };
    const late = { ...now, givenBack: { ...givenBack, times: 1 } };
    deps.store.put({ ...now, givenBack: { ...givenBack, times: 2 } });
    const name = `${now.id}#1#2#2`;
    const gateway = toGatewayKey(now.request);
    await deps.turns.pass(gateway, await deps.turns.holders(gateway), name);
    await expect(requireTurn(deps, late)).rejects.toMatchObject({ name: "GatewayBusy" });
    expect((await deps.turns.holders(gateway))[0]).toBe(name);
  });

  it("who has the turn goes on with it, whoever came before meanwhile", async () => {
    const deps = await createQueue();
    deps.store.put(await anotherRequest("tencent", "before", { createdAt: after(-1) }));
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
  });
});

describe("a run after one that gave its turn back", () => {
  it("waits where its request waited, and takes the turn by a name of its own", async () => {
    const deps = await createQueue();
    deps.vendor.answers.preflight = outOfReach;
    await submitAt(deps, 0);
    await deps.overtake({ generation: 2 });
    const run = { ...deps.run, generation: 2 };
    expect(await heardOf(takeTurn(deps, run))).toBe("GatewayBusy");
    deps.at(2000);
    expect(await heardOf(takeTurn(deps, run))).toBe("GatewayBusy");
    deps.store.put({ ...(await deps.next.saved()), status: "canceled" });
    expect(await heardOf(takeTurn(deps, run))).toBe("done");
    expect((await deps.turns.holders(toGatewayKey(deps.record.request)))[0]).toBe(`${deps.record.id}#2#1#1`);
  });
});

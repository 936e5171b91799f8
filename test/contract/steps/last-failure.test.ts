import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listAttention } from "../../../functions/domain/connections/list-attention.ts";
import type { ErrorClass } from "../../../functions/domain/provider/provider-error.ts";
import { decideOutcome } from "../../../functions/domain/record/decide-outcome.ts";
import { toResource } from "../../../functions/domain/record/to-resource.ts";
import type { ProviderName } from "../../../functions/domain/values.ts";
import { awaitProvisioned } from "../../../functions/steps/await-provisioned.ts";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { takeTurn } from "../../../functions/steps/take-turn.ts";
import { watchTunnels } from "../../../functions/steps/watch-tunnels.ts";
import type { Fault } from "../../../packages/simulators/src/faults.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { heardOf } from "../../support/stepping.ts";
import { createCloudOverHttp } from "../../support/vendor-over-http.ts";
import { acceptedAt, createRunDeps, type RunDeps, runToEnd, saved } from "../../support/vendor-stepping.ts";

const create = "CreateVpnConnection";

/** Ways for a call to fail: a documented code of each class, and none that can be read. */
interface Failure {
  what: string;
  class: ErrorClass;
  code?: string;
  clock?: true;
  fault: (action: string, times: number) => Fault;
}
const answered = (meaning: ErrorClass, code: string, marks: { clock?: true } = {}): Failure => ({
  what: code,
  class: meaning,
  code,
  ...marks,
  fault: (action, times) => ({ kind: "error", action, times, code }),
});
const silent: Failure[] = [
  { what: "a reset", class: "ambiguous", fault: (action, times) => ({ kind: "reset-before", action, times }) },
  {
    what: "no answer",
    class: "ambiguous",
    fault: (action, times) => ({ kind: "hang-before", action, times, milliseconds: 1 }),
  },
  {
    what: "a proxy's page",
    class: "ambiguous",
    fault: (action, times) => ({ kind: "http-502-html", action, times, afterEffect: false }),
  },
];
/** It is carried out, so that only reads fail in this way here. */
const garbage: Failure = {
  what: "garbage",
  class: "ambiguous",
  fault: (action, times) => ({ kind: "garbage-body", action, times }),
};

const failures: Record<ProviderName, Failure[]> = {
  alibaba: [
    answered("retry", "Throttling.User"),
    answered("retry", "InvalidTimeStamp.Expired", { clock: true }),
    answered("conflict", "TaskConflict"),
    answered("quota", "Resource.QuotaFull"),
    answered("validation", "IllegalParam.LocalSubnet"),
    answered("auth", "Forbidden.RAM"),
    answered("not-found", "InvalidVpnGatewayInstanceId.NotFound"),
    answered("exists", "InvalidVpnConnection.AlreadyExists"),
    answered("ambiguous", "InternalError"),
    ...silent,
  ],
  tencent: [
    answered("retry", "RequestLimitExceeded"),
    answered("retry", "AuthFailure.SignatureExpire", { clock: true }),
    answered("conflict", "ResourceInUse"),
    answered("quota", "LimitExceeded"),
    answered("validation", "UnsupportedOperation"),
    answered("auth", "UnauthorizedOperation"),
    answered("not-found", "ResourceNotFound"),
    answered("ambiguous", "InternalError"),
    ...silent,
  ],
};

/** Where a request can be when a call fails, and what is called there. */
type Stage = "before" | "duplicate" | "look" | "provisioning";
const stages: Record<ProviderName, Record<Stage, string[]>> = {
  alibaba: {
    before: ["DescribeVpnGateway", "DescribeCustomerGateway"],
    duplicate: ["DescribeVpnConnection"],
    look: ["DescribeVpnConnections"],
    provisioning: ["DescribeVpnGateway", "DescribeVpnConnection"],
  },
  tencent: {
    before: ["DescribeVpnGateways", "DescribeCustomerGateways"],
    duplicate: ["DescribeVpnConnections"],
    look: ["DescribeVpnConnections"],
    provisioning: ["DescribeVpcTaskResult", "DescribeVpnConnections"],
  },
};
const passing: ErrorClass[] = ["retry", "conflict", "ambiguous"];

/** What the broker may do without: a missing thing is an answer, and a task at Tencent is an optional read. */
function isAnswer(stage: Stage, action: string, { class: kind }: Failure): boolean {
  if (action === "DescribeVpcTaskResult") return ["not-found", "validation", "auth"].includes(kind);
  return kind === "not-found" && stage !== "look" && stage !== "before";
}

describe.each(["alibaba", "tencent"] as const)("%s", (vendor) => {
  const clock = createFakeClock();
  let cloud: Awaited<ReturnType<typeof createCloudOverHttp>>;
  let deps: RunDeps;
  let run: { id: string; generation: number };
  beforeAll(async () => {
    cloud = await createCloudOverHttp(vendor, clock);
    return cloud.close;
  });
  beforeEach(async () => {
    await cloud.reset();
    const record = await acceptedAt(vendor);
    clock.advance(Date.parse(record.createdAt) - clock.now().getTime());
    deps = createRunDeps(record, cloud, clock);
    run = { id: record.id, generation: record.generation };
    await takeTurn(deps, run);
  });

  const current = () => saved(deps, run.id);
  const sent = async () => (await deps.calls()).filter(({ action }) => action === create).length;

  /** Brings the request there, and answers the step that is next. */
  async function reach(stage: Stage): Promise<() => Promise<unknown>> {
    if (stage === "duplicate") {
      const earlier = await acceptedAt(vendor, "theirs");
      deps.store.put({
        ...earlier,
        status: "succeeded",
        providerConnectionId: "vco-gone",
        createdAt: "2025-12-31T00:00:00.000Z",
      });
    }
    if (stage === "look") {
      await deps.addFault({ action: create, kind: "reset-before", times: 1 });
      await heardOf(submit(deps, run));
    }
    if (stage === "provisioning") {
      await submit(deps, run);
      clock.advance(10_000);
    }
    return () => (stage === "provisioning" ? awaitProvisioned(deps, run) : submit(deps, run));
  }

  const reads = (Object.keys(stages[vendor]) as Stage[]).flatMap((stage) =>
    stages[vendor][stage].flatMap((action) =>
      [...failures[vendor], garbage].map((failure) => ({ stage, action, what: failure.what, failure })),
    ),
  );
  const stands = reads.filter(
    ({ stage, action, failure }) =>
      !isAnswer(stage, action, failure) &&
      (passing.includes(failure.class) || stage === "look" || stage === "provisioning"),
  );
  const ends = reads.filter((one) => !stands.includes(one) && !isAnswer(one.stage, one.action, one.failure));

  it.each(stands)(
    "$action, $stage: $what stands in the way until it is answered",
    async ({ stage, action, failure }) => {
      const next = await reach(stage);
      await deps.addFault(failure.fault(action, 2));
      const before = { at: clock.now().toISOString(), sent: await sent() };
      expect(await heardOf(next())).toBe("ProviderUnavailable");
      const first = await current();
      const told = failure.code ?? "no readable answer";
      expect(first.providerProblem).toMatchObject({
        action,
        class: failure.class,
        since: before.at,
        lastAt: before.at,
        count: 1,
        message: expect.stringContaining(told),
      });
      expect(first.providerProblem?.code).toBe(failure.code);
      expect(first.providerProblem?.advice).not.toBe("");
      expect(first.providerProblem?.requestId !== undefined).toBe(failure.code !== undefined);
      const resource = toResource(first);
      expect(resource.statusReason).toContain(action);
      expect(resource.statusReason).toContain(told);
      expect(resource.statusReason).not.toContain("about to start");
      expect(resource.providerProblem).toMatchObject({ action, class: failure.class, since: before.at, count: 1 });

      clock.advance(121_000);
      expect(await heardOf(next())).toBe("ProviderUnavailable");
      const second = await current();
      expect(second.providerProblem).toMatchObject({ since: before.at, lastAt: clock.now().toISOString(), count: 2 });
      expect(second.revision).toBe(first.revision);
      const [attention] = (await listAttention(deps, { tenant: second.tenant, limit: 100 })).items;
      expect(attention).toMatchObject({ reason: "provider_problem", action: expect.stringContaining(told) });
      expect(attention?.action).toContain(second.providerProblem?.advice);
      expect(attention?.action).not.toContain("starts it");

      const late = decideOutcome(second, "DeadlinePassed");
      expect(late.status).toBe(stage === "look" || stage === "provisioning" ? "unknown" : "failed");
      expect(late.error?.message).toContain(told);
      expect(late.error?.providerCode).toBe(failure.code);
      expect(late.error?.advice).not.toMatch(/longer/);
      expect(await sent()).toBe(before.sent);

      clock.advance(30_000);
      await heardOf(next());
      const third = await current();
      expect(third).not.toHaveProperty("providerProblem");
      expect(toResource(third).statusReason).not.toContain(told);
    },
  );

  it("a vendor that fails in one way and then in another has failed since the first of them", async () => {
    const [action = ""] = stages[vendor].before;
    const [first, second] = failures[vendor].filter(({ class: kind, clock }) => passing.includes(kind) && !clock);
    const since = clock.now().toISOString();
    for (const failure of [first, second, first, second]) {
      await deps.addFault(failure?.fault(action, 1) as Fault);
      expect(await heardOf(submit(deps, run))).toBe("ProviderUnavailable");
      clock.advance(41_000);
    }
    const record = await current();
    expect(record.providerProblem).toMatchObject({ code: second?.code, count: 1, failingSince: since });
    expect(toResource(record).statusReason).toContain(`, after other failures since ${since}; it is asked again`);
    expect(toResource(record).providerProblem).not.toHaveProperty("failingSince");
    const [attention] = (await listAttention(deps, { tenant: record.tenant, limit: 100 })).items;
    expect(attention).toMatchObject({ reason: "provider_problem", action: expect.stringContaining(since) });
    await heardOf(submit(deps, run));
    expect(await current()).not.toHaveProperty("providerProblem");
  });

  it.each(ends)("$action, $stage: $what ends the request, and nothing was sent", async ({ stage, action, failure }) => {
    const next = await reach(stage);
    await deps.addFault(failure.fault(action, 1));
    expect(await heardOf(next())).toBe("Rejected");
    expect(await sent()).toBe(0);
    const record = await current();
    expect(record.attempts).toBe(0);
    const { status, error } = decideOutcome(record, "Rejected");
    expect(status).toBe("failed");
    if (failure.class !== "not-found") expect(error?.message).toContain(`${action} with ${failure.code}`);
    if (failure.class === "auth") {
      expect(error).toMatchObject({
        code: "provider_auth",
        retryable: false,
        advice: expect.stringContaining(`vpc:${action}`),
      });
    }
  });

  it.each(stages[vendor].before)(
    "%s: a clock that is wrong for good ends the request as what it is",
    async (action) => {
      const clockFailure = failures[vendor].find((failure) => failure.clock);
      if (clockFailure) await deps.addFault(clockFailure.fault(action, 9));
      expect(await heardOf(submit(deps, run))).toBe("ProviderUnavailable");
      clock.advance(30_000);
      expect(await heardOf(submit(deps, run))).toBe("ProviderUnavailable");
      clock.advance(30_000);
      expect(await heardOf(submit(deps, run))).toBe("Rejected");
      expect((await current()).refusal).toMatchObject({ code: "provider_auth", providerCode: clockFailure?.code });
      expect(await sent()).toBe(0);
    },
  );

  it("a clock that is wrong at every call, whichever fails first, ends the request as what it is", async () => {
    const clockFailure = failures[vendor].find((failure) => failure.clock);
    for (const turn of [0, 1, 2]) {
      const [action = ""] = stages[vendor].before.slice(turn % 2);
      await deps.addFault(clockFailure?.fault(action, 1) as Fault);
      expect(await heardOf(submit(deps, run))).toBe(turn < 2 ? "ProviderUnavailable" : "Rejected");
      // The turn is given back, and taken again after a pause.
      clock.advance(60_000);
    }
    expect((await current()).refusal).toMatchObject({ code: "provider_auth", providerCode: clockFailure?.code });
    expect(await sent()).toBe(0);
  });

  it.each(failures[vendor])("a create: $what is shown until one is accepted", async (failure) => {
    await deps.addFault(failure.fault(create, 1));
    const heard = await heardOf(submit(deps, run));
    const record = await current();
    const told = failure.code ?? "no readable answer";
    expect(toResource(record).statusReason).toContain(told);
    expect(toResource(record).statusReason).not.toContain("about to start");
    if (heard === "Rejected") {
      expect(decideOutcome(record, heard)).toMatchObject({ status: "failed", error: { providerCode: failure.code } });
      return;
    }
    expect(record.providerProblem).toMatchObject({ action: create, class: failure.class, count: 1 });
    // That the list can be read is no better answer.
    clock.advance(60_000);
    expect(await heardOf(submit(deps, run))).toBe(
      vendor === "alibaba" && failure.class !== "exists" ? "done" : "OutcomeUnclear",
    );
    if (vendor === "tencent" || failure.class === "exists") {
      const looking = await current();
      expect(looking.providerProblem).toMatchObject({ action: create, count: 1 });
      expect(toResource(looking).statusReason).toContain(told);
      clock.advance(61_000);
      const [attention] = (await listAttention(deps, { tenant: looking.tenant, limit: 100 })).items;
      expect(attention).toMatchObject({ reason: "provider_problem", action: expect.stringContaining(told) });
      const late = decideOutcome(looking, "DeadlinePassed");
      expect(late).toMatchObject({ status: "unknown", error: { message: expect.stringContaining(told) } });
      expect(late.error?.providerCode).toBe(failure.code);
    }
    const ended = await runToEnd(deps);
    expect(ended.status).toBe(failure.class === "exists" ? "failed" : "succeeded");
    expect(ended).not.toHaveProperty("providerProblem");
  });

  it("may do without optional reads, and says which permission is missing", async () => {
    const optional = { alibaba: "DiagnoseVpnConnections", tencent: "DescribeVpcTaskResult" }[vendor];
    await deps.configure({ deniedActions: [optional] });
    expect((await runToEnd(deps)).status).toBe("succeeded");
    await heardOf(watchTunnels(deps, run));
    const warnings = (await current()).warnings.filter((warning) => warning.includes(`vpc:${optional}`));
    expect(warnings).toHaveLength(1);
  });
});

import { describe, expect, it } from "vitest";
import { cancelConnection } from "../../../functions/domain/connections/cancel-connection.ts";
import { listAttention } from "../../../functions/domain/connections/list-attention.ts";
import { decideOutcome } from "../../../functions/domain/record/decide-outcome.ts";
import { restart } from "../../../functions/domain/record/recovery.ts";
import { toResource } from "../../../functions/domain/record/to-resource.ts";
import { recordOutcome } from "../../../functions/steps/record-outcome.ts";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { takeTurn } from "../../../functions/steps/take-turn.ts";
import { createMemoryAuditLog } from "../../fakes/memory-audit-log.ts";
import { failing } from "../../fakes/scripted-provider.ts";
import { testActor } from "../../support/accepting.ts";
import { after, createStepDeps, heardOf, pause, settle, submitAt } from "../../support/stepping.ts";

const answered = "Tencent Cloud answered CreateConnection with InternalError";

describe("what is said of a create", () => {
  it("that was answered with a code which proves nothing is never that the answer was lost", async () => {
    const deps = await createStepDeps("tencent");
    const said = async () => toResource(await deps.saved()).statusReason;
    deps.vendor.answers.create = failing("ambiguous", { providerCode: "InternalError", providerRequestId: "REQ-1" });
    await submitAt(deps, 0);
    const next = `its connections are looked at before anything is sent again, until ${after(settle)} at the longest`;
    expect(await said()).toBe(`${answered}; ${next}`);
    await submitAt(deps, 1);
    expect(await said()).toBe(`${answered}; ${next}`);
    await submitAt(deps, settle);
    await submitAt(deps, 2 * settle);
    await submitAt(deps, 3 * settle);
    const { reason, error } = decideOutcome(await deps.saved(), "Undecidable");
    expect(reason).toMatch(new RegExp(`no answer was clear 3 times in a row; the last one: ${answered}$`));
    expect(error).toMatchObject({ providerCode: "InternalError", providerRequestId: "REQ-1" });
  });

  it("that is lost, and of which nothing turned up, does not claim that it had no effect", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = failing("ambiguous");
    await submitAt(deps, 0);
    let told = "";
    deps.vendor.answers.preflight = async () => {
      told = (await deps.saved()).statusReason;
      return failing("retry", { action: "Describe" })();
    };
    await submitAt(deps, settle);
    expect(told).toBe("the vendor's answer was lost, and no connection of this request is listed; trying again");
  });

  it("has its name also where a question was refused with what a create may be refused with", async () => {
    const deps = await createStepDeps("alibaba");
    const advice = "Look at the gateway for one with this name.";
    deps.vendor.answers.preflight = failing("exists", { action: "Describe", advice });
    await submitAt(deps, 0);
    const { providerConnectionName } = toResource(await deps.saved());
    expect((await deps.saved()).refusal?.advice).toBe(`Look at the gateway for one with ${providerConnectionName}.`);
  });

  it("that is sent anew is not that the gateway is still waited for", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = failing("ambiguous");
    await submitAt(deps, 0);
    const { preflight } = deps.vendor.answers;
    deps.vendor.answers.preflight = () => ({ flaws: [], facts: {}, busy: "the gateway is PENDING" });
    await submitAt(deps, settle);
    deps.vendor.answers.preflight = preflight;
    let atSending = "";
    deps.vendor.answers.create = async () => {
      atSending = (await deps.saved()).statusReason;
      return { connectionId: "vco-1" };
    };
    await submitAt(deps, settle + 1);
    expect(atSending).toBe("asking the vendor to create the connection");
  });

  it("stands on the timeline for every sending, also after busy answers", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = failing("conflict", { providerCode: "Busy" });
    for (const time of [0, settle, settle + pause]) await submitAt(deps, time);
    const told = (await deps.saved()).events.filter(
      (event) => event.type === "vendor_call" && event.action === "create",
    );
    expect(told.length).toBe(deps.vendor.sent.length);
    expect(deps.vendor.sent).toHaveLength(2);
  });

  it("that a refusal follows names the code at the end, and that another connection may be the cause", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = failing("ambiguous");
    await submitAt(deps, 0);
    deps.vendor.answers.create = failing("validation", { providerCode: "Overlap", mayBeOurs: true });
    await submitAt(deps, settle);
    expect(toResource(await deps.saved()).statusReason).not.toContain("asked again");
    await submitAt(deps, 2 * settle);
    const { error } = decideOutcome(await deps.saved(), "Undecidable");
    expect(error).toMatchObject({ code: "outcome_unknown", providerCode: "Overlap" });
    expect(error?.advice).toMatch(/If none has that name, another one stands in the way\.$/);
  });

  it.each(["alibaba", "tencent"] as const)(
    "that a refusal follows is no plain refusal where that arrives only after the window (%s)",
    async (vendor) => {
      const deps = await createStepDeps(vendor);
      deps.vendor.answers.create = failing("ambiguous");
      await submitAt(deps, 0);
      deps.vendor.answers.create = () => {
        deps.clock.advance(settle + 1);
        return failing("validation", { providerCode: "Overlap", mayBeOurs: true })();
      };
      expect(await submitAt(deps, settle)).toBe("OutcomeUnclear");
      expect(await submitAt(deps, 3 * settle)).toBe("Undecidable");
    },
  );

  it.each([
    ["ambiguous", {}],
    ["validation", { providerCode: "Overlap" }],
  ] as const)("is not that a person should look, or send, while the broker does: %s", async (kind, facts) => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = failing("ambiguous");
    await submitAt(deps, 0);
    const advice = "Correct the networks.";
    deps.vendor.answers.create = failing(kind, { ...facts, advice });
    await submitAt(deps, settle);
    await submitAt(deps, settle + 121_000 - 1);
    const record = await deps.saved();
    const { providerConnectionName, providerProblem } = toResource(record);
    const told = `The broker itself looks for ${providerConnectionName} (Tencent Cloud, ap-guangzhou, gateway ${record.request.vpnGatewayId}) before it sends anything again, and tells how it ends: make no other connection in its place meanwhile.`;
    expect(providerProblem?.advice).toBe(
      kind === "ambiguous" ? told : `${told} If there is none, this holds: ${advice}`,
    );
    deps.clock.advance(10_000);
    const [attention] = (await listAttention(deps, { tenant: record.tenant, limit: 100 })).items;
    expect(attention?.action.endsWith(`. ${providerProblem?.advice}`)).toBe(true);
  });

  it.each(["tencent", "alibaba"] as const)("of an earlier run is awaited, and until when: %s", async (vendor) => {
    const deps = await createStepDeps(vendor);
    deps.vendor.answers.create = failing("validation", { providerCode: "Wrong" });
    await submitAt(deps, 0);
    await recordOutcome(deps, { ...deps.run, failure: { Error: "Rejected" } });
    await deps.store.save(restart(await deps.saved(), deps.clock.now(), { reason: "again", by: "tests" }));
    const run = { ...deps.run, generation: 2 };
    await takeTurn(deps, run);
    expect(await heardOf(submit(deps, run))).toBe("OutcomeUnclear");
    expect(toResource(await deps.saved()).statusReason).toBe(
      `looking until ${after(settle)} for a connection of an earlier create, which the vendor's lists may show late`,
    );
  });

  it("whose answer was lost is looked for, and until when", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = failing("ambiguous");
    await submitAt(deps, 0);
    await submitAt(deps, 1);
    expect((await deps.saved()).statusReason).toBe(
      `the vendor's answer was lost; looking until ${after(settle)} whether the connection exists`,
    );
  });

  it("that was answered in an earlier run is not told as lost in the next one", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.create = failing("ambiguous", { providerCode: "InternalError" });
    await submitAt(deps, 0);
    await recordOutcome(deps, { ...deps.run, failure: { Error: "DeadlinePassed" } });
    await deps.store.save(restart(await deps.saved(), deps.clock.now(), { reason: "again", by: "tests" }));
    const run = { ...deps.run, generation: 2 };
    await takeTurn(deps, run);
    expect(await heardOf(submit(deps, run))).toBe("OutcomeUnclear");
    const record = await deps.saved();
    expect(record.statusReason).toBe(`${answered}; looking until ${after(settle)} whether the connection exists`);
    expect(decideOutcome(record, "DeadlinePassed").reason).toBe(
      `timeoutSeconds passed before it could be decided whether the create took effect; the last that was known: ${answered}`,
    );
  });

  it("that came to nothing before a caller canceled is not that the vendor was never asked", async () => {
    const deps = { ...(await createStepDeps("tencent")), audit: createMemoryAuditLog() };
    deps.vendor.answers.create = failing("ambiguous");
    await submitAt(deps, 0);
    deps.vendor.answers.preflight = failing("retry", { action: "Describe" });
    await submitAt(deps, settle);
    const canceled = await cancelConnection(deps, { actor: testActor, id: deps.record.id });
    expect(canceled).toMatchObject({
      statusReason: "canceled by a caller; no create of it is under way at the vendor",
      tunnels: [{ reason: "the request ended without a connection" }],
    });
    expect(toResource(canceled)).not.toHaveProperty("estimatedCompletionAt");
  });
});

import { describe, expect, it } from "vitest";
import type { Tenant } from "../../../functions/domain/tenants/tenant.ts";
import { recordOutcome } from "../../../functions/steps/record-outcome.ts";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { takeTurn } from "../../../functions/steps/take-turn.ts";
import { failing } from "../../fakes/scripted-provider.ts";
import {
  after,
  anotherRequest,
  createStepDeps,
  heardOf,
  openAttempt,
  settle,
  type StepDeps,
  submitAt,
} from "../../support/stepping.ts";

/** What an operator can do to a tenant, and what its requests then say. */
const interventions: [what: string, patch: Partial<Tenant>, message: RegExp][] = [
  ["suspends it", { suspended: { at: after(0), reason: "its key has leaked" } }, /suspended.*: its key has leaked$/],
  ["takes the gateway away", { gateways: ["*/*/cgw-*"] }, /took gateways .*: \/vpnGatewayId$/],
  ["takes its customer gateway away", { gateways: ["*/*/vpn*"] }, /: \/tunnels\/0\/customerGatewayId$/],
  ["changes its credentials", { credentials: { alibaba: "new", tencent: "new" } }, /the broker's own, .* are 'new'$/],
];

/** An operator does that to the tenant. */
async function intervene({ tenants, record }: StepDeps, patch: Partial<Tenant>): Promise<void> {
  const { suspended: _suspended, ...tenant } = (await tenants.get(record.tenant)) ?? fail();
  await tenants.save({ ...tenant, ...patch });
}

function fail(): never {
  throw new Error("there is no tenant");
}

async function endOf(deps: StepDeps, heard: string) {
  await recordOutcome(deps, { ...deps.run, failure: { Error: heard } });
  return deps.saved();
}

describe.each(interventions)("an operator who %s", (_, patch, message) => {
  const refused = {
    status: "failed",
    error: { code: "provider_auth", message: expect.stringMatching(message) as string },
  };

  it("ends what waits for its turn, also behind others", async () => {
    const deps = await createStepDeps("alibaba");
    deps.store.put(await anotherRequest("alibaba", "before", { createdAt: after(-1) }));
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("GatewayBusy");
    await intervene(deps, patch);
    const heard = await heardOf(takeTurn(deps, deps.run));
    expect(heard).toBe("Rejected");
    expect(await endOf(deps, heard)).toMatchObject({ ...refused, attempts: 0 });
  });

  it("ends what has its turn before the vendor is asked anything, one out of reach too", async () => {
    const deps = await createStepDeps("alibaba");
    await intervene(deps, patch);
    const connectProvider = failing("retry");
    expect(await heardOf(submit({ ...deps, connectProvider }, deps.run))).toBe("Rejected");
    expect(await endOf(deps, "Rejected")).toMatchObject(refused);
  });

  it("is heeded when it happens while the vendor is looked at, right before the create", async () => {
    const deps = await createStepDeps("tencent");
    deps.vendor.answers.preflight = async () => {
      await intervene(deps, patch);
      return { flaws: [], facts: {} };
    };
    expect(await submitAt(deps, 0)).toBe("Rejected");
    expect(await endOf(deps, "Rejected")).toMatchObject({ ...refused, attempts: 0 });
    expect(deps.vendor.sent).toEqual([]);
  });

  it.each(["alibaba", "tencent"] as const)(
    "stops the next create at %s, and leaves what may have taken effect to be found",
    async (provider) => {
      const deps = await createStepDeps(provider, { status: "creating", attempts: 1, create: openAttempt });
      await intervene(deps, patch);
      expect(await submitAt(deps, 5000)).toBe("OutcomeUnclear");
      expect(await deps.saved()).toMatchObject({ create: { state: "undecided", sends: 1 } });
      deps.vendor.answers.find = () => ["vco-7"];
      expect(await submitAt(deps, 10_000)).toBe("done");
      expect(await deps.saved()).toMatchObject({ status: "provisioning", providerConnectionId: "vco-7" });
      expect(deps.vendor.sent).toEqual([]);
    },
  );

  it.each(["alibaba", "tencent"] as const)(
    "fails a request at %s once nothing of its last create can turn up any more, and not before",
    async (provider) => {
      const deps = await createStepDeps(provider, { status: "creating", attempts: 1, create: openAttempt });
      await intervene(deps, patch);
      expect(await submitAt(deps, settle - 1)).toBe("OutcomeUnclear");
      const heard = await submitAt(deps, settle);
      expect(heard).toBe("Rejected");
      expect(await endOf(deps, heard)).toMatchObject({ ...refused, attempts: 1 });
      expect(deps.vendor.sent).toEqual([]);
    },
  );

  it("cannot end one that somebody sent meanwhile: that is looked for", async () => {
    const deps = await createStepDeps("tencent");
    await intervene(deps, patch);
    const tenants = {
      ...deps.tenants,
      async get(name: string) {
        await deps.overtake({ status: "creating", attempts: 1, create: openAttempt });
        return deps.tenants.get(name);
      },
    };
    expect(await heardOf(submit({ ...deps, tenants }, deps.run))).toBe("OutcomeUnclear");
    expect(await deps.saved()).toMatchObject({ status: "creating", create: openAttempt });
  });

  it("and gives it back lets the request go on", async () => {
    const deps = await createStepDeps("alibaba", { status: "creating", attempts: 1, create: openAttempt });
    await intervene(deps, patch);
    expect(await submitAt(deps, 5000)).toBe("OutcomeUnclear");
    await intervene(deps, { gateways: ["*"], credentials: {} });
    expect(await submitAt(deps, 10_000)).toBe("done");
    expect(deps.vendor.sent).toHaveLength(1);
  });
});

describe("a request at the vendor already", () => {
  it("goes on to its end whatever becomes of its tenant", async () => {
    const create = { ...openAttempt, state: "accepted" } as const;
    const deps = await createStepDeps("alibaba", { status: "provisioning", create, providerConnectionId: "vco-1" });
    await intervene(deps, { suspended: { at: after(0), reason: "its key has leaked" } });
    expect(await heardOf(takeTurn(deps, deps.run))).toBe("done");
    expect(await submitAt(deps, 0)).toBe("done");
  });
});

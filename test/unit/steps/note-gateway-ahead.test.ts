import { expect, it } from "vitest";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { takeTurn } from "../../../functions/steps/take-turn.ts";
import { anotherRequest, createStepDeps, heardOf } from "../../support/stepping.ts";

it.each(["alibaba", "tencent"] as const)(
  "who ends in the queue of %s behind a gateway that is at work is told so, and nothing else of the one ahead",
  async (vendor) => {
    const deps = await createStepDeps(vendor);
    deps.vendor.answers.preflight = () => ({ flaws: [], facts: {}, busy: "the gateway is updating" });
    await takeTurn(deps, deps.run);
    expect(await heardOf(submit(deps, deps.run))).toBe("GatewayBusy");
    const seenAt = deps.clock.now().toISOString();
    const behind = await anotherRequest(vendor, "behind", { createdAt: "2026-01-01T00:00:01.000Z" });
    deps.store.put(behind);
    const run = { id: behind.id, generation: behind.generation };
    expect(await heardOf(takeTurn(deps, run))).toBe("GatewayBusy");
    deps.clock.advance(Date.parse(behind.queueDeadlineAt) - deps.clock.now().getTime());
    expect(await heardOf(takeTurn(deps, run))).toBe("DeadlinePassed");
    expect((await deps.store.get(behind.id))?.gatewayBusy).toEqual({ why: "the gateway is updating", seenAt });
  },
);

it("who ends behind requests that have seen nothing of the gateway is told nothing of it", async () => {
  const deps = await createStepDeps("tencent");
  await takeTurn(deps, deps.run);
  const behind = await anotherRequest("tencent", "behind", { createdAt: "2026-01-01T00:00:01.000Z" });
  deps.store.put(behind);
  const run = { id: behind.id, generation: behind.generation };
  expect(await heardOf(takeTurn(deps, run))).toBe("GatewayBusy");
  deps.clock.advance(Date.parse(behind.queueDeadlineAt) - deps.clock.now().getTime());
  expect(await heardOf(takeTurn(deps, run))).toBe("DeadlinePassed");
  expect(await deps.store.get(behind.id)).not.toHaveProperty("gatewayBusy");
});

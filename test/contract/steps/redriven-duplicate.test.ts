import { expect, it } from "vitest";
import { restart } from "../../../functions/domain/record/recovery.ts";
import { submit } from "../../../functions/steps/submit/submit.ts";
import { takeTurn } from "../../../functions/steps/take-turn.ts";
import { heardOf } from "../../support/stepping.ts";
import { acceptedAt, createInProcess, runToEnd, saved } from "../../support/vendor-stepping.ts";

// Its connection is there, though it waits for its turn again.
it.each(["alibaba", "tencent"] as const)(
  "a request that is run again is compared with all the same: %s",
  async (vendor) => {
    const deps = await createInProcess(vendor);
    const first = await runToEnd(deps);
    const create = first.create ? { create: { ...first.create, state: "failed" as const } } : {};
    const ended = await deps.store.save({ ...first, status: "failed", ...create });
    deps.clock.advance(60_000);
    const later = { ...(await acceptedAt(vendor, "theirs")), createdAt: deps.clock.now().toISOString() };
    deps.store.put(later);
    const run = { id: later.id, generation: 1 };
    await takeTurn(deps, run);
    await deps.store.save(restart(ended, deps.clock.now(), { reason: "again", by: "tests" }));
    expect(await heardOf(submit(deps, run))).toBe("Rejected");
    expect((await saved(deps, later.id)).refusal).toMatchObject({ code: "semantic_duplicate" });
    expect(await deps.connections()).toHaveLength(1);
  },
);

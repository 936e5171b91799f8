import { describe, expect, it } from "vitest";
import type { ConnectionRecord } from "../../../functions/domain/record/connection-record.ts";
import { end } from "../../../functions/domain/record/transitions.ts";
import { sweep } from "../../../functions/steps/sweep.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../../fakes/memory-connection-store.ts";
import { createMemoryTallies } from "../../fakes/memory-tallies.ts";
import { nothingToUpgrade } from "../../fakes/nothing-to-upgrade.ts";
import { createRecordingLog } from "../../fakes/recording-log.ts";
import { createRecordingWorkflows } from "../../fakes/recording-workflows.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";
import { validDualTunnelRequest } from "../../support/create-requests.ts";

const completedAt = new Date("2026-01-01T00:00:00.000Z");
const accepted = await createAcceptedRecord(validDualTunnelRequest());
const succeeded = end(accepted, completedAt, { status: "succeeded", reason: "ready" });

/** Sweeps a store with this record so many milliseconds after it succeeded. */
async function sweepAfter(milliseconds: number, record: ConnectionRecord = succeeded) {
  const clock = createFakeClock(completedAt.toISOString());
  clock.advance(milliseconds);
  const store = createMemoryConnectionStore(record);
  const workflows = createRecordingWorkflows();
  const tallies = createMemoryTallies();
  const { log } = createRecordingLog();
  const connectProvider = () => Promise.reject(new Error("nobody is asked"));
  const swept = await sweep(
    { store, workflows, tallies, upgrade: nothingToUpgrade, connectProvider, clock, log, timeScale: 1 },
    clock.now(),
  );
  return { swept, after: await store.get(record.id), started: workflows.started };
}

describe("a key that the broker made", () => {
  it("stays while it can be read", async () => {
    const { swept, after } = await sweepAfter(86_400_000 - 1);
    expect(swept).toEqual({ looked: 0, started: 0 });
    expect(after).toEqual(succeeded);
  });

  it("is erased when its time is over, which is no news to anybody", async () => {
    const { swept, after, started } = await sweepAfter(86_400_001);
    expect(swept).toEqual({ looked: 1, started: 0 });
    expect(after).toEqual({ ...succeeded, sealedKeys: ["", ""], version: succeeded.version + 1 });
    expect(started).toEqual([]);
  });

  it("is erased also where the webhook is still on its way", async () => {
    const delivering: ConnectionRecord = { ...succeeded, delivery: { state: "pending", attempts: 3 } };
    const { after } = await sweepAfter(86_400_001, delivering);
    expect(after).toMatchObject({ sealedKeys: ["", ""], delivery: { state: "pending", attempts: 3 } });
  });
});

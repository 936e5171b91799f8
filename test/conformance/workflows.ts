import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { WorkflowName, Workflows } from "../../functions/domain/ports.ts";
import type { Run } from "../../functions/domain/record/ids.ts";

/** Workflows whose executions can be looked at and ended. */
export interface ObservedWorkflows {
  workflows: Workflows;
  /** What the executions of this workflow about this request were started with, in order. */
  inputsOf: (workflow: WorkflowName, id: string) => unknown[];
  /** Has a run that is under way end. */
  finish: (workflow: WorkflowName, run: Run) => Promise<void>;
}

const newRun = (): Run => ({ id: randomUUID(), generation: 1 });
const create = "create-connection";

/** What every implementation of the workflows keeps to. */
export function describeWorkflows(name: string, open: () => ObservedWorkflows): void {
  describe(`the workflows ${name}`, () => {
    it("know nothing of a run that was never started", async () => {
      expect(await open().workflows.state(create, newRun())).toBe("absent");
    });

    it.each(["create-connection", "deliver-webhook"] as const)(
      "start a run, which goes on until it is closed: %s",
      async (workflow) => {
        const { workflows, inputsOf, finish } = open();
        const run = { ...newRun(), generation: 3 };
        await workflows.start(workflow, run);
        expect(await workflows.state(workflow, run)).toBe("running");
        expect(inputsOf(workflow, run.id)).toEqual([run]);
        await finish(workflow, run);
        expect(await workflows.state(workflow, run)).toBe("closed");
      },
    );

    it("start a run once, however often it is asked for", async () => {
      const { workflows, inputsOf, finish } = open();
      const run = newRun();
      await Promise.all(Array.from({ length: 5 }, () => workflows.start(create, run)));
      await workflows.start(create, run);
      expect(inputsOf(create, run.id)).toEqual([run]);
      await finish(create, run);
    });

    it("leave a run closed that is asked for again", async () => {
      const { workflows, inputsOf, finish } = open();
      const run = newRun();
      await workflows.start(create, run);
      await finish(create, run);
      await workflows.start(create, run);
      expect(await workflows.state(create, run)).toBe("closed");
      expect(inputsOf(create, run.id)).toHaveLength(1);
    });

    it.each([
      ["another generation", { generation: 2 }],
      ["another restart", { restarts: 1 }],
    ])("take %s of a request for another run", async (_, other) => {
      const { workflows, inputsOf, finish } = open();
      const first = newRun();
      const second = { ...first, ...other };
      await workflows.start(create, first);
      await finish(create, first);
      expect(await workflows.state(create, second)).toBe("absent");
      await workflows.start(create, second);
      expect(await workflows.state(create, second)).toBe("running");
      expect(await workflows.state(create, first)).toBe("closed");
      // How often it was restarted is a matter of its name alone.
      const { restarts: _restarts, ...input } = { restarts: 0, ...second };
      expect(inputsOf(create, first.id)).toEqual([first, input]);
      await finish(create, second);
    });

    it("take one workflow's run for nothing of another workflow", async () => {
      const { workflows, finish } = open();
      const run = newRun();
      await workflows.start(create, run);
      expect(await workflows.state("deliver-webhook", run)).toBe("absent");
      await workflows.start("deliver-webhook", run);
      await finish("deliver-webhook", run);
      expect(await workflows.state(create, run)).toBe("running");
      await finish(create, run);
    });
  });
}

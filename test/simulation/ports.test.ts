import { createTurns } from "../../functions/aws/turns.ts";
import { createWorkflows } from "../../functions/aws/workflows.ts";
import { describeTurns } from "../conformance/turns.ts";
import { describeWorkflows } from "../conformance/workflows.ts";
import { assumed } from "./assumptions.ts";
import { calm, Chaos } from "./faults.ts";
import type { TaskResult } from "./interpreter.ts";
import { Invocation, type Surroundings } from "./invocation.ts";
import { Random } from "./random.ts";
import { Scheduler } from "./scheduler.ts";
import { arns, StepFunctions } from "./step-functions.ts";
import { Table } from "./table.ts";
import { Trace } from "./trace.ts";

// What the simulation plays AWS with must keep to what AWS keeps to, or it proves nothing.

const nothing = () => undefined;

/** A simulation in which nothing goes wrong, and one process of it that lives as long as it is needed. */
function createCalmWorld() {
  const random = new Random(1);
  const scheduler = new Scheduler(random, Date.parse("2026-01-01T00:00:00.000Z"));
  const chaos = new Chaos({ scheduler, weather: calm, sticky: 0, until: 0 });
  const trace = new Trace(false, () => scheduler.now);
  let invocations = 0;
  const nameOf = (what: string) => `${what}#${(invocations += 1)}`;
  const seeds = { seed: 1, luckSeed: 1 };
  const around: Surroundings = { ...seeds, scheduler, chaos, trace, assumptions: assumed, nameOf, onTrouble: nothing };
  const invoke = (what: string, id: string) => new Invocation(around, { what, id }, 1e9, nothing);

  /** Virtual time goes on for as long as the call takes. */
  async function play<Result>(call: Promise<Result>): Promise<Result> {
    let isDone = false;
    const ended = call.finally(() => (isDone = true));
    await scheduler.run(() => isDone);
    return ended;
  }
  return { scheduler, chaos, trace, invoke, play, nameOf, seeds };
}

const { scheduler, chaos, trace, invoke, play, nameOf, seeds } = createCalmWorld();
const table = new Table({ scheduler, chaos, indexLag: 0, isDown: () => false, onWrite: nothing, onGap: nothing });
const turns = createTurns({ client: table.clientFor(invoke("Test", "turns")), table: "records" });

describeTurns("of the simulation", () => ({
  holders: (gateway) => play(turns.holders(gateway)),
  pass: (gateway, holders, to) => play(turns.pass(gateway, holders, to)),
}));

const tasks: { name: string; input: unknown; report: (result: TaskResult) => void }[] = [];
const stepFunctions = new StepFunctions({
  ...seeds,
  nameOf,
  scheduler,
  chaos,
  trace,
  watch: { noteExecution: nothing, noteTransition: nothing, noteGoesOn: nothing, noteTrouble: nothing },
  watches: false,
  onGap: nothing,
  invoke: (name, input, report) => {
    tasks.push({ name, input, report });
    return invoke(name, "");
  },
});
const workflows = createWorkflows({ client: stepFunctions.clientFor(invoke("Test", "workflows")), arns });
/** The first step of each workflow, and an answer after which there is nothing left to do. */
const steps = {
  "create-connection": { name: "TakeTurn", last: { error: "Superseded" } },
  "deliver-webhook": { name: "DeliverWebhook", last: { output: { done: true } } },
  "watch-tunnels": { name: "WatchTunnels", last: { output: {} } },
};

describeWorkflows("of the simulation", () => ({
  workflows: {
    start: (workflow, run) => play(workflows.start(workflow, run)),
    state: (workflow, run) => play(workflows.state(workflow, run)),
  },
  inputsOf: (workflow, id) =>
    tasks.flatMap(({ name, input }) =>
      name === steps[workflow].name && (input as { id: string }).id === id ? [input] : [],
    ),
  async finish(workflow, { id, generation }) {
    const { name, last } = steps[workflow];
    const isOurs = (input: unknown) => JSON.stringify(input) === JSON.stringify({ id, generation });
    for (const task of tasks) if (task.name === name && isOurs(task.input)) task.report(last);
  },
}));

import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { shares } from "../../functions/domain/limits.ts";
import type { WorkflowName } from "../../functions/domain/ports.ts";
import { providers } from "../../functions/domain/values.ts";
import createConnection from "../../workflows/create-connection.asl.json" with { type: "json" };
import deliverWebhook from "../../workflows/deliver-webhook.asl.json" with { type: "json" };
import watchTunnels from "../../workflows/watch-tunnels.asl.json" with { type: "json" };
import { stepOf } from "../support/step-of.ts";
import { commandName, SimulationGap } from "./expressions.ts";
import { type Chaos, nothing, type Place } from "./faults.ts";
import { type Definition, interpret, type TaskResult } from "./interpreter.ts";
import { type Invocation, named } from "./invocation.ts";
import { Random, seedOf } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Trace } from "./trace.ts";

const account = "arn:aws:states:us-east-1:000000000000";
const toArn = (workflow: string) => `${account}:stateMachine:${workflow}`;
export const arns: Record<WorkflowName, string> = {
  "create-connection": toArn("create-connection"),
  "deliver-webhook": toArn("deliver-webhook"),
  "watch-tunnels": toArn("watch-tunnels"),
};

/** The definitions as they are deployed, by ARN; a function is known by its name. */
const definitions = new Map(
  Object.entries({
    "create-connection": createConnection,
    "deliver-webhook": deliverWebhook,
    "watch-tunnels": watchTunnels,
  }).map(([name, definition]) => {
    const text = JSON.stringify(definition)
      .replaceAll(/\$\{(\w+)StateMachineArn\}/g, (_, machine: string) => toArn(toKebab(machine)))
      .replaceAll(/\$\{(\w+)FunctionArn\}/g, "$1");
    return [toArn(name), JSON.parse(text) as Definition] as const;
  }),
);

/** The reserved concurrency of a function such as `SubmitAlibaba`. */
function shareOf(resource: string): number {
  const step = stepOf(resource);
  const [, share] = Object.entries(shares).find(([name]) => name.toLowerCase() === step.toLowerCase()) ?? [];
  if (typeof share !== "object") return share ?? Infinity;
  const vendor = providers.find((name) => name === resource.slice(step.length).toLowerCase());
  return vendor ? share[vendor] : Infinity;
}

function toKebab(name: string): string {
  return name.replaceAll(/(?<!^)[A-Z]/g, "-$&").toLowerCase();
}

interface Execution extends Place {
  arn: string;
  input: string;
  run: { id: string; generation: number };
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
  /** Those that are at work for it now. */
  invocations: Set<Invocation>;
  pace: Random;
  /** How many tasks it has begun. */
  tasks: number;
  /** The answer of a step's that ends its run, once it was heard. */
  over?: string;
}

/** Invokes a function; `report` hears at most once how it went. */
export type Invoke = (name: string, input: unknown, report: (result: TaskResult) => void) => Invocation;

/** Hears of what Step Functions does. */
export interface WorkflowWatch {
  noteExecution(id: string, generation: number, input: string): void;
  /** A state was entered. */
  noteTransition(id: string, generation: number): void;
  /** A step is begun though an earlier one has ended the run. */
  noteGoesOn(id: string, step: string, after: string): void;
  noteTrouble(id: string, step: string, kind: string): void;
}

interface StepFunctionsDeps {
  seed: number;
  luckSeed: number;
  scheduler: Scheduler;
  chaos: Chaos;
  trace: Trace;
  watch: WorkflowWatch;
  nameOf: (what: string, subject: string) => string;
  /** Whether tunnels are followed after success. */
  watches: boolean;
  invoke: Invoke;
  onGap: (gap: unknown) => void;
}

/** Step Functions: the real definitions, executions by name, and everything that can end or repeat one. */
export class StepFunctions {
  readonly #deps: StepFunctionsDeps;
  readonly #executions = new Map<string, Execution>();
  /** By function, those that may be at work. */
  readonly #atWork = new Map<string, Set<Invocation>>();

  constructor(deps: StepFunctionsDeps) {
    this.#deps = deps;
  }

  /** A client for one invocation. */
  clientFor(invocation: Invocation): SFNClient {
    const send = (command: object) => this.#exchange(command, invocation);
    return { send } as unknown as SFNClient;
  }

  isRunning(machine: WorkflowName, name: string): boolean {
    const execution = this.#executions.get(`${arns[machine].replace(":stateMachine:", ":execution:")}:${name}`);
    return execution?.status === "RUNNING";
  }

  #exchange(command: object, invocation: Invocation): Promise<unknown> {
    const { chaos, scheduler } = this.#deps;
    const { pace } = invocation;
    const label = commandName(command);
    const effect = () => this.#execute(command);
    const times = { effectAfter: pace.integer(2, 40), answerAfter: pace.integer(2, 20) };
    const fault = chaos.strike("workflows", invocation, label, (random) => {
      const how = random.pick(["before", "after", "repeated", "late"] as const);
      return how === "late" ? { how, after: random.integer(1000, 10_000) } : { how };
    });
    if (!fault) return invocation.call(label, { ...times, effect });
    invocation.suffer(`Step Functions ${fault.how}`, label);
    const copy = () => {
      try {
        effect();
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists || error instanceof ExecutionDoesNotExist)) throw error;
      }
    };
    switch (fault.how) {
      case "before":
        return invocation.call(label, { answerAfter: 100, failure: () => named("ThrottlingException") });
      case "after":
        return invocation.call(label, { ...times, effect, failure: () => named("TimeoutError") });
      case "repeated":
        return invocation.call(label, { ...times, effect: () => [effect(), effect()][1] });
      case "late":
        return invocation.call(label, { ...times, effect, onSent: () => scheduler.after(fault.after, copy) });
    }
  }

  #execute(command: object): unknown {
    if (command instanceof StartExecutionCommand) {
      const { stateMachineArn = "", name = "", input = "" } = command.input;
      return { executionArn: this.#start(stateMachineArn, name, input) };
    }
    if (command instanceof DescribeExecutionCommand) {
      const execution = this.#executions.get(command.input.executionArn ?? "");
      if (!execution) throw new ExecutionDoesNotExist({ message: "it does not exist", $metadata: {} });
      return { status: execution.status };
    }
    const gap = new SimulationGap(`Step Functions knows no ${command.constructor.name}`);
    this.#deps.onGap(gap);
    throw gap;
  }

  /** The same name and input while it runs is the same execution; a closed one keeps its name. */
  #start(machineArn: string, name: string, input: string): string {
    const arn = `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`;
    const existing = this.#executions.get(arn);
    if (existing?.status === "RUNNING" && existing.input === input) return arn;
    if (existing) throw new ExecutionAlreadyExists({ message: "the name is taken", $metadata: {} });
    const definition = definitions.get(machineArn);
    if (!definition) throw new SimulationGap(`there is no state machine ${machineArn}`);
    const run = JSON.parse(input) as Execution["run"];
    this.#deps.watch.noteExecution(run.id, run.generation, input);
    const execution = this.#toExecution(arn, input, run);
    this.#executions.set(arn, execution);
    // A watch changes nothing that is promised, and takes half an hour of looks: few schedules play it.
    if (machineArn === arns["watch-tunnels"] && !this.#deps.watches) execution.status = "SUCCEEDED";
    else this.#run(execution, definition).catch(this.#deps.onGap);
    return arn;
  }

  #toExecution(arn: string, input: string, run: Execution["run"]): Execution {
    const { seed, luckSeed, nameOf } = this.#deps;
    const [machine = ""] = arn.split(":").slice(-2);
    const name = nameOf(machine, run.id);
    const execution: Execution = {
      arn,
      input,
      run,
      status: "RUNNING",
      invocations: new Set(),
      luck: new Random(seedOf(luckSeed, name)),
      pace: new Random(seedOf(seed, name)),
      tasks: 0,
      place: (label) => `${name}/${execution.tasks} ${label}`,
    };
    return execution;
  }

  async #run(execution: Execution, definition: Definition): Promise<void> {
    const { scheduler, trace, watch } = this.#deps;
    const { id, generation } = execution.run;
    const say = (what: () => string) => trace.add(execution.place("").split("/")[0] ?? "", what);
    say(() => "starts");
    const { status } = await interpret(definition, execution.run, {
      now: () => scheduler.now,
      sleep: (milliseconds) => this.#whileRunning(execution, (resolve) => scheduler.after(milliseconds, resolve)),
      task: async (resource, input, seconds) => {
        if (execution.over && makes.has(stepOf(resource))) watch.noteGoesOn(id, stepOf(resource), execution.over);
        const result = await this.#whileRunning<TaskResult>(execution, (resolve) =>
          this.#task(execution, { resource, input, seconds, resolve }),
        );
        const { error = "" } = result as { error?: string };
        if (endings.has(error)) execution.over = error;
        return result;
      },
      random: execution.pace.next,
      say,
      onEntered: () => watch.noteTransition(id, generation),
    });
    execution.status = status;
    say(() => status);
  }

  /** What was waited for never comes once the execution is over. */
  #whileRunning<Result>(execution: Execution, start: (resolve: (result: Result) => void) => void): Promise<Result> {
    return new Promise((resolve) => {
      start((result) => {
        if (execution.status === "RUNNING") resolve(result);
      });
    });
  }

  #task(execution: Execution, { resource, input, seconds, resolve }: Task): void {
    const { chaos, scheduler, invoke, watch } = this.#deps;
    const { id } = execution.run;
    execution.tasks += 1;
    const strike = chaos.strike("execution", execution, resource, (random) => ({
      how: random.chance(0.4) ? "forgotten" : "aborted",
      after: random.integer(0, random.pick([500, 30_000])),
    }));
    if (strike) scheduler.after(strike.after, () => this.#strike(execution, strike.how));
    if (resource === "arn:aws:states:::states:startExecution") return this.#startChild(execution, input, resolve);

    const turnedAway = chaos.strike("throttled", execution, resource, nothing);
    if (turnedAway) watch.noteTrouble(id, stepOf(resource), "function throttled");
    if (turnedAway || this.#isFull(resource)) {
      return scheduler.after(50, () => resolve({ error: "Lambda.TooManyRequestsException" }));
    }
    const isLost = chaos.strike("lost", execution, resource, nothing) !== undefined;
    const twice = chaos.strike("twice", execution, resource, (random) => ({
      after: random.integer(0, random.pick([1500, 30_000])),
    }));
    let reported = false;
    const report = (result: TaskResult) => {
      if (reported) return;
      reported = true;
      resolve(result);
    };
    const start = (tell: (result: TaskResult) => void) => {
      const invocation = invoke(resource, structuredClone(input), (result) => {
        execution.invocations.delete(invocation);
        tell(result);
      });
      execution.invocations.add(invocation);
      const atWork = this.#atWork.get(resource) ?? new Set();
      this.#atWork.set(resource, atWork.add(invocation));
      return invocation;
    };
    const first = start((result) => report(isLost ? { error: "Lambda.SdkClientException" } : result));
    if (isLost) first.suffer("answer of a step lost");
    if (twice) {
      first.suffer("step invoked twice");
      scheduler.after(twice.after, () => void start(() => undefined));
    }
    scheduler.after(seconds * 1000, () => report({ error: "States.Timeout" }));
  }

  /** Whether the function is at work as often as its vendor's share lets it. */
  #isFull(resource: string): boolean {
    const atWork = this.#atWork.get(resource) ?? new Set();
    for (const invocation of atWork) if (!invocation.alive) atWork.delete(invocation);
    return atWork.size >= shareOf(resource);
  }

  #startChild(execution: Execution, input: unknown, resolve: (result: TaskResult) => void): void {
    const { StateMachineArn, Name, Input } = input as { StateMachineArn: string; Name: string; Input: object };
    const { chaos, scheduler, watch } = this.#deps;
    const fault = chaos.strike("workflows", execution, "child", (random) => ({
      how: random.pick(["before", "after"] as const),
    }));
    if (fault) watch.noteTrouble(execution.run.id, "workflow", `Step Functions ${fault.how}`);
    scheduler.after(execution.pace.integer(5, 50), () => {
      try {
        if (fault?.how !== "before") this.#start(StateMachineArn, Name, JSON.stringify(Input));
        resolve(fault ? { error: "StepFunctions.SdkClientException" } : { output: { ExecutionArn: Name } });
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
        resolve({ error: "StepFunctions.ExecutionAlreadyExistsException" });
      }
    });
  }

  /** Ends an execution from outside: aborted, with its invocations going on, or forgotten together with them. */
  #strike(execution: Execution, how: "aborted" | "forgotten"): void {
    const { chaos, trace, watch } = this.#deps;
    if (execution.status !== "RUNNING" || chaos.isOver) return;
    execution.status = "ABORTED";
    watch.noteTrouble(execution.run.id, "workflow", `execution ${how}`);
    trace.add(execution.place("").split("/")[0] ?? "", () => `is ${how}`);
    if (how === "aborted") return;
    this.#executions.delete(execution.arn);
    for (const invocation of execution.invocations) invocation.end();
  }
}

/** What a step ends its run with, and the steps that a run has until then. */
const endings: ReadonlySet<string> = new Set(["Rejected", "Undecidable", "JobFailed", "DeadlinePassed", "Superseded"]);
const makes: ReadonlySet<string> = new Set(["TakeTurn", "Submit", "AwaitProvisioned"]);

/** One try of a task state. */
interface Task {
  resource: string;
  input: unknown;
  seconds: number;
  resolve: (result: TaskResult) => void;
}

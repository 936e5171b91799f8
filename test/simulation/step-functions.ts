import { readdirSync, readFileSync } from "node:fs";
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
import { stepOf } from "../support/step-of.ts";
import type { Chaos } from "./chaos.ts";
import { SimulationGap } from "./expressions.ts";
import { type Definition, interpret, type TaskResult } from "./interpreter.ts";
import { type Invocation, named } from "./invocation.ts";
import type { Ledger } from "./ledger.ts";
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
  readdirSync(new URL("../../workflows/", import.meta.url)).map((file) => {
    const text = readFileSync(new URL(`../../workflows/${file}`, import.meta.url), "utf8")
      .replaceAll(/\$\{(\w+)StateMachineArn\}/g, (_, name: string) => toArn(toKebab(name)))
      .replaceAll(/\$\{(\w+)FunctionArn\}/g, "$1");
    return [toArn(file.replace(".asl.json", "")), JSON.parse(text) as Definition] as const;
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

interface Execution {
  arn: string;
  input: string;
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
  /** Those that are at work for it now. */
  invocations: Set<Invocation>;
}

/** Invokes a function; `report` hears at most once how it went. */
export type Invoke = (name: string, input: unknown, report: (result: TaskResult) => void) => Invocation;

interface StepFunctionsDeps {
  scheduler: Scheduler;
  chaos: Chaos;
  trace: Trace;
  ledger: Ledger;
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

  #exchange(command: object, invocation: Invocation): Promise<unknown> {
    const { chaos, scheduler } = this.#deps;
    const { random } = chaos;
    const label = command.constructor.name.replace("Command", "");
    const effect = () => this.#execute(command);
    const times = () => ({ effectAfter: random.integer(2, 40), answerAfter: random.integer(2, 20) });
    if (!chaos.strikes("aws")) return invocation.call(label, { ...times(), effect });
    const trouble = random.pick(["before", "after", "repeated", "late"] as const);
    invocation.suffer(`Step Functions ${trouble}`, label);
    switch (trouble) {
      case "before":
        return invocation.call(label, { answerAfter: 100, failure: () => named("ThrottlingException") });
      case "after":
        return invocation.call(label, { ...times(), effect, failure: () => named("TimeoutError") });
      case "repeated":
        return invocation.call(label, { ...times(), effect: () => [effect(), effect()][1] });
      case "late":
        scheduler.after(random.integer(1000, 10_000), () => {
          try {
            effect();
          } catch (error) {
            if (!(error instanceof ExecutionAlreadyExists || error instanceof ExecutionDoesNotExist)) throw error;
          }
        });
        return invocation.call(label, { ...times(), effect });
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
    const run = JSON.parse(input) as { id: string; generation: number };
    this.#deps.ledger.noteExecution(run.id, run.generation, input);
    const execution: Execution = { arn, input, status: "RUNNING", invocations: new Set() };
    this.#executions.set(arn, execution);
    // A watch changes nothing that is promised, and takes half an hour of looks: few schedules play it.
    if (machineArn === arns["watch-tunnels"] && !this.#deps.watches) execution.status = "SUCCEEDED";
    else this.#run(execution, definition, run).catch(this.#deps.onGap);
    return arn;
  }

  async #run(execution: Execution, definition: Definition, run: { id: string }): Promise<void> {
    const { scheduler, chaos, trace } = this.#deps;
    const who = `${execution.arn.split(":").slice(-2, -1)[0]} ${run.id.slice(0, 6)}${execution.input.slice(-3, -1)}`;
    const say = (what: () => string) => trace.add(who, what);
    say(() => "starts");
    const { status } = await interpret(definition, run, {
      now: () => scheduler.now,
      sleep: (milliseconds) => this.#whileRunning(execution, (resolve) => scheduler.after(milliseconds, resolve)),
      task: (resource, input, seconds) =>
        this.#whileRunning(execution, (resolve) => this.#task(execution, resource, input, seconds, resolve)),
      random: chaos.random.next,
      say,
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

  #task(
    execution: Execution,
    resource: string,
    input: unknown,
    seconds: number,
    resolve: (result: TaskResult) => void,
  ): void {
    const { chaos, scheduler, invoke } = this.#deps;
    const { random } = chaos;
    if (chaos.strikes("execution")) scheduler.after(random.integer(0, 30_000), () => this.#strike(execution));
    if (resource === "arn:aws:states:::states:startExecution") return this.#startChild(input, resolve);

    if (chaos.strikes("aws")) {
      this.#deps.ledger.noteTrouble((input as { id: string }).id, "function throttled");
      return scheduler.after(50, () => resolve({ error: "Lambda.TooManyRequestsException" }));
    }
    if (this.#isFull(resource)) {
      return scheduler.after(50, () => resolve({ error: "Lambda.TooManyRequestsException" }));
    }
    const loseAnswer = chaos.strikes("repeated");
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
    const first = start((result) => report(loseAnswer ? { error: "Lambda.SdkClientException" } : result));
    if (loseAnswer) first.suffer("answer of a step lost");
    if (chaos.strikes("repeated")) {
      first.suffer("step invoked twice");
      scheduler.after(random.integer(0, 30_000), () => void start(() => undefined));
    }
    scheduler.after(seconds * 1000, () => report({ error: "States.Timeout" }));
  }

  /** Whether the function is at work as often as its vendor's share lets it. */
  #isFull(resource: string): boolean {
    const atWork = this.#atWork.get(resource) ?? new Set();
    for (const invocation of atWork) if (!invocation.alive) atWork.delete(invocation);
    return atWork.size >= shareOf(resource);
  }

  #startChild(input: unknown, resolve: (result: TaskResult) => void): void {
    const { StateMachineArn, Name, Input } = input as { StateMachineArn: string; Name: string; Input: object };
    const { chaos, scheduler } = this.#deps;
    const trouble = chaos.strikes("aws") ? chaos.random.pick(["before", "after"]) : undefined;
    scheduler.after(chaos.random.integer(5, 50), () => {
      try {
        if (trouble !== "before") this.#start(StateMachineArn, Name, JSON.stringify(Input));
        resolve(trouble ? { error: "StepFunctions.SdkClientException" } : { output: { ExecutionArn: Name } });
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
        resolve({ error: "StepFunctions.ExecutionAlreadyExistsException" });
      }
    });
  }

  /** Ends an execution from outside: aborted, with its invocations going on, or forgotten together with them. */
  #strike(execution: Execution): void {
    const { chaos, trace, ledger } = this.#deps;
    if (execution.status !== "RUNNING" || chaos.isOver) return;
    const { id } = JSON.parse(execution.input) as { id: string };
    execution.status = "ABORTED";
    const forgotten = chaos.random.chance(0.4);
    ledger.noteTrouble(id, forgotten ? "execution forgotten" : "execution aborted");
    trace.add(execution.arn.split(":").at(-1) ?? "", () => (forgotten ? "is forgotten" : "is aborted"));
    if (!forgotten) return;
    this.#executions.delete(execution.arn);
    for (const invocation of execution.invocations) invocation.end();
  }
}

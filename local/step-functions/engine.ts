import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import { scaleDurations } from "./definition.ts";

// The interpreter is written for a newer Node than the oldest we run on.
if (!("withResolvers" in Promise)) {
  Object.defineProperty(Promise, "withResolvers", {
    value: function withResolvers() {
      const parts: Record<string, unknown> = {};
      const promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
      return { promise, ...parts };
    },
  });
}

/** A Lambda function, by its ARN in `Resource`. */
export type LambdaFunction = (input: never) => Promise<unknown>;

/** An error of the Step Functions API, by its name there. */
export class StepFunctionsError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export interface HistoryEvent {
  type: string;
  timestamp: number;
  [detail: string]: unknown;
}

export interface Execution {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
  input: string;
  output?: string;
  error?: string;
  startDate: number;
  stopDate?: number;
  history: HistoryEvent[];
  abort: () => void;
}

interface Machine {
  definition: StateMachineDefinition;
  text: string;
}

export interface EngineDeps {
  functions: Readonly<Record<string, LambdaFunction>>;
  /** Multiplies the waits and retry intervals of every definition. */
  timeScale: number;
}

const account = "arn:aws:states:us-east-1:000000000000";
const startExecution = "arn:aws:states:::states:startExecution";

/** The validator compiles its schemas anew for each definition, so that none is given to it twice in a process. */
const foundRight = new Set<string>();

/** Runs state machines in this process and forgets them with it: what should run again is for the sweeper to start. */
export class StepFunctionsEngine {
  readonly #deps: EngineDeps;
  readonly #machines = new Map<string, Machine>();
  readonly #executions = new Map<string, Execution>();

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /** Idempotent, as at AWS: the same name with the same definition is the same machine. */
  createStateMachine(name: string, definition: string): { stateMachineArn: string; creationDate: number } {
    const stateMachineArn = `${account}:stateMachine:${name}`;
    const existing = this.#machines.get(stateMachineArn);
    if (existing && existing.text !== definition) {
      throw new StepFunctionsError("StateMachineAlreadyExists", "the name is taken by another definition");
    }
    this.#machines.set(stateMachineArn, { definition: this.#check(definition), text: definition });
    return { stateMachineArn, creationDate: seconds() };
  }

  #check(text: string): StateMachineDefinition {
    try {
      const definition = JSON.parse(text) as StateMachineDefinition;
      if (foundRight.has(text)) return definition;
      // The validator writes into what it validates.
      void new StateMachine(structuredClone(definition), { validationOptions: { checkArn: true, checkPaths: true } });
      foundRight.add(text);
      return definition;
    } catch (error) {
      throw new StepFunctionsError("InvalidDefinition", error instanceof Error ? error.message : "not JSON");
    }
  }

  /** A name is taken for good; only a running execution answers to the same name with the same input. */
  startExecution(stateMachineArn: string, name: string, input: string): Execution {
    const machine = this.#machines.get(stateMachineArn);
    if (!machine) throw new StepFunctionsError("StateMachineDoesNotExist", `there is no ${stateMachineArn}`);
    const executionArn = `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;
    const existing = this.#executions.get(executionArn);
    if (existing) {
      if (existing.status === "RUNNING" && existing.input === input) return existing;
      throw new StepFunctionsError("ExecutionAlreadyExists", `the name ${name} is taken`);
    }
    const execution = this.#run(machine, { executionArn, stateMachineArn, name, input });
    this.#executions.set(executionArn, execution);
    return execution;
  }

  describeExecution(executionArn: string): Execution {
    const execution = this.#executions.get(executionArn);
    if (!execution) throw new StepFunctionsError("ExecutionDoesNotExist", `there is no ${executionArn}`);
    return execution;
  }

  listExecutions(stateMachineArn: string): Execution[] {
    return [...this.#executions.values()].filter((execution) => execution.stateMachineArn === stateMachineArn);
  }

  /** Ends every execution where it stands. */
  close(): void {
    for (const execution of this.#executions.values()) execution.abort();
  }

  #run(machine: Machine, identity: Pick<Execution, "executionArn" | "stateMachineArn" | "name" | "input">): Execution {
    const scaled = scaleDurations(machine.definition, this.#deps.timeScale);
    const ended = new AbortController();
    const running = new StateMachine(scaled, { validationOptions: { noValidate: true } }).run(
      JSON.parse(identity.input),
      { overrides: { taskResourceLocalHandlers: this.#handlers(machine.definition, ended.signal) } },
    );
    const execution: Execution = {
      ...identity,
      status: "RUNNING",
      startDate: seconds(),
      history: [],
      abort: () => {
        if (execution.status !== "RUNNING") return;
        ended.abort();
        running.abort();
      },
    };
    const end = (patch: Partial<Execution>) => Object.assign(execution, { stopDate: seconds(), ...patch });
    running.result.then(
      (output) => end({ status: "SUCCEEDED", output: JSON.stringify(output) }),
      (error: Error) =>
        end(
          error.name === "ExecutionAbortedError" ? { status: "ABORTED" } : { status: "FAILED", error: error.message },
        ),
    );
    void keepHistory(execution, running.eventLogs);
    return execution;
  }

  /** What to call for each task, by the name of its state, until the execution has ended. */
  #handlers(definition: StateMachineDefinition, ended: AbortSignal) {
    const tasks = Object.entries(definition.States).flatMap(([name, state]) =>
      state.Type === "Task" ? [[name, this.#handler(state.Resource, ended)] as const] : [],
    );
    return Object.fromEntries(tasks);
  }

  #handler(resource: string, ended: AbortSignal) {
    return async (input: unknown) => {
      // The interpreter, aborted while it waits for another try, takes all that are left, one upon the other.
      if (ended.aborted) return new Promise<never>(() => undefined);
      if (resource === startExecution) return this.#startChild(input as ChildInput);
      const call = this.#deps.functions[resource];
      if (!call) throw new StepFunctionsError("Lambda.ResourceNotFoundException", `there is no function ${resource}`);
      // Through JSON both ways, as between Step Functions and Lambda.
      return JSON.parse(JSON.stringify((await call(JSON.parse(JSON.stringify(input)) as never)) ?? null)) as never;
    };
  }

  #startChild({ StateMachineArn, Name, Input }: ChildInput) {
    try {
      const { executionArn } = this.startExecution(StateMachineArn, Name, JSON.stringify(Input));
      return { ExecutionArn: executionArn } as never;
    } catch (error) {
      if (!(error instanceof StepFunctionsError)) throw error;
      throw new StepFunctionsError(`StepFunctions.${error.name}Exception`, error.message);
    }
  }
}

interface ChildInput {
  StateMachineArn: string;
  Name: string;
  Input: unknown;
}

const maxHistoryEvents = 1000;

async function keepHistory(execution: Execution, events: AsyncIterable<{ type: string; timestamp: number }>) {
  for await (const event of events) {
    if (execution.history.length < maxHistoryEvents) execution.history.push({ ...event });
  }
}

/** Times of the API are seconds since the epoch. */
function seconds(): number {
  return Date.now() / 1000;
}

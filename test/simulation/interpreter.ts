import { SimulationGap } from "./expressions.ts";

type Json = Record<string, unknown>;

interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  MaxAttempts?: number;
  JitterStrategy?: "FULL" | "NONE";
}
interface Catcher {
  ErrorEquals: string[];
  ResultPath?: string;
  Next: string;
}
interface Rule {
  Variable: string;
  BooleanEquals?: boolean;
  StringEquals?: string;
  Next: string;
}
interface State {
  Comment?: string;
  Type: string;
  Resource?: string;
  TimeoutSeconds?: number;
  Parameters?: Json;
  ResultPath?: string;
  Retry?: Retrier[];
  Catch?: Catcher[];
  Next?: string;
  End?: boolean;
  TimestampPath?: string;
  Seconds?: number;
  SecondsPath?: string;
  Choices?: Rule[];
  Default?: string;
}
export interface Definition {
  StartAt: string;
  States: Record<string, State>;
}

export type TaskResult = { output: unknown } | { error: string };

/** What a state machine needs from the world. Nothing of it comes back once the execution has ended from outside. */
export interface Host {
  /** Epoch milliseconds. */
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  task: (resource: string, input: unknown, timeoutSeconds: number) => Promise<TaskResult>;
  random: () => number;
  say: (what: () => string) => void;
  /** A state was entered, or its task tried again: what Step Functions bills. */
  onEntered: () => void;
}

export type Outcome = { status: "SUCCEEDED" } | { status: "FAILED"; error: string };

const knownFields = new Set([
  "Comment",
  "Type",
  "Resource",
  "TimeoutSeconds",
  "Parameters",
  "ResultPath",
  "Retry",
  "Catch",
  "Next",
  "End",
  "TimestampPath",
  "Seconds",
  "SecondsPath",
  "Choices",
  "Default",
]);

/** Runs a definition in Amazon States Language: the part of it that `workflows/` uses. */
export async function interpret(definition: Definition, input: unknown, host: Host): Promise<Outcome> {
  let name = definition.StartAt;
  let data = input as Json;
  for (;;) {
    const state = definition.States[name];
    if (!state) throw new SimulationGap(`there is no state ${name}`);
    const unknown = Object.keys(state).find((field) => !knownFields.has(field));
    if (unknown) throw new SimulationGap(`the interpreter knows no ${unknown}`);
    host.say(() => `enters ${name}`);
    host.onEntered();
    switch (state.Type) {
      case "Succeed":
        return { status: "SUCCEEDED" };
      case "Wait":
        await host.sleep(waitOf(state, data, host.now()));
        break;
      case "Choice": {
        const choice = state.Choices?.find((rule) => matches(rule, data));
        name = choice?.Next ?? state.Default ?? "";
        continue;
      }
      case "Task": {
        const done = await runTask(state, data, host);
        if ("error" in done) return { status: "FAILED", error: done.error };
        data = done.data;
        if (done.next) {
          name = done.next;
          continue;
        }
        break;
      }
      default:
        throw new SimulationGap(`the interpreter knows no state of type ${state.Type}`);
    }
    if (state.End) return { status: "SUCCEEDED" };
    name = state.Next ?? "";
  }
}

async function runTask(
  state: State,
  data: Json,
  host: Host,
): Promise<{ data: Json; next?: string } | { error: string }> {
  const input = state.Parameters ? fill(state.Parameters, data) : data;
  const tries = new Map<Retrier, number>();
  for (;;) {
    const result = await host.task(state.Resource ?? "", input, state.TimeoutSeconds ?? 99_999_999);
    if ("output" in result) return { data: put(data, state.ResultPath, result.output) };
    const retrier = state.Retry?.find(({ ErrorEquals }) => covers(ErrorEquals, result.error));
    const made = retrier ? (tries.get(retrier) ?? 0) : 0;
    if (retrier && made < (retrier.MaxAttempts ?? 3)) {
      tries.set(retrier, made + 1);
      await host.sleep(pauseOf(retrier, made, host.random) * 1000);
      host.onEntered();
      continue;
    }
    host.say(() => `gives up: ${result.error}`);
    const catcher = state.Catch?.find(({ ErrorEquals }) => covers(ErrorEquals, result.error));
    if (!catcher) return { error: result.error };
    return { data: put(data, catcher.ResultPath, { Error: result.error, Cause: "" }), next: catcher.Next };
  }
}

function pauseOf(retrier: Retrier, made: number, random: () => number): number {
  const pause = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** made;
  const capped = Math.min(pause, retrier.MaxDelaySeconds ?? Infinity);
  return retrier.JitterStrategy === "FULL" ? capped * random() : capped;
}

function covers(names: readonly string[], error: string): boolean {
  if (names.includes("States.TaskFailed")) throw new SimulationGap("the interpreter knows no States.TaskFailed");
  return names.includes("States.ALL") || names.includes(error);
}

function waitOf(state: State, data: Json, now: number): number {
  if (state.TimestampPath !== undefined) return Date.parse(String(get(data, state.TimestampPath))) - now;
  if (state.SecondsPath !== undefined) return Number(get(data, state.SecondsPath)) * 1000;
  if (state.Seconds !== undefined) return state.Seconds * 1000;
  throw new SimulationGap("the interpreter knows no such wait");
}

function matches({ Variable, ...rule }: Rule, data: Json): boolean {
  const wanted = rule.BooleanEquals ?? rule.StringEquals;
  const known = ["BooleanEquals", "StringEquals", "Next"];
  if (wanted === undefined || Object.keys(rule).some((key) => !known.includes(key))) {
    throw new SimulationGap("the interpreter knows BooleanEquals and StringEquals only");
  }
  return get(data, Variable) === wanted;
}

/** A reference path such as `$.turn.at`. */
function get(data: unknown, path: string): unknown {
  const steps = /^\$((?:\.\w+)*)$/.exec(path)?.[1];
  if (steps === undefined) throw new SimulationGap(`the interpreter knows no path ${path}`);
  let value = data;
  for (const step of steps.split(".").slice(1)) {
    value = (value as Json | undefined)?.[step];
    if (value === undefined) throw new SimulationGap(`nothing is at ${path}`);
  }
  return value;
}

function put(data: Json, path: string | undefined, value: unknown): Json {
  const member = /^\$\.(\w+)$/.exec(path ?? "")?.[1];
  if (member === undefined) throw new SimulationGap(`the interpreter knows no ResultPath ${path ?? "(none)"}`);
  return { ...data, [member]: value ?? null };
}

function fill(template: Json, data: Json): Json {
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => {
      if (typeof value === "object" && value !== null) return [key, fill(value as Json, data)];
      return key.endsWith(".$") ? [key.slice(0, -2), resolve(String(value), data)] : [key, value];
    }),
  );
}

/** A path, or `States.Format('…', $.a, $.b)`. */
function resolve(expression: string, data: Json): unknown {
  const format = /^States\.Format\('([^']*)', (.+)\)$/.exec(expression);
  if (!format) return get(data, expression);
  const values = (format[2] ?? "").split(", ").map((path) => String(get(data, path)));
  return (format[1] ?? "").replaceAll("{}", () => values.shift() ?? "");
}

import { readdirSync, readFileSync } from "node:fs";
import aslValidator from "asl-validator";
import { describe, expect, it } from "vitest";
import { functionSeconds } from "../../functions/domain/limits.ts";
import { stepErrorNames } from "../../functions/steps/step-error.ts";

interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  MaxAttempts?: number;
}
interface State {
  Type: string;
  Resource?: string;
  TimeoutSeconds?: number;
  Retry?: Retrier[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
}
interface Definition {
  States: Record<string, State>;
}

const folder = new URL("../../workflows/", import.meta.url);
const definitions = readdirSync(folder).map((file) => {
  const text = readFileSync(new URL(file, folder), "utf8");
  const definition = JSON.parse(text) as Definition;
  return { file, text, definition, tasks: Object.entries(definition.States).filter(([, { Type }]) => Type === "Task") };
});

const platformErrors = [
  "States.ALL",
  "Lambda.TooManyRequestsException",
  "StepFunctions.ExecutionAlreadyExistsException",
];

describe.each(definitions)("$file", ({ text, definition, tasks }) => {
  it("is valid Amazon States Language", () => {
    // The validator writes into what it validates.
    expect(aslValidator(structuredClone(definition))).toMatchObject({ isValid: true });
  });

  it("stays inside what the embedded interpreter and the packaging keep as written", () => {
    expect(text).not.toMatch(/JSONata|"Assign"|"Output"|HeartbeatSeconds|\$\$\.|waitForTaskToken|: *null/);
    for (const { Type } of Object.values(definition.States)) {
      expect(["Task", "Wait", "Choice", "Succeed"]).toContain(Type);
    }
  });

  it.each(tasks)(
    "%s: every retrier says how often, none waits less than it says, and the catch-all comes last",
    (_, task) => {
      const retriers = task.Retry ?? [];
      expect(retriers.length).toBeGreaterThan(0);
      for (const [index, retrier] of retriers.entries()) {
        expect(retrier.MaxAttempts).toBeTypeOf("number");
        expect(retrier.BackoffRate ?? 1).toBeGreaterThanOrEqual(1);
        expect(retrier.MaxDelaySeconds ?? Infinity).toBeGreaterThanOrEqual(retrier.IntervalSeconds ?? 1);
        if (retrier.ErrorEquals.includes("States.ALL")) {
          expect(retrier.ErrorEquals).toEqual(["States.ALL"]);
          expect(index).toBe(retriers.length - 1);
        }
      }
    },
  );

  it.each(tasks)("%s: is waited for longer than its function may take", (_, { Resource = "", TimeoutSeconds = 0 }) => {
    const [, resource = ""] = /\$\{(\w+)FunctionArn\}/.exec(Resource) ?? [];
    const [, seconds] =
      Object.entries(functionSeconds).find(([name]) => name.toLowerCase() === resource.toLowerCase()) ?? [];
    // What is no function starts another workflow.
    if (seconds !== undefined) expect(TimeoutSeconds).toBeGreaterThan(seconds);
    else expect(Resource).toMatch(/states:startExecution/);
  });

  it.each(tasks)("%s: waits for and catches only errors that exist", (_, { Retry = [], Catch = [] }) => {
    for (const { ErrorEquals } of [...Retry, ...Catch]) {
      for (const name of ErrorEquals) expect([...stepErrorNames, ...platformErrors]).toContain(name);
    }
  });

  it.each(tasks)("%s: can be tried for a day without outgrowing the history of an execution", (_, { Retry = [] }) => {
    const secondsPerDay = 86_400;
    for (const { MaxAttempts = 0, MaxDelaySeconds, IntervalSeconds = 1 } of Retry) {
      const tries = Math.min(MaxAttempts, secondsPerDay / (MaxDelaySeconds ?? IntervalSeconds));
      // Scheduled, started and failed: three events a try, of 25,000.
      expect(tries * 3).toBeLessThan(15_000);
    }
  });
});

describe("the errors of the steps", () => {
  const all = definitions.flatMap(({ tasks }) =>
    tasks.flatMap(([, task]) => [...(task.Retry ?? []), ...(task.Catch ?? [])]),
  );
  it.each(stepErrorNames)("%s is known to a workflow", (name) => {
    expect(all.some(({ ErrorEquals }) => ErrorEquals.includes(name))).toBe(true);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import aslValidator from "asl-validator";
import { describe, expect, it } from "vitest";
import { functionSeconds } from "../../functions/domain/limits.ts";
import { stepErrorNames } from "../../functions/domain/step-error.ts";
import { providers } from "../../functions/domain/values.ts";
import { stepOf } from "../support/step-of.ts";

interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  MaxAttempts?: number;
  JitterStrategy?: "FULL";
}
interface State {
  Type: string;
  Resource?: string;
  TimeoutSeconds?: number;
  Retry?: Retrier[];
  Choices?: { StringEquals?: string }[];
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
      Object.entries(functionSeconds).find(([name]) => name.toLowerCase() === stepOf(resource).toLowerCase()) ?? [];
    // What is no function starts another workflow.
    if (seconds !== undefined) expect(TimeoutSeconds).toBeGreaterThan(seconds);
    else expect(Resource).toMatch(/states:startExecution/);
  });

  it.each(tasks)("%s: waits for and catches only errors that exist", (_, { Retry = [], Catch = [] }) => {
    for (const { ErrorEquals } of [...Retry, ...Catch]) {
      for (const name of ErrorEquals) expect([...stepErrorNames, ...platformErrors]).toContain(name);
    }
  });
});

/** Seconds. */
const day = 86_400;
const hour = 3600;

/** The pause before the nth try, from 0, in seconds; on average, where it is drawn. */
function pauseOf(
  { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity, JitterStrategy }: Retrier,
  n: number,
) {
  const pause = Math.min(IntervalSeconds * BackoffRate ** n, MaxDelaySeconds);
  return JitterStrategy === "FULL" ? pause / 2 : pause;
}

/** How long a retrier goes on before it gives up. */
function secondsOf(retrier: Retrier): number {
  let seconds = 0;
  for (let n = 0; n < (retrier.MaxAttempts ?? 3); n += 1) seconds += pauseOf(retrier, n);
  return seconds;
}

/** How many tries fit into so many seconds, or into its MaxAttempts. */
function triesIn(retrier: Retrier, seconds: number): number {
  let left = seconds;
  let tries = 0;
  while (left > 0 && tries < (retrier.MaxAttempts ?? 3)) left -= pauseOf(retrier, tries++);
  return tries;
}

it.each([
  // A webhook is sent eight times, and each time has all its tries.
  ["deliver-webhook", 8],
  ["watch-tunnels", 1],
])("%s fits into the history of an execution", (file, visits) => {
  const tasks = definitions.find((definition) => definition.file.startsWith(file))?.tasks ?? [];
  const tries = tasks.flatMap(([, { Retry = [] }]) => Retry.map(({ MaxAttempts = 3 }) => MaxAttempts));
  expect(3 * visits * tries.reduce((sum, count) => sum + count)).toBeLessThan(24_000);
});

it("a webhook that is put off comes back soon at first, and for most of a day before the sweeper has to start it anew", () => {
  const retriers = definitions
    .filter(({ file }) => file.startsWith("deliver-webhook"))
    .flatMap(({ tasks }) => tasks.flatMap(([, { Retry = [] }]) => Retry));
  const putOff = retriers.find(({ ErrorEquals }) => ErrorEquals.includes("ReceiverBusy"));
  expect(putOff?.IntervalSeconds).toBeLessThanOrEqual(10);
  expect(secondsOf(putOff ?? { ErrorEquals: [], MaxAttempts: 0 })).toBeGreaterThan(16 * hour);
});

describe("create-connection", () => {
  const tasks = definitions.find(({ file }) => file.startsWith("create-connection"))?.tasks ?? [];
  const retriersOf = (wanted: RegExp) =>
    tasks
      .filter(([name]) => wanted.test(name))
      .flatMap(([name, { Retry = [] }]) =>
        Retry.filter(({ MaxAttempts }) => MaxAttempts !== 0).map((retrier) => ({ name, retrier })),
      );
  const queueing = retriersOf(/^TakeTurn/);
  const working = retriersOf(/^(Submit|AwaitProvisioned)/);
  const ending = retriersOf(/^(RecordOutcome|Start)/);

  it.each([...queueing, ...working])(
    "$name: $retrier.ErrorEquals is retried until the latest deadline",
    ({ retrier }) => {
      // What is drawn comes to its average within a hundredth: there are thousands of draws.
      expect(secondsOf(retrier)).toBeGreaterThan(day * 1.05);
    },
  );

  it.each(retriersOf(/^(RecordOutcome|StartDelivery)/))(
    "$name: an ending outlasts hours of an outage",
    ({ retrier }) => {
      expect(secondsOf(retrier)).toBeGreaterThan(3 * hour);
    },
  );

  it("tries each step of the ending again", () => {
    const names = retriersOf(/^(RecordOutcome|StartDelivery)/).map(({ name }) => name);
    expect(names.toSorted()).toEqual(["RecordOutcome", "StartDelivery"]);
  });

  it("fits a day of queueing, a day of work and its ending into the history of an execution", () => {
    // Scheduled, started and failed. Retriers of one state share its time, but each begins with its short pauses.
    const eventsOf = (of: { retrier: Retrier }[], seconds: number) => {
      const tries = of.map(({ retrier }) => triesIn(retrier, seconds));
      const first = of.map(({ retrier }) => triesIn(retrier, 2 * (retrier.MaxDelaySeconds ?? 0)));
      return 3 * (Math.max(...tries) + first.reduce((sum, count) => sum + count));
    };
    const ends = 3 * ending.reduce((sum, { retrier }) => sum + (retrier.MaxAttempts ?? 3), 0);
    expect(eventsOf(queueing, day) + eventsOf(working, day) + ends + 100).toBeLessThan(25_000);
  });
});

describe("each vendor", () => {
  it.each(["create-connection", "watch-tunnels"])("has its own states in %s, alike but for the function", (file) => {
    const { definition } = definitions.find((one) => one.file.startsWith(file)) ?? {};
    const { Choices = [], ...choice } = definition?.States["AtWhichVendor"] ?? { Type: "" };
    expect(choice).not.toHaveProperty("Default");
    expect(Choices.map(({ StringEquals }) => StringEquals)).toEqual([...providers]);
    const chains = providers.map((provider) => {
      const title = provider.charAt(0).toUpperCase() + provider.slice(1);
      const states = Object.entries(definition?.States ?? {}).filter(([name]) => name.endsWith(title));
      return JSON.stringify(states).replaceAll(title, "");
    });
    expect(chains[0]?.length).toBeGreaterThan(100);
    expect(new Set(chains).size).toBe(1);
  });
});

describe("the errors of the steps and of what delivers", () => {
  const all = definitions.flatMap(({ tasks }) =>
    tasks.flatMap(([, task]) => [...(task.Retry ?? []), ...(task.Catch ?? [])]),
  );
  it.each(stepErrorNames)("%s is known to a workflow", (name) => {
    expect(all.some(({ ErrorEquals }) => ErrorEquals.includes(name))).toBe(true);
  });
});

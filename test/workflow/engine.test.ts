import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { beforeAll, describe, expect, it } from "vitest";
import { createSfnClient } from "../../functions/aws/clients.ts";
import { prepareEnvironment } from "../../local/environment.ts";
import { StepFunctionsEngine } from "../../local/step-functions/engine.ts";
import { serveStepFunctions } from "../../local/step-functions/server.ts";

const work = "arn:aws:lambda:us-east-1:000000000000:function:work";
const roleArn = "arn:aws:iam::000000000000:role/test";
const definition = JSON.stringify({
  StartAt: "Work",
  States: {
    Work: {
      Type: "Task",
      Resource: work,
      Retry: [{ ErrorEquals: ["NotYet"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 5 }],
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
});

let client: SFNClient;
let arn: string;
let close: () => Promise<void>;
let calls: unknown[] = [];
let answer: () => Promise<unknown> = async () => ({});

beforeAll(async () => {
  prepareEnvironment();
  const engine = new StepFunctionsEngine({
    timeScale: 0.001,
    functions: {
      [work]: (input: unknown) => {
        calls.push(input);
        return answer();
      },
    },
  });
  const server = await serveStepFunctions(engine);
  close = server.close;
  client = createSfnClient({ endpoint: server.url });
  const created = await client.send(new CreateStateMachineCommand({ name: "test", definition, roleArn }));
  arn = created.stateMachineArn ?? "";
  return () => close();
});

const start = (name: string, input = "{}") =>
  client.send(new StartExecutionCommand({ stateMachineArn: arn, name, input }));
const statusOf = async (executionArn: string | undefined) =>
  (await client.send(new DescribeExecutionCommand({ executionArn }))).status;

/** A promise and the function that ends it. */
function gate() {
  let open = () => undefined as void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("the embedded Step Functions endpoint", () => {
  it("ends an execution where it is told to stop: between two tries, without the tries that are left", async () => {
    calls = [];
    answer = async () => {
      throw Object.assign(new Error("not yet"), { name: "NotYet" });
    };
    const patient = definition.replace('"IntervalSeconds":1,', '"IntervalSeconds":99000000,');
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({ name: "patient", definition: patient, roleArn }),
    );
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name: "stopped" }));
    await expect.poll(() => calls).toHaveLength(1);
    await client.send(new StopExecutionCommand({ executionArn }));
    expect(await statusOf(executionArn)).toBe("ABORTED");
    expect(calls).toHaveLength(1);
  });

  it("retries a named error until the function is done", async () => {
    calls = [];
    answer = async () => {
      if (calls.length < 3) throw Object.assign(new Error("not yet"), { name: "NotYet" });
      return { done: true };
    };
    const { executionArn } = await start("retried", '{"id":"x"}');
    await expect.poll(() => statusOf(executionArn)).toBe("SUCCEEDED");
    expect(calls).toEqual([{ id: "x" }, { id: "x" }, { id: "x" }]);
  });

  it("fails an execution whose error nobody waits for", async () => {
    answer = async () => {
      throw new TypeError("broken");
    };
    const { executionArn } = await start("broken");
    await expect.poll(() => statusOf(executionArn)).toBe("FAILED");
  });

  it("answers a running execution's own start again, and refuses the name otherwise", async () => {
    const { open, opened } = gate();
    answer = () => opened;
    const first = await start("named", '{"a":1}');
    expect((await start("named", '{"a":1}')).executionArn).toBe(first.executionArn);
    await expect(start("named", '{"a":2}')).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
    open();
    await expect.poll(() => statusOf(first.executionArn)).toBe("SUCCEEDED");
    await expect(start("named", '{"a":1}')).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  });

  it("refuses a definition that is not valid", async () => {
    const send = client.send(
      new CreateStateMachineCommand({
        name: "bad",
        definition: '{"StartAt":"Nowhere","States":{}}',
        roleArn: "arn:aws:iam::000000000000:role/test",
      }),
    );
    await expect(send).rejects.toMatchObject({ name: "InvalidDefinition" });
  });
});

it("an engine that is closed calls nothing more, also where a function turns everybody away at once", async () => {
  let turnedAway = 0;
  const engine = new StepFunctionsEngine({
    timeScale: 1,
    functions: {
      [work]: async () => {
        turnedAway += 1;
        throw Object.assign(new Error("not yet"), { name: "NotYet" });
      },
    },
  });
  const patient = definition.replace('"MaxAttempts":5', '"MaxAttempts":1000');
  const { stateMachineArn } = engine.createStateMachine("patient", patient);
  engine.startExecution(stateMachineArn, "one", "{}");
  await expect.poll(() => turnedAway).toBe(1);
  engine.close();
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(turnedAway).toBe(1);
});

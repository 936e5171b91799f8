import { CreateStateMachineCommand, StateMachineDoesNotExist } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSfnClient } from "../../../functions/aws/clients.ts";
import { createWorkflows } from "../../../functions/aws/workflows.ts";
import type { WorkflowName, Workflows } from "../../../functions/domain/ports.ts";
import type { Run } from "../../../functions/domain/record/ids.ts";
import { prepareEnvironment } from "../../../local/environment.ts";
import { listenOnLoopback } from "../../../local/loopback-server.ts";
import { StepFunctionsEngine } from "../../../local/step-functions/engine.ts";
import { serveStepFunctions } from "../../../local/step-functions/server.ts";
import { describeWorkflows } from "../../conformance/workflows.ts";

const work = "arn:aws:lambda:us-east-1:000000000000:function:work";
const definition = JSON.stringify({
  StartAt: "Work",
  States: { Work: { Type: "Task", Resource: work, End: true } },
});
const names: WorkflowName[] = ["create-connection", "deliver-webhook"];

/** Ends the work of an execution, by its request's id. */
const enders = new Map<string, (error?: Error) => void>();
const engine = new StepFunctionsEngine({
  timeScale: 1,
  functions: {
    [work]: ({ id }: Run) =>
      new Promise((resolve, reject) => enders.set(id, (error) => (error ? reject(error) : resolve({})))),
  },
});
const arns: Partial<Record<WorkflowName, string>> = {};
let workflows: Workflows;
let server: Awaited<ReturnType<typeof serveStepFunctions>>;

beforeAll(async () => {
  prepareEnvironment();
  server = await serveStepFunctions(engine);
  const client = createSfnClient({ endpoint: server.url });
  for (const name of names) {
    const roleArn = "arn:aws:iam::000000000000:role/test";
    const { stateMachineArn } = await client.send(new CreateStateMachineCommand({ name, definition, roleArn }));
    Object.assign(arns, { [name]: stateMachineArn });
  }
  workflows = createWorkflows({ client, arns });
});
afterAll(async () => {
  engine.close();
  await server.close();
});

const executionsOf = (workflow: WorkflowName) => engine.listExecutions(arns[workflow] ?? "");
const closes = (workflow: WorkflowName, run: Run) =>
  expect.poll(() => workflows.state(workflow, run), { timeout: 15_000 }).toBe("closed");

/** The work of a run, once it was begun. */
const enderOf = (id: string) => expect.poll(() => enders.get(id), { timeout: 15_000 }).toBeDefined();

describeWorkflows("in Step Functions", () => ({
  workflows,
  inputsOf: (workflow, id) =>
    executionsOf(workflow)
      .map(({ input }) => JSON.parse(input) as Run)
      .filter((input) => input.id === id),
  async finish(workflow, run) {
    const input = JSON.stringify({ id: run.id, generation: run.generation });
    for (const execution of executionsOf(workflow)) if (execution.input === input) execution.abort();
    await closes(workflow, run);
  },
}));

describe("a run", () => {
  it.each([
    ["done", undefined],
    ["broken", new Error("broken")],
  ])("is closed when its work is %s", async (id, error) => {
    const run = { id, generation: 1 };
    await workflows.start("create-connection", run);
    await enderOf(id);
    enders.get(id)?.(error);
    await closes("create-connection", run);
  });

  it.each([
    ["RUNNING", "running"],
    ["PENDING_REDRIVE", "running"],
    ["SUCCEEDED", "closed"],
    ["FAILED", "closed"],
    ["TIMED_OUT", "closed"],
    ["ABORTED", "closed"],
  ])("that Step Functions calls %s is %s", async (status, expected) => {
    const other = await listenOnLoopback(async (_request, response) => {
      response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify({ status }));
    });
    const asked = createWorkflows({ client: createSfnClient({ endpoint: other.url }), arns });
    expect(await asked.state("create-connection", { id: "any", generation: 1 })).toBe(expected);
    await other.close();
  });
});

describe("a workflow", () => {
  const run = { id: "nowhere", generation: 1 };

  it("whose state machine is not configured here is neither started nor looked at", async () => {
    await expect(workflows.start("watch-tunnels", run)).rejects.toThrow("watch-tunnels is not configured here");
    await expect(workflows.state("watch-tunnels", run)).rejects.toThrow("watch-tunnels is not configured here");
  });

  it("whose state machine is not there is not taken for one that was started before", async () => {
    const client = createSfnClient({ endpoint: server.url });
    const gone = `${arns["create-connection"]}-gone`;
    const started = createWorkflows({ client, arns: { "create-connection": gone } }).start("create-connection", run);
    await expect(started).rejects.toBeInstanceOf(StateMachineDoesNotExist);
  });
});

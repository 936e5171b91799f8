import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { listenOnLoopback } from "../loopback-server.ts";
import { type Execution, type StepFunctionsEngine, StepFunctionsError } from "./engine.ts";

type Input = Record<string, string | undefined>;
type Operation = (engine: StepFunctionsEngine, input: Input) => object;

const required = (input: Input, member: string): string => {
  const value = input[member];
  if (typeof value !== "string" || value === "")
    throw new StepFunctionsError("ValidationException", `${member} is missing`);
  return value;
};

const describe = ({ history: _history, abort: _abort, ...execution }: Execution) => execution;

/** The part of the API that the broker and its tests use. */
const operations: Readonly<Record<string, Operation>> = {
  CreateStateMachine: (engine, input) =>
    engine.createStateMachine(required(input, "name"), required(input, "definition")),
  StartExecution: (engine, input) => {
    const { executionArn, startDate } = engine.startExecution(
      required(input, "stateMachineArn"),
      required(input, "name"),
      input["input"] ?? "{}",
    );
    return { executionArn, startDate };
  },
  StopExecution: (engine, input) => {
    engine.describeExecution(required(input, "executionArn")).abort();
    return { stopDate: Date.now() / 1000 };
  },
  DescribeExecution: (engine, input) => describe(engine.describeExecution(required(input, "executionArn"))),
  ListExecutions: (engine, input) => ({
    executions: engine.listExecutions(required(input, "stateMachineArn")).map(describe),
  }),
  GetExecutionHistory: (engine, input) => ({
    events: engine.describeExecution(required(input, "executionArn")).history.map((event, index) => ({
      id: index + 1,
      previousEventId: index,
      type: event.type,
      timestamp: event.timestamp / 1000,
      stateEnteredEventDetails: { name: "", input: JSON.stringify(event) },
    })),
  }),
};

/** The Step Functions API (AWS JSON 1.0) on a free loopback port. */
export async function serveStepFunctions(
  engine: StepFunctionsEngine,
): Promise<{ url: string; close: () => Promise<void> }> {
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(body));
    };
    try {
      const name = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
      const operation = operations[name];
      if (!operation) throw new StepFunctionsError("UnknownOperationException", `${name} is not offered here`);
      answer(200, operation(engine, JSON.parse((await text(request)) || "{}") as Input));
    } catch (error) {
      const known = error instanceof StepFunctionsError;
      answer(known ? 400 : 500, {
        __type: known ? error.name : "InternalServerException",
        message: error instanceof Error ? error.message : "unknown",
      });
    }
  }
  return listenOnLoopback(respond);
}

import { randomUUID } from "node:crypto";
import { type ExecutionListItem, ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../functions/api/app.ts";
import { createAuditLog } from "../../functions/aws/audit-log.ts";
import { createDynamoDBClient, createSfnClient } from "../../functions/aws/clients.ts";
import { createConnectionStore } from "../../functions/aws/connection-store.ts";
import { createTallies } from "../../functions/aws/tallies.ts";
import { createTenantStore } from "../../functions/aws/tenant-store.ts";
import { createTurns } from "../../functions/aws/turns.ts";
import { createWorkflows } from "../../functions/aws/workflows.ts";
import { createGatewayQueues } from "../../functions/domain/connections/gateway-queues.ts";
import { createUnfinishedRequests } from "../../functions/domain/connections/unfinished-requests.ts";
import { createOneByOne } from "../../functions/domain/one-by-one.ts";
import { createSealer, localKeyId } from "../../functions/domain/sealing.ts";
import { createObservedDurations } from "../../functions/domain/stats/observed-durations.ts";
import { sleep, systemClock as clock, toBaseDeps, toFingerprintKeys } from "../../functions/entries/wiring.ts";
import { loadSecrets } from "../../local/secrets.ts";
import { ensureStateMachines } from "../../local/workflows.ts";
import { startTestStack, type TestStack } from "../support/local-stack.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
  return () => stack.close();
});

async function executions(): Promise<ExecutionListItem[]> {
  const client = createSfnClient({ endpoint: stack.endpoints.stepFunctions });
  const arns = await ensureStateMachines(client);
  const { executions: found = [] } = await client.send(
    new ListExecutionsCommand({ stateMachineArn: arns["create-connection"] }),
  );
  return found;
}

describe("many at once with one ClientToken", () => {
  it("become one record, one execution and one connection; all but one are replays", async () => {
    const clientToken = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => stack.call("POST", "/v1/vpn-connections", { ...alibabaRequest, clientToken })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 202));
    expect(answers.filter(({ headers }) => headers.get("idempotent-replayed") === "true")).toHaveLength(49);
    expect(new Set(answers.map(({ body }) => body["id"])).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => headers.get("location"))).size).toBe(1);

    const id = String(answers[0]?.body["id"]);
    expect((await stack.follow(id)).status).toBe("succeeded");
    expect((await executions()).filter(({ name }) => name?.startsWith(id))).toHaveLength(1);
    const calls = (await stack.control("alibaba", "GET", "/calls")) as { action: string }[];
    expect(calls.filter(({ action }) => action === "CreateVpnConnection")).toHaveLength(1);
  });
});

describe("what accepting costs", () => {
  /** The API over the stack's own engines, with every call to AWS counted. */
  async function countedApp() {
    const calls: string[] = [];
    // Below the SDK's own retries, so that every request on the wire counts.
    const onWire = { step: "finalizeRequest", priority: "low" } as const;
    const note = (context: object) => calls.push(String((context as { commandName?: string }).commandName));
    const dynamodb = createDynamoDBClient({ endpoint: stack.endpoints.dynamodb });
    const stepFunctions = createSfnClient({ endpoint: stack.endpoints.stepFunctions });
    const arns = await ensureStateMachines(stepFunctions);
    dynamodb.middlewareStack.add((next, context) => (input) => (note(context), next(input)), onWire);
    stepFunctions.middlewareStack.add((next, context) => (input) => (note(context), next(input)), onWire);
    const secrets = loadSecrets(stack.dataDir);
    const storage = { client: dynamodb, table: "vpn-broker", clock };
    const log = () => undefined;
    const store = createConnectionStore(storage);
    const tallies = createTallies(storage);
    const app = createApp({
      ...toBaseDeps(storage, log, () => undefined),
      store,
      tenants: createTenantStore(storage),
      audit: createAuditLog(storage),
      unfinishedRequests: createUnfinishedRequests({ store, clock, log }),
      gatewayQueues: createGatewayQueues(clock),
      oneByOne: createOneByOne(),
      tallies,
      turns: createTurns(storage),
      durations: createObservedDurations({ tallies, clock, log }),
      workflows: createWorkflows({ client: stepFunctions, arns }),
      sealer: createSealer({ keyId: localKeyId, publicKey: secrets.sealingPublicKey }),
      fingerprintKeys: toFingerprintKeys(secrets.fingerprintKeys),
      sleep,
      waits: { enter: async () => undefined },
      allowLoopbackCallbacks: false,
      loadErrorTables: async () => ({ alibaba: {}, tencent: {} }),
      loadOpenApi: async () => "{}",
      readAsset: async () => undefined,
    });
    const post = async (body: object) => {
      const response = await app.request("/v1/vpn-connections", {
        method: "POST",
        headers: { authorization: `Bearer ${stack.apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return { status: response.status, calls: calls.splice(0) };
    };
    return { post };
  }

  /** The key leads to its tenant, whose unfinished requests are counted meanwhile. */
  const onceAMinute = ["GetItemCommand", "GetItemCommand", "QueryCommand"];

  it("is one write and one start, whatever limits there are; a replay is two calls at most", async () => {
    const { post } = await countedApp();
    const request = { ...tencentRequest, clientToken: randomUUID() };
    expect(await post(request)).toEqual({
      status: 202,
      calls: [...onceAMinute, "PutItemCommand", "StartExecutionCommand"],
    });
    const replay = await post(request);
    expect(replay.status).toBe(202);
    expect(replay.calls.length).toBeLessThanOrEqual(2);
    expect(replay.calls).not.toContain("StartExecutionCommand");
    expect(await post({ ...request, clientToken: randomUUID() })).toEqual({
      status: 202,
      calls: ["PutItemCommand", "StartExecutionCommand"],
    });
  });

  it("is nothing at all for a request that is refused", async () => {
    const { post } = await countedApp();
    await post({ ...tencentRequest, clientToken: randomUUID() });
    expect(await post({ ...tencentRequest, region: 7 })).toEqual({ status: 400, calls: [] });
  });
});

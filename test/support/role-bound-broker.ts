import { createPublicKey } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateKeyCommand, GetPublicKeyCommand } from "@aws-sdk/client-kms";
import { createAuditLog } from "../../functions/aws/audit-log.ts";
import { createDynamoDBClient, createKmsClient, createSfnClient } from "../../functions/aws/clients.ts";
import { createKmsOpener } from "../../functions/aws/kms-opener.ts";
import { createTenantStore } from "../../functions/aws/tenant-store.ts";
import { createSealer } from "../../functions/domain/sealing.ts";
import { prepareEnvironment } from "../../local/environment.ts";
import { loadSecrets } from "../../local/secrets.ts";
import { StepFunctionsEngine } from "../../local/step-functions/engine.ts";
import { serveStepFunctions } from "../../local/step-functions/server.ts";
import { ensureTable } from "../../local/table.ts";
import { ensureTenant } from "../../local/tenant.ts";
import { ensureStateMachines } from "../../local/workflows.ts";
import { answerWith, headerOf, type Recorder, startRecorder } from "../canary/recorder.ts";
import { startKmsServer } from "../fakes/kms-server.ts";
import createEvent from "../fixtures/api-gateway/create.json" with { type: "json" };
import { startEmbeddedEngines } from "./embedded-engines.ts";
import { mayCall, readFunctionRoles } from "./roles.ts";

const table = "vpn-broker";
const clock = { now: () => new Date() };

/** A call to the table, by the function that made it. */
export interface TableCall {
  by: string;
  action: string;
  keys: string[];
  allowed: boolean;
}

type Handler = (event: unknown, context?: unknown) => Promise<unknown>;

/**
 * Every Lambda function as it is deployed, each before the table with the rights that its role has there: what IAM would
 * refuse is refused. Where a function is for one vendor, so is its role.
 */
export async function startRoleBoundBroker() {
  prepareEnvironment();
  const before = { ...process.env };
  const roles = readFunctionRoles();
  const dataDir = mkdtempSync(join(tmpdir(), "vpn-broker-roles-"));
  const secrets = loadSecrets(dataDir);
  const calls: TableCall[] = [];
  const [engines, kms] = await Promise.all([startEmbeddedEngines(dataDir, 20), startKmsServer(1)]);
  const tableUrl = engines.environment["AWS_ENDPOINT_URL_DYNAMODB"] ?? "";
  const client = createDynamoDBClient({ endpoint: tableUrl });
  await ensureTable(client, table);
  const key = await createSealingKey(kms.url);
  await ensureTenant(
    {
      tenants: createTenantStore({ client, table }),
      sealer: createSealer(key),
      opener: createKmsOpener({ client: createKmsClient({ endpoint: kms.url }) }),
      audit: createAuditLog({ client, table }),
      clock,
    },
    { apiKey: secrets.apiKey, firstWebhookSecret: secrets.webhookSecret },
  );

  const functions: Record<string, Handler> = {};
  const steps = new StepFunctionsEngine({
    timeScale: 0.01,
    functions: Object.fromEntries(
      Object.keys(roles).map((name) => {
        const arn = `arn:aws:lambda:us-east-1:000000000000:function:vpn-broker-${name.charAt(0).toUpperCase()}${name.slice(1)}`;
        return [arn, async (input: never) => lookAtOnce(await handlerOf(functions, name)(input))];
      }),
    ),
  });
  const stepFunctions = await serveStepFunctions(steps);
  const arns = await ensureStateMachines(createSfnClient({ endpoint: stepFunctions.url }));
  Object.assign(process.env, engines.environment, {
    TABLE_NAME: table,
    AWS_ENDPOINT_URL_SFN: stepFunctions.url,
    AWS_ENDPOINT_URL_KMS: kms.url,
    CREATE_CONNECTION_ARN: arns["create-connection"],
    DELIVER_WEBHOOK_ARN: arns["deliver-webhook"],
    SEALING_PUBLIC_KEY: key.publicKey,
    SEALING_KEY_ID: key.keyId,
    FINGERPRINT_KEYS: JSON.stringify(secrets.fingerprintKeys),
    CREDENTIALS_PREFIX: "vpn-broker/test/credentials",
    ALIBABA_CLOUD_ACCESS_KEY_ID: secrets.simulators.alibaba.id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secrets.simulators.alibaba.secret,
    TENCENTCLOUD_SECRET_ID: secrets.simulators.tencent.id,
    TENCENTCLOUD_SECRET_KEY: secrets.simulators.tencent.secret,
  });

  const doors: Recorder[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  for (const [name, role] of Object.entries(roles)) {
    const door = await startRecorder(tableUrl);
    doors.push(door);
    door.intervene = async (received, forward) => {
      const action = headerOf(received, "x-amz-target")?.split(".")[1] ?? "";
      const keys = keysOf(JSON.parse(received.body.toString()) as Input);
      const allowed = mayCall(role, action, keys);
      calls.push({ by: name, action, keys, allowed });
      if (allowed) return forward();
      return answerWith(400, JSON.stringify({ __type: "com.amazon.coral.service#AccessDeniedException" }));
    };
    process.env["AWS_ENDPOINT_URL_DYNAMODB"] = door.url;
    const handler = await load(name);
    // One at a time: a client finds out where the table is at its first call, whenever that is.
    functions[name] = (event, context) => {
      const result = queue.then(() => {
        process.env["AWS_ENDPOINT_URL_DYNAMODB"] = door.url;
        return handler(event, context);
      });
      queue = result.catch(() => undefined);
      return result;
    };
  }

  /** Calls a function of the API as API Gateway calls it. */
  async function call(name: string, method: string, path: string, body?: object) {
    const [rawPath = "", rawQueryString = ""] = path.split("?");
    const http = { ...createEvent.requestContext.http, method, path: rawPath };
    const event = {
      ...createEvent,
      rawPath,
      rawQueryString,
      headers: { ...createEvent.headers, authorization: `Bearer ${secrets.apiKey}` },
      requestContext: { ...createEvent.requestContext, http },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const answer = (await functions[name]?.(event, {})) as { statusCode: number; body: string };
    return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> };
  }

  return {
    calls,
    call,
    functions,
    /** The table itself, past every role. */
    storage: { client, table, clock },
    vendors: engines.environment,
    async close() {
      steps.close();
      await Promise.all([stepFunctions, kms, ...doors].map((server) => server.close()));
      await engines.close();
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function handlerOf(functions: Readonly<Record<string, Handler>>, name: string): Handler {
  const handler = functions[name];
  if (!handler) throw new Error(`no function ${name}`);
  return handler;
}

/** The functions run with the times of the cloud; the wait for which one asks is left out. */
const lookAtOnce = (answer: unknown): unknown =>
  typeof answer === "object" && answer !== null && "firstLookAt" in answer
    ? { ...answer, firstLookAt: clock.now().toISOString() }
    : answer;

/** Each function is an instance of its entry's module, and so has a client of its own. */
async function load(name: string): Promise<Handler> {
  const apps: Record<string, string> = {
    api: "api",
    providerApi: "provider-api",
    secretsApi: "secrets-api",
    exampleApi: "example-api",
  };
  const entry = apps[name] ?? "workflow";
  const file = new URL(`../../functions/entries/${entry}.ts?as=${name}`, import.meta.url).href;
  const module = (await import(/* @vite-ignore */ file)) as Record<string, Handler>;
  const handler = module[entry === "workflow" ? name.replace(/(?:Alibaba|Tencent)$/, "") : "handler"];
  if (!handler) throw new Error(`${name} has no entry`);
  return handler;
}

async function createSealingKey(endpoint: string): Promise<{ keyId: string; publicKey: string }> {
  const client = createKmsClient({ endpoint });
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ KeySpec: "RSA_3072", KeyUsage: "ENCRYPT_DECRYPT" }));
  const keyId = KeyMetadata?.Arn ?? "";
  const { PublicKey = new Uint8Array() } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  const key = createPublicKey({ key: Buffer.from(PublicKey), format: "der", type: "spki" });
  return { keyId, publicKey: key.export({ type: "spki", format: "pem" }).toString() };
}

interface Input {
  Item?: { pk: { S: string } };
  Key?: { pk: { S: string } };
  RequestItems?: Record<string, { Keys: { pk: { S: string } }[] }>;
  ExpressionAttributeValues?: Record<string, { S?: string }>;
}

/** The partition keys that a call names; of a query, those that its values may be. */
function keysOf({ Item, Key, RequestItems = {}, ExpressionAttributeValues = {} }: Input): string[] {
  if (Item) return [Item.pk.S];
  if (Key) return [Key.pk.S];
  const asked = Object.values(RequestItems).flatMap(({ Keys }) => Keys.map(({ pk }) => pk.S));
  return asked.length > 0 ? asked : Object.values(ExpressionAttributeValues).flatMap(({ S }) => S ?? []);
}

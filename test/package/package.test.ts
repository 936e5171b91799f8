import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { marshall } from "@aws-sdk/util-dynamodb";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { appOf } from "../../functions/api/app.ts";
import { createSfnClient } from "../../functions/aws/clients.ts";
import { toAuditItem, toItem, toTenantItem } from "../../functions/aws/item.ts";
import { localKeyId } from "../../functions/domain/sealing.ts";
import { loadSecrets } from "../../local/secrets.ts";
import { ensureStateMachines } from "../../local/workflows.ts";
import { testTenant } from "../fakes/memory-tenant-store.ts";
import createEvent from "../fixtures/api-gateway/create.json" with { type: "json" };
import listEvent from "../fixtures/api-gateway/list.json" with { type: "json" };
import { createAcceptedRecord, testActor } from "../support/accepting.ts";
import { startTestStack, type TestStack } from "../support/local-stack.ts";
import { alibabaRequest } from "../support/requests.ts";
import { unzip } from "../support/unzip.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const json = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Record<string, never>;

const entry = {
  id: "audit_1",
  at: "2026-01-01T00:00:00.000Z",
  action: "tenant.set",
  tenant: "acme",
  by: testActor,
} as const;
/** As they are written. */
const items = {
  request: toItem(await createAcceptedRecord(), "2026-01-01T00:05:00.000Z"),
  entry: toAuditItem(entry),
  tenant: toTenantItem(testTenant("audit")),
};

interface ApiGatewayAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded?: boolean;
}
type Handler = (event: object, context: object) => Promise<ApiGatewayAnswer>;

type Pattern = { [member: string]: Pattern | (string | { prefix?: string; exists?: boolean })[] };

/** Whether a pipe lets an event through: EventBridge's patterns, as far as ours go. */
function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([member, wanted]) => {
    const found = (event as Record<string, unknown> | undefined)?.[member];
    if (!Array.isArray(wanted)) return matches(wanted, found);
    return wanted.some((one) => {
      if (typeof one === "string") return found === one;
      if (one.prefix !== undefined) return typeof found === "string" && found.startsWith(one.prefix);
      return one.exists === (found !== undefined);
    });
  });
}

let folder: string;
let template: {
  Conditions: Record<string, unknown>;
  Resources: Record<string, { Type: string; Condition?: string; Properties: Record<string, never> }>;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vpn-broker-package-"));
  const environment = { PATH: process.env["PATH"], HOME: process.env["HOME"] };
  execFileSync("npm", ["run", "--silent", "package", "--", "--package", folder], {
    cwd: root,
    env: environment,
    stdio: "pipe",
  });
  template = json(join(folder, "cloudformation-template-update-stack.json")) as never;
  return () => rmSync(folder, { recursive: true, force: true });
});

describe("the package", () => {
  it("holds the state machines exactly as they stand in workflows/", () => {
    for (const [resource, file] of [
      ["CreateConnectionStateMachine", "create-connection"],
      ["DeliverWebhookStateMachine", "deliver-webhook"],
      ["WatchTunnelsStateMachine", "watch-tunnels"],
    ] as const) {
      const definition = template.Resources[resource]?.Properties["Definition"];
      expect(definition).toEqual(json(join(root, `workflows/${file}.asl.json`)));
      const text = JSON.stringify(definition);
      const values = Object.keys(template.Resources[resource]?.Properties["DefinitionSubstitutions"] ?? {});
      const places = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
      expect(new Set(places)).toEqual(new Set(values));
    }
  });

  it("gives every function a role of its own, and lets only those that need it open what was sealed", () => {
    const functions = Object.entries(template.Resources).filter(([, { Type }]) => Type === "AWS::Lambda::Function");
    const roles = functions.map(([, { Properties }]) => JSON.stringify(Properties["Role"]));
    expect(new Set(roles).size).toBe(functions.length);
    const openers = Object.entries(template.Resources).filter(
      ([, { Type, Properties }]) => Type === "AWS::IAM::Role" && JSON.stringify(Properties).includes("kms:"),
    );
    expect(openers.map(([name]) => name).toSorted()).toEqual([
      "DeliverWebhookRole",
      "ExampleApiRole",
      "SecretsApiRole",
      "SubmitAlibabaRole",
      "SubmitTencentRole",
    ]);
    for (const [, { Properties }] of openers) {
      const [{ PolicyDocument }] = Properties["Policies"] as unknown as [{ PolicyDocument: { Statement: object[] } }];
      expect(PolicyDocument.Statement.filter((statement) => JSON.stringify(statement).includes("kms:"))).toEqual([
        {
          Effect: "Allow",
          Action: ["kms:Decrypt"],
          Resource: { "Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*" },
          Condition: {
            StringEquals: { "kms:EncryptionAlgorithm": "RSAES_OAEP_SHA_256", "aws:ResourceTag/vpn-broker": "dev" },
          },
        },
      ]);
    }
    expect(JSON.stringify(template)).not.toContain("PRIVATE_KEY");
  });

  it("lets every role write to the log of a function that there is", () => {
    const of = (type: string) => Object.values(template.Resources).filter(({ Type }) => Type === type);
    const names = of("AWS::Lambda::Function").map(({ Properties }) => String(Properties["FunctionName"]));
    const logs = of("AWS::IAM::Role").flatMap(({ Properties }) =>
      [...JSON.stringify(Properties).matchAll(/log-group:\/aws\/lambda\/([\w-]+):/g)].map(([, name]) => name),
    );
    expect(logs).toHaveLength(names.length);
    expect(new Set(logs)).toEqual(new Set(names));
  });

  it("has an audit log that only grows, beyond every function's reach, and off until it is asked for", () => {
    const archive = Object.entries(template.Resources).filter(([, { Condition }]) => Condition === "AuditArchive");
    expect(template.Conditions["AuditArchive"]).toEqual({ "Fn::Equals": ["off", "on"] });
    expect(archive.map(([, { Type }]) => Type)).toEqual(
      expect.arrayContaining(["AWS::S3::Bucket", "AWS::Logs::LogGroup"]),
    );
    const names = archive.map(([name]) => name);
    expect(Object.keys(template.Resources).filter((name) => name.startsWith("Audit"))).toEqual(names);
    for (const [name, { Properties }] of Object.entries(template.Resources)) {
      if (!names.includes(name))
        expect(JSON.stringify(Properties)).not.toMatch(/"Audit(?!Archive)|Stream(?:Arn|Label)/);
    }
    expect(template.Resources["AuditBucket"]?.Properties["ObjectLockConfiguration"]).toMatchObject({
      Rule: { DefaultRetention: { Mode: "COMPLIANCE" } },
    });
    for (const kept of ["AuditBucket", "AuditLogGroup", "AuditLogStream"]) {
      expect(template.Resources[kept]).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    }
  });

  it.each([
    ["EntryPipe", "an entry that is written", "INSERT", "entry", true],
    ["EntryPipe", "an entry that is changed", "MODIFY", "entry", true],
    ["EntryPipe", "an entry that is removed", "REMOVE", "entry", true],
    ["EntryPipe", "a tenant", "MODIFY", "tenant", false],
    ["EntryPipe", "a request", "INSERT", "request", false],
    ["AcceptancePipe", "a request that is accepted", "INSERT", "request", true],
    ["AcceptancePipe", "a request that goes on", "MODIFY", "request", false],
    ["AcceptancePipe", "a tenant that is new", "INSERT", "tenant", false],
    ["AcceptancePipe", "an entry, which the other pipe has", "INSERT", "entry", false],
  ] as const)("%s takes %s (%s) as it should", (pipe, _what, eventName, kind, isTaken) => {
    const filters = template.Resources[`Audit${pipe}`]?.Properties["SourceParameters"] as unknown as {
      FilterCriteria: { Filters: { Pattern: string }[] };
    };
    const NewImage = marshall(items[kind], { removeUndefinedValues: true });
    const change = { eventName, dynamodb: { Keys: { pk: NewImage["pk"] }, NewImage } };
    const patterns = filters.FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern) as Pattern);
    expect(patterns.some((pattern) => matches(pattern, change))).toBe(isTaken);
  });

  it("reserves for each function its share of concurrency", () => {
    const functions = Object.values(template.Resources).filter(({ Type }) => Type === "AWS::Lambda::Function");
    const reserved = functions.map(({ Properties }) => [
      String(Properties["FunctionName"]).split("-").at(-1),
      Properties["ReservedConcurrentExecutions"],
    ]);
    const { full } = parse(readFileSync(join(root, "infra/concurrency.yml"), "utf8"), { logLevel: "silent" }) as {
      full: object;
    };
    expect(Object.fromEntries(reserved)).toEqual(full);
  });

  it("lets the functions that open secrets do nothing beside their part", () => {
    const statementsOf = (role: string) => {
      const [{ PolicyDocument }] = (template.Resources[role]?.Properties["Policies"] ?? []) as unknown as [
        { PolicyDocument: { Statement: { Action: string[]; Condition?: object }[] } },
      ];
      return PolicyDocument.Statement;
    };
    for (const role of ["SecretsApiRole", "ExampleApiRole"]) {
      const statements = statementsOf(role);
      const actions = new Set(statements.flatMap(({ Action }) => Action));
      const reading = statements.find(({ Action }) => Action.includes("dynamodb:GetItem"))?.Condition;
      const keys = ["key#*", "tenant#*", "audit#*", "quota#*"];
      expect(reading).toEqual(
        role === "ExampleApiRole" ? { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys } } : undefined,
      );
      expect([...actions].toSorted()).toEqual([
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "kms:Decrypt",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
      ]);
    }
  });

  it("sends each path to the function that answers it locally", () => {
    const routes = Object.values(template.Resources).filter(({ Type }) => Type === "AWS::ApiGatewayV2::Route");
    const targets = routes.map(({ Properties: { RouteKey, Target } }) => {
      const [, target = ""] = /HttpApiIntegration(\w+)/.exec(JSON.stringify(Target)) ?? [];
      return [String(RouteKey), target] as const;
    });
    const functions = { Api: "api", ProviderApi: "provider", SecretsApi: "secrets", ExampleApi: "examples" };
    const [others, named] = [
      targets.filter(([key]) => key === "$default"),
      targets.filter(([key]) => key !== "$default"),
    ];
    expect(others.map(([, target]) => target)).toEqual(["Api"]);
    expect(named.length).toBeGreaterThanOrEqual(3);
    for (const [key, target] of named) {
      const path = (key.split(" ")[1] ?? "").replaceAll(/\{\w+\}/g, "abc");
      expect([key, functions[target as keyof typeof functions]]).toEqual([key, appOf(path)]);
    }
    for (const path of ["/v1/vpn-connections", "/v1/vpn-connections/abc", "/healthz"]) expect(appOf(path)).toBe("api");
  });

  it("has no vendor SDK in the API's bundle", () => {
    const outputs = json(join(root, "dist/meta.json")) as Record<string, { inputs: Record<string, unknown> }>;
    const inputs = (prefix: string) =>
      Object.entries(outputs).flatMap(([file, { inputs: from }]) => (file.startsWith(prefix) ? Object.keys(from) : []));
    const vendor = /@alicloud|@darabonba|tencentcloud/;
    expect(inputs("dist/workers/").some((file) => vendor.test(file))).toBe(true);
    expect(inputs("dist/api/").filter((file) => vendor.test(file))).toEqual([]);
  });

  it("has nothing in any bundle that only documents are made from, and no language of zod's but the default one", () => {
    const outputs = json(join(root, "dist/meta.json")) as Record<string, { inputs: Record<string, unknown> }>;
    const inputs = Object.values(outputs).flatMap(({ inputs: from }) => Object.keys(from));
    expect(inputs).toContain("functions/contract/route.ts");
    const needless = /zod-openapi|contract\/describe\/|scripts\/|zod\/v4\/locales\/(?!en\.js)/;
    expect(inputs.filter((file) => needless.test(file))).toEqual([]);
  });
});

describe("the packaged API, called as API Gateway calls it", () => {
  let stack: TestStack;
  let handler: Handler;

  beforeAll(async () => {
    stack = await startTestStack();
    const secrets = loadSecrets(stack.dataDir);
    const arns = await ensureStateMachines(createSfnClient({ endpoint: stack.endpoints.stepFunctions }));
    Object.assign(process.env, {
      TABLE_NAME: "vpn-broker",
      AWS_ENDPOINT_URL_DYNAMODB: stack.endpoints.dynamodb,
      AWS_ENDPOINT_URL_SFN: stack.endpoints.stepFunctions,
      CREATE_CONNECTION_ARN: arns["create-connection"],
      DELIVER_WEBHOOK_ARN: arns["deliver-webhook"],
      SEALING_PUBLIC_KEY: secrets.sealingPublicKey,
      SEALING_KEY_ID: localKeyId,
      FINGERPRINT_KEYS: JSON.stringify(secrets.fingerprintKeys),
    });
    for (const [name, content] of unzip(readFileSync(join(folder, "api.zip")))) {
      mkdirSync(dirname(join(folder, "api", name)), { recursive: true });
      writeFileSync(join(folder, "api", name), content);
    }
    const module = await import(pathToFileURL(join(folder, "api/dist/api/api.mjs")).href);
    handler = (module as { handler: Handler }).handler;
    return () => stack.close();
  });

  const context = { awsRequestId: "c1d2e3f4", functionName: "api" };
  const invoke = (event: { headers: object }, patch: object = {}) =>
    handler({ ...event, headers: { ...event.headers, authorization: `Bearer ${stack.apiKey}` }, ...patch }, context);

  it("accepts a request, plain or base64, and replays it", async () => {
    const body = JSON.stringify({ ...alibabaRequest, clientToken: "packaged" });
    const first = await invoke(createEvent, { body });
    expect(first.statusCode).toBe(202);
    const { id } = JSON.parse(first.body) as { id: string };
    expect(first.headers["location"]).toBe(`/v1/vpn-connections/${id}`);
    const again = await invoke(createEvent, { body: Buffer.from(body).toString("base64"), isBase64Encoded: true });
    expect(again.statusCode).toBe(202);
    expect(again.headers["idempotent-replayed"]).toBe("true");
    expect((await stack.follow(id)).status).toBe("succeeded");
  });

  const get = (path: string, headers: object = {}) => {
    const { http } = listEvent.requestContext;
    const patch = {
      rawPath: path,
      rawQueryString: "",
      requestContext: { ...listEvent.requestContext, http: { ...http, path } },
    };
    return handler({ ...listEvent, ...patch, headers }, context);
  };

  it("serves the docs that are in the package, compressed, and nothing beside them", async () => {
    const page = await get("/docs", { "accept-encoding": "gzip, br" });
    expect(page).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    expect(page.headers).toMatchObject({ "content-encoding": "br", "cache-control": "no-cache" });
    const html = brotliDecompressSync(Buffer.from(page.body, "base64")).toString();
    const [style] = /docs\/assets\/style\.\w+\.css/.exec(html) ?? [];
    expect((await get(`/${style}`)).headers["cache-control"]).toContain("immutable");
    expect((await get("/llms.txt")).body).toContain("# VPN broker");
    expect((await get("/docs/errors/provider_quota", { accept: "text/html" })).body).toContain("<!doctype html>");
    for (const path of ["/docs/manifest.json", "/docs/../api.mjs", "/docs/..%2fapi.mjs"]) {
      expect((await get(path)).statusCode).toBe(404);
    }
  });

  it("serves the dashboard that is in the package, compressed, and nothing beside it", async () => {
    const page = await get("/dashboard", { "accept-encoding": "gzip, br" });
    expect(page).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    const html = brotliDecompressSync(Buffer.from(page.body, "base64")).toString();
    const parts = [...html.matchAll(/\.(\/dashboard\/assets\/[\w-]+\.(?:js|css|svg))/g)].map(([, path]) => path ?? "");
    expect(parts).toHaveLength(3);
    for (const path of parts) expect((await get(path)).headers["cache-control"]).toContain("immutable");
    expect((await get("/dashboard/manifest.json")).statusCode).toBe(404);
  });

  it("serves the OpenAPI document to anybody", async () => {
    const answer = await handler({ ...listEvent, rawPath: "/openapi.json", rawQueryString: "" }, context);
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toEqual(json(join(root, "openapi.json")));
  });

  it("lists with a repeated filter", async () => {
    const answer = await invoke(listEvent);
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ items: [{ status: "succeeded" }] });
  });

  it("answers problems as problem documents", async () => {
    const broken = await invoke(createEvent, { body: "{" });
    expect(broken.statusCode).toBe(400);
    expect(broken.headers["content-type"]).toContain("application/problem+json");
    const stranger = await handler(
      { ...listEvent, headers: { ...listEvent.headers, authorization: "Bearer vpb_no" } },
      context,
    );
    expect(stranger.statusCode).toBe(401);
    const large = await invoke(createEvent, { body: JSON.stringify({ name: "x".repeat(1_000_000) }) });
    expect(large.statusCode).toBe(413);
  });
});

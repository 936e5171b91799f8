import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providers } from "../../functions/domain/values.ts";
import { prepareEnvironment } from "../../local/environment.ts";
import { type ApiClient, createApiClient } from "./api-client.ts";
import { type Broker, startBroker } from "./broker.ts";
import type { Canary, Evidence } from "./evidence.ts";
import { readFiles } from "./files.ts";
import { openTable, type RecordedTable } from "./recorded-table.ts";
import { answerWith, type Recorder, requestEvidence, startRecorder } from "./recorder.ts";
import { createSecrets, keptCanaries, type Secrets, toCanaries } from "./secrets.ts";
import { startVendors, type Vendors } from "./vendors.ts";

/** A broker with marked secrets, everything around it recorded. */
export interface World {
  dataDir: string;
  secrets: Secrets;
  canaries: Canary[];
  /** What was written and sent so far, as far as it was collected. */
  evidence: Evidence[];
  vendors: Vendors;
  table: RecordedTable;
  /** Receives webhooks: `/flaky…` fails the first time, `/gone` for good. */
  sink: Recorder;
  broker: Broker;
  api: ApiClient;
}

const ids = { alibaba: "LTAI-canary", tencent: "AKID-canary" };

/** Everything but the broker; which {@link start} starts. */
export async function openWorld(): Promise<World> {
  prepareEnvironment();
  const dataDir = mkdtempSync(join(tmpdir(), "vpn-broker-"));
  const secrets = createSecrets();
  writeCredentials(dataDir, secrets);
  const [alibaba, tencent] = providers.map((vendor) => ({ id: ids[vendor], secret: secrets.vendorSecrets[vendor] }));
  if (!alibaba || !tencent) throw new Error("there are two vendors");
  return {
    dataDir,
    secrets,
    canaries: toCanaries(secrets),
    evidence: [],
    vendors: await startVendors(dataDir, { alibaba, tencent }),
    table: await openTable(dataDir),
    sink: await startSink(),
    broker: undefined as never,
    api: undefined as never,
  };
}

/** Starts the broker, with the right vendor secrets unless the environment says otherwise. */
export async function start(
  world: World,
  environment: Record<string, string> = {},
  ...options: string[]
): Promise<void> {
  const { secrets, vendors, table, dataDir } = world;
  const variables = {
    VPN_BROKER_API_KEY: secrets.apiKey,
    VPN_BROKER_WEBHOOK_SECRET: secrets.webhookSecret,
    AWS_ENDPOINT_URL_DYNAMODB: table.recorder.url,
    ALIBABA_CLOUD_VPC_ENDPOINT: vendors.recorders.alibaba.url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: ids.alibaba,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secrets.vendorSecrets.alibaba,
    TENCENTCLOUD_VPC_ENDPOINT: vendors.recorders.tencent.url,
    TENCENTCLOUD_SECRET_ID: ids.tencent,
    TENCENTCLOUD_SECRET_KEY: secrets.vendorSecrets.tencent,
  };
  world.broker = await startBroker(dataDir, { ...variables, ...environment }, ...options);
  world.api = createApiClient({ url: world.broker.url, key: secrets.apiKey, answers: world.evidence });
}

/** Collects what goes with the broker, and ends it. */
export async function end({ broker, evidence }: World, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  evidence.push(...(await broker.evidence()));
  await broker.end(signal);
  evidence.push(...broker.printed());
}

/** Takes the table's files from the recorder for the embedded engine, or the other way; no broker may run. */
export async function handOverTable({ table, evidence }: World): Promise<void> {
  evidence.push(...(await table.evidence()));
  await table.close();
}

/** Collects what is left when no broker runs, and names what the stack keeps as its own secrets. */
export async function collectRest(world: World): Promise<void> {
  const { dataDir, canaries, evidence, vendors, sink } = world;
  world.table = await openTable(dataDir);
  canaries.push(...keptCanaries(dataDir));
  evidence.push(...(await world.table.evidence()), ...readFiles(dataDir), ...vendors.evidence(), ...webhooksOf(sink));
}

/** The webhooks that a sink has received. */
export const webhooksOf = ({ exchanges }: Recorder) =>
  exchanges.flatMap(({ received }) => requestEvidence("webhook", received.url, received));

export async function closeWorld({ dataDir, broker, vendors, table, sink }: World): Promise<void> {
  const running = broker as Broker | undefined;
  if (running && running.process.child.exitCode === null && running.process.child.signalCode === null) {
    await running.end("SIGKILL");
  }
  await Promise.all([vendors.close(), table.close(), sink.close()]);
  rmSync(dataDir, { recursive: true, force: true });
}

/** What tenants' references `right` and `wrong` lead to. */
function writeCredentials(dataDir: string, { vendorSecrets, wrongReferencedSecrets }: Secrets): void {
  for (const vendor of providers) {
    const folder = join(dataDir, "credentials", vendor);
    mkdirSync(folder, { recursive: true });
    const write = (name: string, accessKeySecret: string) =>
      writeFileSync(join(folder, `${name}.json`), JSON.stringify({ accessKeyId: ids[vendor], accessKeySecret }));
    write("right", vendorSecrets[vendor]);
    write("wrong", wrongReferencedSecrets[vendor]);
  }
}

async function startSink(): Promise<Recorder> {
  const sink = await startRecorder();
  const failed = new Set<string>();
  sink.intervene = async ({ url }) => {
    if (url.startsWith("/gone")) return answerWith(410);
    if (!url.startsWith("/flaky") || failed.has(url)) return answerWith(204);
    failed.add(url);
    return answerWith(500);
  };
  return sink;
}

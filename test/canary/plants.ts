import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { createDynamoDBClient } from "../../functions/aws/clients.ts";
import { createApiClient } from "./api-client.ts";
import type { Broker } from "./broker.ts";
import { encodings, isText } from "./encodings.ts";
import type { Canary, Evidence, Place } from "./evidence.ts";
import { callStepFunctions, machines } from "./executions.ts";
import type { RecordedTable } from "./recorded-table.ts";
import { answerWith, type Recorder, startRecorder } from "./recorder.ts";
import { createMarked } from "./secrets.ts";

/** A leak made on purpose: a text of its own in one place, in one encoding. */
export interface Plant {
  place: Place;
  canary: Canary;
  bytes: Buffer;
}

/** One plant in each encoding. */
export function createPlants(place: Place): Plant[] {
  return Object.entries(encodings).map(([encoding, encode]) => {
    const text = createMarked();
    return { place, canary: { name: `${place}, ${encoding}`, text }, bytes: encode(text) };
  });
}

/** What makes a broker's process, and every one that it starts, print the plants: for `startBroker`. */
export function printing(folder: string, plants: readonly Plant[]): Record<string, string> {
  const file = join(folder, "printed");
  writeFileSync(file, Buffer.concat(plants.flatMap(({ bytes }) => [bytes, Buffer.from("\n")])));
  const code = "process.stdout.write((await import('node:fs')).readFileSync(process.env.PLANTED));";
  return { PLANTED: file, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

/** The same where only text can stand, as on a command line. */
export const createTextPlants = (place: Place) => createPlants(place).filter(({ bytes }) => isText(bytes));

export interface Beds {
  dataDir: string;
  broker: Broker;
  table: RecordedTable;
  /** The receiver of webhooks. */
  sink: Recorder;
  vendor: Recorder;
  /** Where answers of the API are kept. */
  answers: Evidence[];
}

/** Plants something of each kind in every place that can be reached while a broker runs; answers what and where. */
export async function plantEverywhere(beds: Beds): Promise<Plant[]> {
  const { dataDir, broker, table, sink, vendor, answers } = beds;
  const planted: Plant[] = [];
  const plant = async (place: Place, put: (bytes: Buffer, index: number) => unknown) => {
    for (const [index, one] of createPlants(place).entries()) {
      await put(one.bytes, index);
      planted.push(one);
    }
  };
  const client = createDynamoDBClient({ endpoint: table.recorder.url });
  const putItem = (bytes: Buffer, pk: string) =>
    client.send(
      new PutItemCommand({
        TableName: "vpn-broker",
        Item: { pk: { S: pk }, planted: { S: bytes.toString("latin1") } },
      }),
    );
  const post = (url: string, body: Buffer) => fetch(url, { method: "POST", body: new Uint8Array(body) });
  const mirror = await startRecorder();
  const caller = createApiClient({ url: mirror.url, key: "", answers });

  mkdirSync(join(dataDir, "planted"));
  await plant("file", (bytes, index) => writeFileSync(join(dataDir, "planted", String(index)), bytes));
  await plant("log", (bytes) => appendFileSync(join(dataDir, "broker.log"), Buffer.concat([bytes, Buffer.from("\n")])));
  await plant("table item", (bytes, index) => putItem(bytes, `planted-${index}`));
  await plant("table call", (bytes, index) => putItem(bytes, `planted-too-${index}`));
  await plant("execution", (bytes, index) => {
    const input = JSON.stringify({ id: "planted", generation: 1, planted: bytes.toString("latin1") });
    const [stateMachineArn] = machines;
    return callStepFunctions(broker.stepFunctions, "StartExecution", {
      stateMachineArn,
      name: `planted-${index}`,
      input,
    });
  });
  await plant("answer", (bytes) => {
    mirror.intervene = async () => ({ ...answerWith(200, "", "text/plain"), body: bytes });
    return caller.call("GET", "/planted");
  });
  await plant("webhook", (bytes) => post(`${sink.url}/planted`, bytes));
  await plant("vendor request", (bytes) => post(`${vendor.url}/planted`, bytes));
  await plant("vendor answer", async (bytes) => {
    const { intervene } = vendor;
    vendor.intervene = async () => ({ ...answerWith(200), body: bytes });
    await post(`${vendor.url}/planted`, Buffer.alloc(0));
    vendor.intervene = intervene;
  });
  planted.push(...(await plantInMessages({ sink, vendor, mirror, caller })));
  await mirror.close();
  return planted;
}

/** In URLs and headers too, where only plain text can stand. */
async function plantInMessages({
  sink,
  vendor,
  mirror,
  caller,
}: Pick<Beds, "sink" | "vendor"> & {
  mirror: Recorder;
  caller: ReturnType<typeof createApiClient>;
}): Promise<Plant[]> {
  const planted: Plant[] = [];
  const create = (place: Place, part: string) => {
    const text = createMarked();
    planted.push({ place, canary: { name: `${place}, ${part}`, text }, bytes: Buffer.from(text) });
    return text;
  };
  for (const [place, { url }] of [
    ["webhook", sink],
    ["vendor request", vendor],
  ] as const) {
    await fetch(`${url}/?${encodeURIComponent(create(place, "URL"))}`, {
      headers: { "x-planted": create(place, "header") },
    });
  }
  const text = create("answer", "header");
  mirror.intervene = async () => ({ ...answerWith(200), headers: ["content-type", "text/plain", "x-planted", text] });
  await caller.call("GET", "/planted");
  return planted;
}

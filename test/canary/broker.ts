import { type BrokerProcess, startProcess } from "../support/broker-process.ts";
import { type Evidence, toEvidence } from "./evidence.ts";
import { readExecutions } from "./executions.ts";
import { readFiles } from "./files.ts";
import { commandLines, listeningPorts } from "./processes.ts";

/** `npm start` as a process, and what can be seen of it from outside. */
export interface Broker {
  url: string;
  /** URL of its embedded Step Functions, which it does not print. */
  stepFunctions: string;
  process: BrokerProcess;
  /** What there is only while it runs, and the files as they are at this moment. */
  evidence: () => Promise<Evidence[]>;
  /** All that it printed; to be asked when it has ended. */
  printed: () => Evidence[];
  /** Ends it, with all that it started, by a signal. */
  end: (signal: "SIGKILL" | "SIGTERM") => Promise<void>;
}

/** Starts a broker in this folder; anything more on its command line is ignored by it. */
export async function startBroker(
  dataDir: string,
  environment: Record<string, string>,
  ...options: string[]
): Promise<Broker> {
  const variables = { DATA_DIR: dataDir, PORT: "0", LOCAL_TIME_SCALE: "0.01", ...environment };
  const process = startProcess("start", variables, ...options);
  const [, url = ""] = await process.until(/API +(http:\S+)/);
  await process.until(/Ctrl-C stops it/);
  const pid = process.child.pid ?? 0;
  const [port] = listeningPorts(pid).filter((one) => one !== Number(new URL(url).port));
  const stepFunctions = `http://127.0.0.1:${port}`;
  return {
    url,
    stepFunctions,
    process,
    evidence: async () => [...(await readExecutions(stepFunctions)), ...commandLines(pid), ...readFiles(dataDir)],
    printed: () => toOutputEvidence(process.output()),
    async end(signal) {
      globalThis.process.kill(signal === "SIGKILL" ? -pid : pid, signal);
      await process.exited;
    },
  };
}

/** The lines in which a start tells its API key and its webhook secret, because a person needs them. */
const announcements = [
  /^ {2}(?:API key {5}|export VPN_BROKER_URL=\S+ VPN_BROKER_API_KEY=)\S+$/,
  /^ {2}Webhooks {4}signed with \S+$/,
];
export const announcementsOf = { apiKey: "announcement 0", webhookSecret: "announcement 1" };

function toOutputEvidence(output: string): Evidence[] {
  const lines = output.split("\n");
  const rest = lines.filter((line) => !announcements.some((pattern) => pattern.test(line)));
  return [
    toEvidence("output", "everything else", rest.join("\n")),
    ...announcements.flatMap((pattern, index) =>
      lines.filter((line) => pattern.test(line)).map((line) => toEvidence("output", `announcement ${index}`, line)),
    ),
  ];
}

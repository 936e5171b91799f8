import { join } from "node:path";
import type { Config } from "../functions/entries/config.ts";
import { type Engine, startEngine } from "./child-process.ts";
import type { LocalSecrets } from "./secrets.ts";

/** What the process that holds the table is called. */
export const tableEngine = "the table";

export interface EnginesOptions {
  config: Config<"local">;
  dataDir: string;
  secrets: LocalSecrets;
  /** How long the simulated vendors take for a create; their own default without it. */
  provisioningMilliseconds?: number;
  onRestarted: (name: string) => void;
}

/** The processes beside the broker's own, and the variables that lead to them; what a variable already names is not started. */
export async function startEngines(options: EnginesOptions): Promise<{ config: Config<"local">; engines: Engine[] }> {
  const { config, dataDir } = options;
  const access = toSimulatorAccess(options);
  const simulator = (vendor: "alibaba" | "tencent") =>
    startEngine({
      name: `the simulator of ${vendor}`,
      module: "@vpn-broker/simulators/process",
      arguments: [vendor],
      options: {
        accessKey: access[vendor],
        stateFile: join(dataDir, `${vendor}.json`),
        ...(options.provisioningMilliseconds === undefined
          ? {}
          : { provisioningMilliseconds: options.provisioningMilliseconds }),
      },
      onRestarted: options.onRestarted,
    });

  const starting = {
    AWS_ENDPOINT_URL_DYNAMODB: config.AWS_ENDPOINT_URL_DYNAMODB
      ? undefined
      : startEngine({
          name: tableEngine,
          module: "./dynalite-process.ts",
          options: { path: join(dataDir, "table") },
          onRestarted: options.onRestarted,
        }),
    ALIBABA_CLOUD_VPC_ENDPOINT: config.ALIBABA_CLOUD_VPC_ENDPOINT ? undefined : simulator("alibaba"),
    TENCENTCLOUD_VPC_ENDPOINT: config.TENCENTCLOUD_VPC_ENDPOINT ? undefined : simulator("tencent"),
  };
  const settled = await Promise.allSettled(Object.values(starting).map((engine) => Promise.resolve(engine)));
  const engines = settled.flatMap((result) => (result.status === "fulfilled" && result.value ? [result.value] : []));
  const failed = settled.find((result) => result.status === "rejected");
  if (failed) {
    await Promise.all(engines.map((engine) => engine.stop()));
    throw failed.reason as Error;
  }
  const urls = Object.fromEntries(
    await Promise.all(Object.entries(starting).map(async ([name, engine]) => [name, (await engine)?.url] as const)),
  );
  return { engines, config: { ...withAccess(config, access), ...definedOnly(urls) } };
}

/**
 * The key pair that each simulator knows: the one in the environment when both halves are there, else its own. A
 * secret alone is thus a wrong one, and shows what a wrong one does.
 */
function toSimulatorAccess({ config, secrets }: EnginesOptions): LocalSecrets["simulators"] {
  const given = (id: string | undefined, secret: string | undefined) => (id && secret ? { id, secret } : undefined);
  return {
    alibaba:
      given(config.ALIBABA_CLOUD_ACCESS_KEY_ID, config.ALIBABA_CLOUD_ACCESS_KEY_SECRET) ?? secrets.simulators.alibaba,
    tencent: given(config.TENCENTCLOUD_SECRET_ID, config.TENCENTCLOUD_SECRET_KEY) ?? secrets.simulators.tencent,
  };
}

function withAccess(config: Config<"local">, access: LocalSecrets["simulators"]): Config<"local"> {
  return {
    ...config,
    ALIBABA_CLOUD_ACCESS_KEY_ID: config.ALIBABA_CLOUD_ACCESS_KEY_ID ?? access.alibaba.id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: config.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? access.alibaba.secret,
    TENCENTCLOUD_SECRET_ID: config.TENCENTCLOUD_SECRET_ID ?? access.tencent.id,
    TENCENTCLOUD_SECRET_KEY: config.TENCENTCLOUD_SECRET_KEY ?? access.tencent.secret,
  };
}

function definedOnly(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

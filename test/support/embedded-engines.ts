import { loadSecrets } from "../../local/secrets.ts";
import { startAlibabaSimulator } from "../../packages/simulators/src/alibaba/server.ts";
import { startTencentSimulator } from "../../packages/simulators/src/tencent/server.ts";
import { startTableServer } from "./table-server.ts";

/**
 * What `npm start` has in processes of their own, in this one: the table and both vendors. Answers the variables that lead
 * a stack to them. They know the credentials that are in this folder, and forget all with their end.
 */
export async function startEmbeddedEngines(
  dataDir: string,
  provisioningMilliseconds: number,
): Promise<{ environment: Record<string, string>; close: () => Promise<void> }> {
  const { simulators } = loadSecrets(dataDir);
  const engines = await Promise.all([
    startTableServer(),
    startAlibabaSimulator({ accessKey: simulators.alibaba, provisioningMilliseconds }),
    startTencentSimulator({ accessKey: simulators.tencent, provisioningMilliseconds }),
  ]);
  const [table, alibaba, tencent] = engines;
  return {
    environment: {
      AWS_ENDPOINT_URL_DYNAMODB: table.url,
      ALIBABA_CLOUD_VPC_ENDPOINT: alibaba.url,
      TENCENTCLOUD_VPC_ENDPOINT: tencent.url,
    },
    close: async () => void (await Promise.all(engines.map((engine) => engine.close()))),
  };
}

// Named here and in requests.ts only: the package `tencentcloud-sdk-nodejs-vpc` has the same files at these very paths.
import { Client } from "tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_client.js";
import { providerCallSeconds } from "../../domain/limits.ts";
import type { CallProvider } from "../../domain/provider/provider.ts";

/** Tencent's own client. It sends each call once; only the workflow knows when a repeat is safe. */
export function createClient(
  access: { endpoint?: string; accessKeyId: string; accessKeySecret: string; securityToken?: string },
  region: string,
): CallProvider {
  const url = new URL(access.endpoint ?? "https://vpc.tencentcloudapi.com");
  const client = new Client({
    credential: {
      secretId: access.accessKeyId,
      secretKey: access.accessKeySecret,
      ...(access.securityToken ? { token: access.securityToken } : {}),
    },
    region,
    profile: {
      language: "en-US",
      httpProfile: { endpoint: url.host, protocol: `${url.protocol}//`, reqTimeout: providerCallSeconds },
    },
  });

  return async function callTencent(action, parameters) {
    return (await client.request(action, parameters)) as Record<string, unknown>;
  };
}

import * as http from "node:http";
import * as https from "node:https";
// Named here and in requests.ts only: the package `tencentcloud-sdk-nodejs-vpc` has the same files at these very paths.
import { Client } from "tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_client.js";
import { providerCallSeconds } from "../../domain/limits.ts";
import { chooseProxy, type ProxyVariables } from "../../domain/network/choose-proxy.ts";
import type { CallProvider } from "../../domain/provider/provider.ts";

/** Tencent's own client. It sends each call once; only the workflow knows when a repeat is safe. */
export function createClient(
  access: {
    endpoint?: string;
    accessKeyId: string;
    accessKeySecret: string;
    securityToken?: string;
    proxies?: ProxyVariables;
  },
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
      httpProfile: {
        endpoint: url.host,
        protocol: `${url.protocol}//`,
        reqTimeout: providerCallSeconds,
        ...toWay(url, access.proxies ?? {}),
      },
    },
  });

  return async function callTencent(action, parameters) {
    return (await client.request(action, parameters)) as Record<string, unknown>;
  };
}

/** Without either of the two the SDK takes `http_proxy` from the environment, which leads past `no_proxy`. */
function toWay(url: URL, proxies: ProxyVariables): { proxy: string } | { agent: http.Agent } {
  const proxy = chooseProxy(url, proxies);
  if (proxy !== undefined) return { proxy };
  return { agent: url.protocol === "https:" ? new https.Agent() : new http.Agent() };
}

import * as openApi from "@alicloud/openapi-core";
import { RuntimeOptions } from "@darabonba/typescript";
import { providerCallSeconds } from "../../domain/limits.ts";
import type { CallProvider } from "../../domain/provider/provider.ts";
import { endpointOf } from "./endpoints.ts";

/** Milliseconds, for both: the SDK's "connect" timeout is an idle timeout, so the shorter of the two counts. */
const timeout = providerCallSeconds * 1000;

/**
 * Alibaba's own client core, which signs and sends. The generated client on top of it, whose models `requests.ts` uses,
 * is not used: it puts parameters into the URL, the pre-shared key among them, and the transport puts the URL into its
 * errors. Here all travel in the body. Nothing is repeated: only the workflow knows when that is safe.
 */
export function createClient(
  access: { endpoint?: string; accessKeyId: string; accessKeySecret: string; securityToken?: string },
  region: string,
): CallProvider {
  const url = new URL(access.endpoint ?? `https://${endpointOf(region)}`);
  const Client = openApi.default.default;
  const client = new Client(
    new openApi.$OpenApiUtil.Config({
      accessKeyId: access.accessKeyId,
      accessKeySecret: access.accessKeySecret,
      ...(access.securityToken ? { securityToken: access.securityToken } : {}),
      regionId: region,
      endpoint: url.host,
      protocol: url.protocol.slice(0, -1),
    }),
  );
  const runtime = new RuntimeOptions({ readTimeout: timeout, connectTimeout: timeout });

  return async function callAlibaba(action, parameters) {
    const params = new openApi.$OpenApiUtil.Params({
      action,
      version: "2016-04-28",
      protocol: "HTTPS",
      pathname: "/",
      method: "POST",
      authType: "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType: "json",
    });
    const request = new openApi.$OpenApiUtil.OpenApiRequest({ body: { RegionId: region, ...parameters } });
    const answer = await client.callApi(params, request, runtime);
    return answer["body"] as Record<string, unknown>;
  };
}

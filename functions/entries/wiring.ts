import type { BaseDeps } from "../api/env.ts";
import { createTenantStore } from "../aws/tenant-store.ts";
import type { Log } from "../domain/log.ts";
import type { FingerprintKeys } from "../domain/request/pre-shared-keys.ts";
import { createKeyDirectory, rememberKeys } from "../domain/tenants/caller.ts";
import { createRateLimiter } from "../domain/tenants/rate-limit.ts";
import type { ConnectProviderDeps } from "../providers/connect-provider.ts";
import type { Config } from "./config.ts";

export const systemClock = { now: () => new Date() };

/** Resolves after so many milliseconds; rejects when the signal is aborted. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(new Error("nobody waits any more"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, milliseconds);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** What every app of the API stands on; `addressOf` knows the server. */
export function toBaseDeps(
  storage: Parameters<typeof createTenantStore>[0],
  log: Log,
  addressOf: BaseDeps["addressOf"],
): BaseDeps {
  return {
    keys: rememberKeys(createKeyDirectory(createTenantStore(storage)), systemClock),
    rateLimiter: createRateLimiter(systemClock),
    clock: systemClock,
    log,
    createRequestId: () => crypto.randomUUID(),
    addressOf,
  };
}

/** The address that API Gateway saw (payload format 2.0). */
export function addressOfLambda(env: unknown): string | undefined {
  const { requestContext } = env as { requestContext?: { http?: { sourceIp?: string } } };
  return requestContext?.http?.sourceIp;
}

export function toFingerprintKeys({ current, keys }: Config<"api">["FINGERPRINT_KEYS"]): FingerprintKeys {
  const decoded = Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, "base64")]);
  return { current, keys: Object.fromEntries(decoded) };
}

/** Vendor credentials by the vendors' own variable names. Missing ones are empty: the vendor then says what is wrong. */
export function toProviderAccess(
  config: Omit<Config<"provider">, "TABLE_NAME" | "CREDENTIALS_PREFIX">,
): ConnectProviderDeps["access"] {
  const { http_proxy, https_proxy, all_proxy, no_proxy } = config;
  return {
    alibaba: {
      ...(config.ALIBABA_CLOUD_VPC_ENDPOINT ? { endpoint: config.ALIBABA_CLOUD_VPC_ENDPOINT } : {}),
      accessKeyId: config.ALIBABA_CLOUD_ACCESS_KEY_ID ?? "",
      accessKeySecret: config.ALIBABA_CLOUD_ACCESS_KEY_SECRET ?? "",
      ...(config.ALIBABA_CLOUD_SECURITY_TOKEN ? { securityToken: config.ALIBABA_CLOUD_SECURITY_TOKEN } : {}),
    },
    tencent: {
      ...(config.TENCENTCLOUD_VPC_ENDPOINT ? { endpoint: config.TENCENTCLOUD_VPC_ENDPOINT } : {}),
      accessKeyId: config.TENCENTCLOUD_SECRET_ID ?? "",
      accessKeySecret: config.TENCENTCLOUD_SECRET_KEY ?? "",
      ...(config.TENCENTCLOUD_TOKEN ? { securityToken: config.TENCENTCLOUD_TOKEN } : {}),
      proxies: { http_proxy, https_proxy, all_proxy, no_proxy },
    },
  };
}

import type { Config } from "./config.ts";
import type { FingerprintKeys } from "./domain/pre-shared-keys.ts";
import type { OpenProviderDeps } from "./providers/open-provider.ts";

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

export function toFingerprintKeys({ current, keys }: Config<"api">["FINGERPRINT_KEYS"]): FingerprintKeys {
  const decoded = Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, "base64")]);
  return { current, keys: Object.fromEntries(decoded) };
}

/** Vendor credentials by the vendors' own variable names. Missing ones are empty: the vendor then says what is wrong. */
export function toVendorAccess(config: Omit<Config<"vendor">, "TABLE_NAME">): OpenProviderDeps["access"] {
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
    },
  };
}

import type { OpenProvider } from "../domain/provider.ts";
import { observe } from "./vendor-api.ts";

/** Where and as whom to call a vendor. */
export interface VendorAccess {
  /** URL of the vendor's API; absent = the vendor's own endpoint for the region. */
  endpoint?: string;
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string;
}

export interface OpenProviderDeps {
  access: { alibaba: VendorAccess; tencent: VendorAccess };
  /** Milliseconds, of a clock that only goes forward. */
  now: () => number;
}

/** Opens vendors; the SDK of the other vendor is never loaded. */
export function createOpenProvider({ access, now }: OpenProviderDeps): OpenProvider {
  return async function openProvider(name, { region, onCall }) {
    switch (name) {
      case "alibaba": {
        const [{ createClient }, { createProvider }, { toProviderError }] = await Promise.all([
          import("./alibaba/client.ts"),
          import("./alibaba/provider.ts"),
          import("./alibaba/errors.ts"),
        ]);
        return createProvider(observe(createClient(access.alibaba, region), { onCall, toProviderError, now }));
      }
      case "tencent": {
        const [{ createClient }, { createProvider }, { toProviderError }] = await Promise.all([
          import("./tencent/client.ts"),
          import("./tencent/provider.ts"),
          import("./tencent/errors.ts"),
        ]);
        return createProvider(observe(createClient(access.tencent, region), { onCall, toProviderError, now }));
      }
    }
  };
}

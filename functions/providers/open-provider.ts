import type { Log } from "../domain/ports.ts";
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
  /** Hears of vendor codes that no table classifies (`unclassified_vendor_code`). */
  log: Log;
}

/** Opens vendors; the SDK of the other vendor is never loaded. */
export function createOpenProvider({ access, now, log }: OpenProviderDeps): OpenProvider {
  return async function openProvider(name, { region, onCall }) {
    const onUnclassified = ({ action, code }: { action: string; code: string }) =>
      log("unclassified_vendor_code", { provider: name, action, code });
    switch (name) {
      case "alibaba": {
        const [{ createClient }, { createProvider }, errors] = await Promise.all([
          import("./alibaba/client.ts"),
          import("./alibaba/provider.ts"),
          import("./alibaba/errors.ts"),
        ]);
        return createProvider(observe(createClient(access.alibaba, region), { onCall, onUnclassified, errors, now }));
      }
      case "tencent": {
        const [{ createClient }, { createProvider }, errors] = await Promise.all([
          import("./tencent/client.ts"),
          import("./tencent/provider.ts"),
          import("./tencent/errors.ts"),
        ]);
        return createProvider(observe(createClient(access.tencent, region), { onCall, onUnclassified, errors, now }));
      }
    }
  };
}

import type { Clock } from "../domain/clock.ts";
import type { Log } from "../domain/log.ts";
import type { ProxyVariables } from "../domain/network/choose-proxy.ts";
import type { Credentials, ReadCredentials } from "../domain/provider/credentials.ts";
import { ProviderError } from "../domain/provider/provider-error.ts";
import type { CallProvider, ConnectProvider, Provider } from "../domain/provider/provider.ts";
import type { ProviderName } from "../domain/values.ts";
import { nameClockSkew } from "./clock-skew.ts";
import { nameReference } from "./name-reference.ts";
import { observe, type ProviderErrors } from "./observe.ts";
import { rememberCredentials, type Remembered } from "./remember-credentials.ts";

/** Where to call a vendor, and as whom where no reference is given. */
export interface ProviderAccess extends Credentials {
  /** URL of the vendor's API; absent = the vendor's own endpoint for the region. */
  endpoint?: string;
  /** What leads there. Alibaba's SDK has options for proxies, reads none of them, and calls the vendor straight. */
  proxies?: ProxyVariables;
}

export interface ConnectProviderDeps {
  access: Record<ProviderName, ProviderAccess>;
  readCredentials: ReadCredentials;
  clock: Clock;
  /** Milliseconds, of a clock that only goes forward. */
  now: () => number;
  /** Hears of vendor codes that no table classifies (`unclassified_vendor_code`). */
  log: Log;
}

/** What a vendor's folder gives: its `index.ts`. */
interface ProviderModule {
  createClient: (access: ProviderAccess, region: string) => CallProvider;
  createProvider: (call: CallProvider, warn: (warning: string) => void) => Provider;
  errors: ProviderErrors;
}

/** A vendor's folder is loaded when it is asked for, with its SDK; no other one is. */
const loaders: Record<ProviderName, () => Promise<ProviderModule>> = {
  alibaba: () => import("./alibaba/index.ts"),
  tencent: () => import("./tencent/index.ts"),
};

/** Connects to vendors, each when it is needed. */
export function createConnectProvider({
  access,
  readCredentials,
  clock,
  now,
  log,
}: ConnectProviderDeps): ConnectProvider {
  const read = rememberCredentials(readCredentials, clock);

  /** What a reference stands for. A read that failed is told like a call, so that the timeline has it. */
  async function find(
    name: ProviderName,
    reference: string,
    onCall: Parameters<ConnectProvider>[1]["onCall"],
  ): Promise<Remembered> {
    const started = now();
    try {
      return await read(name, reference);
    } catch (error) {
      if (error instanceof ProviderError) {
        const { action, class: outcome } = error.facts;
        onCall({ action, outcome, durationMilliseconds: Math.round(now() - started) });
      }
      throw error;
    }
  }

  return async function connectProvider(name, { region, credentials: reference, onCall, onWarning }) {
    const onUnclassified = ({ action, code }: { action: string; code: string }) =>
      log("unclassified_vendor_code", { provider: name, action, code });
    const found = reference === undefined ? undefined : await find(name, reference, onCall);
    const { endpoint, proxies, ...own } = access[name];
    const way = { ...(endpoint ? { endpoint } : {}), ...(proxies ? { proxies } : {}) };
    const as: ProviderAccess = { ...way, ...(found?.credentials ?? own) };
    const { createClient, createProvider, errors } = await loaders[name]();
    return createProvider(
      observe(createClient(as, region), {
        onCall,
        onUnclassified,
        errors: nameClockSkew(found ? nameReference(errors, String(reference), found.forget) : errors, name),
        now,
      }),
      onWarning,
    );
  };
}

import type { VendorCall } from "../domain/connection-record.ts";
import type { ProviderError } from "../domain/provider-error.ts";
import type { CallVendor } from "../domain/provider.ts";

export interface Observation {
  onCall: (call: VendorCall) => void;
  /** The vendor's own reading of what its SDK threw. */
  toProviderError: (action: string, error: unknown) => ProviderError;
  now: () => number;
}

/** The same calls, each reported with its duration and outcome, and failing with `ProviderError` only. */
export function observe(call: CallVendor, { onCall, toProviderError, now }: Observation): CallVendor {
  return async function observed(action, parameters) {
    const started = now();
    const report = (outcome: string, requestId: unknown) =>
      onCall({
        action,
        outcome,
        durationMilliseconds: Math.round(now() - started),
        ...(typeof requestId === "string" && requestId ? { providerRequestId: requestId } : {}),
      });
    try {
      const answer = await call(action, parameters);
      report("ok", answer["RequestId"]);
      return answer;
    } catch (error) {
      const failure = toProviderError(action, error);
      report(failure.facts.providerCode ?? failure.facts.class, failure.facts.providerRequestId);
      throw failure;
    }
  };
}

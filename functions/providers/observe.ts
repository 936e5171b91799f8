import type { ProviderError } from "../domain/provider/provider-error.ts";
import type { CallProvider, ProviderCall } from "../domain/provider/provider.ts";

/** A vendor's own reading of what its SDK throws: its `errors.ts`. */
export interface ProviderErrors {
  toProviderError: (action: string, error: unknown) => ProviderError;
  /** `known` is false when the class of a code was guessed from its family. */
  classify: (code: string) => { known: boolean };
}

export interface Observation {
  onCall: (call: ProviderCall) => void;
  /** Hears of each code that the vendor's table should have and has not. */
  onUnclassified: (failed: { action: string; code: string }) => void;
  errors: ProviderErrors;
  now: () => number;
}

/** The same calls, each reported with its duration and outcome, and failing with `ProviderError` only. */
export function observe(call: CallProvider, { onCall, onUnclassified, errors, now }: Observation): CallProvider {
  return async function observed(action, parameters) {
    const started = now();
    const report = (outcome: string, requestId: unknown, retryAfterSeconds?: number) =>
      onCall({
        action,
        outcome,
        durationMilliseconds: Math.round(now() - started),
        ...(typeof requestId === "string" && requestId ? { providerRequestId: requestId } : {}),
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      });
    try {
      const answer = await call(action, parameters);
      report("ok", answer["RequestId"]);
      return answer;
    } catch (error) {
      const failure = errors.toProviderError(action, error);
      const { providerCode: code, providerRequestId, retryAfterSeconds } = failure.facts;
      report(code ?? failure.facts.class, providerRequestId, retryAfterSeconds);
      if (code !== undefined && !errors.classify(code).known) onUnclassified({ action, code });
      throw failure;
    }
  };
}

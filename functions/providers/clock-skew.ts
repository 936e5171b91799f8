import { subscribe } from "node:diagnostics_channel";
import { ProviderError } from "../domain/provider/provider-error.ts";
import type { ProviderName } from "../domain/values.ts";
import type { ProviderErrors } from "./observe.ts";

/** The header by which each vendor's SDK names the action. */
const actionHeaders: Record<ProviderName, string> = { alibaba: "x-acs-action", tencent: "x-tc-action" };

/** Seconds that this machine's clock was ahead of the vendor's at its last answer; negative: behind. */
const skews = new Map<ProviderName, number>();

/** As much as is looked at of what Node.js tells of each answer to its HTTP client, by whatever SDK. */
interface Finished {
  request?: { getHeader?: (name: string) => unknown };
  response?: { headers?: { date?: string } };
}

subscribe("http.client.response.finish", (message) => {
  const { request, response } = message as Finished;
  const theirs = Date.parse(response?.headers?.date ?? "");
  if (Number.isNaN(theirs)) return;
  for (const [vendor, header] of Object.entries(actionHeaders) as [ProviderName, string][]) {
    if (request?.getHeader?.(header) !== undefined) skews.set(vendor, Math.round((Date.now() - theirs) / 1000));
  }
});

/** The same reading of errors, which tells how far the clocks are apart where the vendor minds the time. */
export function nameClockSkew(errors: ProviderErrors, vendor: ProviderName): ProviderErrors {
  return {
    classify: errors.classify,
    toProviderError(action, error) {
      const failure = errors.toProviderError(action, error);
      const skew = skews.get(vendor);
      if (!failure.facts.clock || skew === undefined) return failure;
      const apart = `The clock of the broker is ${Math.abs(skew)} seconds ${skew < 0 ? "behind" : "ahead of"} the vendor's.`;
      return new ProviderError({ ...failure.facts, advice: `${failure.facts.advice} ${apart}` });
    },
  };
}

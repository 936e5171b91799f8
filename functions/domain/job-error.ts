import type { JobError, JobErrorCode } from "./errors.ts";
import type { ErrorClass, ProviderErrorFacts } from "./provider-error.ts";
import type { ProviderName } from "./values.ts";

export const vendorTitle: Record<ProviderName, string> = { alibaba: "Alibaba Cloud", tencent: "Tencent Cloud" };

const codeOf: Record<ErrorClass, JobErrorCode> = {
  validation: "provider_validation",
  auth: "provider_auth",
  quota: "provider_quota",
  "not-found": "provider_not_found",
  exists: "semantic_duplicate",
  conflict: "provider_conflict",
  retry: "provider_throttled",
  ambiguous: "provider_internal",
};

/** Whether the very same request may do better later, by class. */
const retryable: ReadonlySet<ErrorClass> = new Set<ErrorClass>(["conflict", "retry", "quota", "ambiguous"]);

/** A vendor's refusal as the caller sees it. */
export function toJobError(provider: ProviderName, facts: ProviderErrorFacts): JobError {
  const answer = facts.providerCode ?? "no readable answer";
  return {
    code: codeOf[facts.class],
    message: `${vendorTitle[provider]} answered ${facts.action} with ${answer}`,
    retryable: retryable.has(facts.class),
    advice: facts.advice,
    ...(facts.providerCode ? { providerCode: facts.providerCode } : {}),
    ...(facts.providerRequestId ? { providerRequestId: facts.providerRequestId } : {}),
  };
}

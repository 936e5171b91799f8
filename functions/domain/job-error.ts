import type { JobError, JobErrorCode } from "./errors.ts";
import type { ErrorClass, ProviderErrorFacts } from "./provider-error.ts";
import type { ConnectionRecord } from "./connection-record.ts";
import type { PreflightFlaw } from "./provider.ts";
import type { ProviderName } from "./values.ts";

export const vendorTitle: Record<ProviderName, string> = { alibaba: "Alibaba Cloud", tencent: "Tencent Cloud" };

/** What a vendor's refusal is to the caller, by what it means for the request. */
export const jobErrorCodes: Record<ErrorClass, JobErrorCode> = {
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
    code: jobErrorCodes[facts.class],
    message: facts.beforehand ?? `${vendorTitle[provider]} answered ${facts.action} with ${answer}`,
    retryable: retryable.has(facts.class),
    advice: facts.advice,
    ...(facts.providerCode ? { providerCode: facts.providerCode } : {}),
    ...(facts.providerRequestId ? { providerRequestId: facts.providerRequestId } : {}),
  };
}

/** What the gateways showed against a request, in one error: the first flaw gives the code and the advice. */
export function toRefusal(flaws: readonly PreflightFlaw[]): JobError {
  const [first] = flaws;
  return {
    code: first?.code ?? "provider_validation",
    message: flaws.map(({ pointer, detail }) => `${pointer}: ${detail}`).join("; "),
    retryable: false,
    advice: first?.advice ?? "Look at the gateways.",
    ...(first?.providerCode ? { providerCode: first.providerCode } : {}),
  };
}

/** Another request already makes this connection. Its link is shown to its own tenant only. */
export function toDuplicateError(duplicate: ConnectionRecord, tenant: string): JobError {
  const link = duplicate.tenant === tenant ? `/v1/vpn-connections/${duplicate.id}` : "another tenant's request";
  return {
    code: "semantic_duplicate",
    message: `${link} already connects these gateways for overlapping networks`,
    retryable: false,
    advice: "Use that connection, delete it at the vendor, or set allowDuplicate to true.",
  };
}

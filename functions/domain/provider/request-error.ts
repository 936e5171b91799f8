import type { RequestError, RequestErrorCode } from "../errors.ts";
import type { ProviderName } from "../values.ts";
import { capabilities } from "./capabilities.ts";
import type { ErrorClass, ProviderErrorFacts } from "./provider-error.ts";
import type { PreflightFlaw } from "./provider.ts";

/** What a vendor's refusal is to the caller, by what it means for the request. */
export const requestErrorOfClass: Record<ErrorClass, RequestErrorCode> = {
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

/** A vendor's refusal as the caller sees it; advice to look for the connection says by which name. */
export function toRequestError(
  provider: ProviderName,
  facts: ProviderErrorFacts,
  connectionName?: string,
): RequestError {
  const who = capabilities[provider].title;
  const answer = facts.providerCode
    ? `${who} answered ${facts.action} with ${facts.providerCode}`
    : `${who} gave no readable answer to ${facts.action}`;
  return {
    code: requestErrorOfClass[facts.class],
    message: facts.beforehand ?? answer,
    retryable: retryable.has(facts.class),
    advice: connectionName === undefined ? facts.advice : nameConnection(facts.advice, connectionName),
    ...(facts.providerCode ? { providerCode: facts.providerCode } : {}),
    ...(facts.providerRequestId ? { providerRequestId: facts.providerRequestId } : {}),
  };
}

/** The tables' advice knows no request: there it is "the connection's name". */
function nameConnection(advice: string, name: string): string {
  return advice.replace(/the (?:connection|tunnel)'s name|(?<= )this name/, () => name);
}

/** What the gateways showed against a request, in one error: the first flaw gives the code and the advice. */
export function toRefusal(flaws: readonly PreflightFlaw[]): RequestError {
  const [first] = flaws;
  return {
    code: first?.code ?? "provider_validation",
    message: flaws.map(({ pointer, detail }) => `${pointer}: ${detail}`).join("; "),
    retryable: false,
    advice: first?.advice ?? "Look at the gateways.",
    ...(first?.providerCode ? { providerCode: first.providerCode } : {}),
  };
}

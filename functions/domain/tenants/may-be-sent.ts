import type { RequestError } from "../errors.ts";
import { capabilities } from "../provider/capabilities.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { refusalOfGateways } from "./gateway-pattern.ts";
import type { Tenant } from "./tenant.ts";

/**
 * Why nothing more may be sent for a request, by what its tenant is now and not by what it was when the request was
 * accepted: an operator has suspended it, or taken a gateway or the credentials away.
 */
export function refusalOfTenant(
  tenant: Tenant | undefined,
  { request, credentials, tenant: name }: Pick<ConnectionRecord, "request" | "credentials" | "tenant">,
): RequestError | undefined {
  if (!tenant) return toError(`there is no tenant ${name} any more`, "Ask an operator.");
  if (tenant.suspended) {
    const { at, reason } = tenant.suspended;
    const message = `an operator suspended the tenant at ${at}: ${reason}`;
    return toError(message, "Ask an operator to resume the tenant, then redrive the request.");
  }
  const forbidden = refusalOfGateways(tenant.gateways, request);
  if (forbidden) {
    const places = forbidden.errors.map(({ pointer }) => pointer).join(" and ");
    const message = `an operator took gateways from the tenant that the request needs: ${places}`;
    return toError(message, "Ask an operator to allow them again, then redrive the request.");
  }
  const { provider } = request;
  if (tenant.credentials[provider] === credentials) return undefined;
  const message = `an operator changed the tenant's credentials at ${capabilities[provider].title}: the request was accepted with ${nameOf(credentials)}, and now they are ${nameOf(tenant.credentials[provider])}`;
  return toError(message, "Redrive the request, which takes the credentials that the tenant has now.");
}

/** Credentials by their reference, in a sentence. */
export function nameOf(credentials: string | undefined): string {
  return credentials === undefined ? "the broker's own" : `'${credentials}'`;
}

function toError(message: string, advice: string): RequestError {
  return { code: "provider_auth", message, retryable: false, advice };
}

import type { Clock } from "../clock.ts";
import { DomainError, type RequestErrorCode } from "../errors.ts";
import type { ConnectionStore } from "../ports.ts";
import { ProviderError } from "../provider/provider-error.ts";
import type { ConnectProvider, ProviderRequest } from "../provider/provider.ts";
import { toRequestError } from "../provider/request-error.ts";
import { createClientToken, toConnectionId, toProviderConnectionName } from "../record/ids.ts";
import { applyDefaults } from "../request/apply-defaults.ts";
import type { CreateRequest } from "../request/create-request.ts";
import { createPreSharedKey } from "../request/pre-shared-keys.ts";
import { warnOfWeakCryptography } from "../rules/cryptography.ts";
import { findDuplicate, toDuplicateError } from "./find-duplicate.ts";

export interface DryRunDeps {
  clock: Clock;
  store: ConnectionStore;
  connectProvider: ConnectProvider;
}

export interface DryRun {
  ok: boolean;
  errors: { code: RequestErrorCode; pointer?: string; detail: string }[];
  warnings: string[];
  /** What the create would send, keys masked. */
  vendorRequest: ProviderRequest;
}

/**
 * Checks a request as the real call would, at the vendor too, and creates nothing. Throws `unavailable` when the vendor
 * cannot be asked: then nobody can say what the real call would do.
 */
export async function dryRunConnection(
  deps: DryRunDeps,
  input: { tenant: string; credentials?: string; request: CreateRequest },
): Promise<DryRun> {
  const request = applyDefaults(input.request);
  const { credentials } = input;
  const warnings = warnOfWeakCryptography(request);
  const options = {
    region: request.region,
    onCall: () => undefined,
    onWarning: (warning: string) => warnings.push(warning),
  };
  // What would be sent can be said without the tenant's credentials, should they not be there.
  const planner = await deps.connectProvider(request.provider, options);
  const id = toConnectionId(input.tenant, input.request.clientToken ?? createClientToken());
  const identity = { name: toProviderConnectionName(request.name, id), token: `${id}-1` };
  const keys = input.request.tunnels.map(({ preSharedKey }) => preSharedKey ?? createPreSharedKey());
  const errors: DryRun["errors"] = [];
  let vendorRequest = planner.planCreate(request, identity, {});
  try {
    const provider =
      credentials === undefined ? planner : await deps.connectProvider(request.provider, { ...options, credentials });
    const { flaws, facts } = await provider.preflight(request);
    errors.push(...flaws.map(({ code, pointer, detail }) => ({ code, pointer, detail })));
    vendorRequest = provider.planCreate(request, identity, facts);
    const duplicate = request.allowDuplicate ? undefined : await findDuplicate({ ...deps, provider }, request, id);
    if (duplicate) {
      const { code, message } = toDuplicateError(duplicate.record, input.tenant);
      errors.push({ code, detail: message });
    }
    if (errors.length === 0) await provider.rehearse(vendorRequest, keys);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { code, message, advice } = toRequestError(request.provider, error.facts);
    if (code === "provider_internal" || code === "provider_throttled") {
      throw new DomainError("unavailable", `${message}; nothing can be said about this request now`);
    }
    // A gateway that is busy now is waited for by the real call.
    if (code !== "provider_conflict") errors.push({ code, detail: `${message}. ${advice}` });
  }
  return { ok: errors.length === 0, errors, warnings, vendorRequest };
}

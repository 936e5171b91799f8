import { ProviderError } from "../provider/provider-error.ts";
import type { Created, CreateIdentity, Provider, ProviderRequest, Rehearsal } from "../provider/provider.ts";
import { createClientToken, toConnectionId, toOperationId, toProviderConnectionName } from "../record/ids.ts";
import type { EffectiveRequest } from "../request/apply-defaults.ts";
import { createPreSharedKey } from "../request/pre-shared-keys.ts";
import type { DryRunDeps, DryRunInput, Findings } from "./dry-run-connection.ts";
import { recordLeftover } from "./record-leftover.ts";

/** What a dry run is known by at the vendor: should it carry the rehearsal out, nobody takes that for a request's own. */
export interface RehearsalIdentity extends CreateIdentity {
  clientToken: string;
  id: string;
}

/** One that no request has. */
export function createRehearsalIdentity(tenant: string, name: string): RehearsalIdentity {
  const clientToken = createClientToken();
  const id = toConnectionId(tenant, clientToken);
  return { clientToken, id, name: toProviderConnectionName(name, id), token: `${id}-1` };
}

/** Has the vendor rehearse the planned create. What it made all the same is an error, and is written down. */
export async function rehearse(
  deps: DryRunDeps,
  provider: Provider,
  input: DryRunInput & { effective: EffectiveRequest; identity: RehearsalIdentity; planned: ProviderRequest },
  { errors, warnings, notChecked }: Findings,
): Promise<void> {
  const { actor, credentials, request, effective, planned } = input;
  const { clientToken, id, name } = input.identity;
  // Never the caller's: the vendor would tell a right guess of another connection's key from a wrong one.
  const keys = request.tunnels.map(() => createPreSharedKey());
  const look = () => lookFor(provider, effective, toOperationId(id));
  const found = await ask(() => provider.rehearse(planned, keys), look);
  if (found.notChecked !== undefined) notChecked.push(found.notChecked);
  if (!found.carriedOut) return;
  const { connectionId } = found.carriedOut.connectionId ? found.carriedOut : await look();
  if (connectionId === undefined) {
    warnings.push(`the dry run was answered like a create, though without a connection; look for one named ${name}`);
    return;
  }
  const leftover = { actor, request, clientToken, connectionId };
  const detail = await recordLeftover(deps, { ...leftover, ...(credentials === undefined ? {} : { credentials }) });
  errors.push({ code: "provider_internal", detail });
}

/** What came of it, also where the answer was lost and the vendor shows that it was carried out. */
async function ask(question: () => Promise<Rehearsal>, look: () => Promise<Created>): Promise<Rehearsal> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof ProviderError) || error.facts.class !== "ambiguous") throw error;
    const carriedOut = await look();
    if (carriedOut.connectionId === undefined) throw error;
    return { carriedOut };
  }
}

/** The connection of this operation, if the vendor shows one. */
async function lookFor(
  provider: Provider,
  { vpnGatewayId, tunnels }: EffectiveRequest,
  operationId: string,
): Promise<Created> {
  const customerGatewayId = tunnels[0]?.customerGatewayId ?? "";
  try {
    const [connectionId] = await provider.find({ operationId, vpnGatewayId, customerGatewayId });
    return connectionId === undefined ? {} : { connectionId };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return {};
  }
}

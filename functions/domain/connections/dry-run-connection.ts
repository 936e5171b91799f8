import type { Actor } from "../actor.ts";
import { audit, type AuditLog } from "../audit.ts";
import type { Clock } from "../clock.ts";
import { DomainError, type RequestErrorCode } from "../errors.ts";
import type { Log } from "../log.ts";
import type { ConnectionStore } from "../ports.ts";
import { capabilities } from "../provider/capabilities.ts";
import { ProviderError } from "../provider/provider-error.ts";
import type { Ahead, ConnectProvider, Provider, ProviderRequest } from "../provider/provider.ts";
import { toRequestError } from "../provider/request-error.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { warnOfQueue } from "../record/deadlines.ts";
import { createClientToken, toConnectionId, toOperationId, toProviderConnectionName } from "../record/ids.ts";
import { applyDefaults, type EffectiveRequest } from "../request/apply-defaults.ts";
import type { CreateRequest } from "../request/create-request.ts";
import { warnOfWeakCryptography } from "../rules/cryptography.ts";
import { findAhead } from "./find-ahead.ts";
import {
  describeUnlisted,
  findDuplicate,
  mayJoinSame,
  toAheadError,
  toDuplicateError,
  toLink,
} from "./find-duplicate.ts";
import { foretellReplay } from "./foretell-replay.ts";
import { type GatewayRecords, listRequests } from "./gateway-records.ts";
import { type Asking, mayCompare, readNeighbours, toTold } from "./neighbours.ts";
import { createRehearsalIdentity, rehearse } from "./rehearse.ts";

export interface DryRunDeps {
  store: ConnectionStore;
  audit: AuditLog;
  connectProvider: ConnectProvider;
  clock: Clock;
  log: Log;
}

export interface DryRunInput {
  actor: Actor;
  /** Reference of the tenant's vendor credentials; absent = the broker's own. */
  credentials?: string;
  /** Whether the tenant's list names each gateway of the request, and not by a wildcard. */
  namesGateways?: true;
  request: CreateRequest;
}

export interface DryRun {
  ok: boolean;
  errors: { code: RequestErrorCode; pointer?: string; detail: string }[];
  warnings: string[];
  /** What the real call may meet and nobody could look at, each with the reason. */
  notChecked: string[];
  /** What the create would send, keys masked; under a name and a token of the dry run's own, which a rehearsal has too. */
  vendorRequest: ProviderRequest;
}

/** What of an answer is found out at the vendor. */
export type Findings = Omit<DryRun, "ok" | "vendorRequest">;

/**
 * Checks a request as the real call would, at the vendor too, and creates nothing. It is audited, because whoever may try
 * often learns much. Throws `unavailable` when the vendor cannot be asked: then nobody can say what the real call would do;
 * and `idempotency_mismatch` as the real call does.
 */
export async function dryRunConnection(deps: DryRunDeps, input: DryRunInput): Promise<DryRun> {
  const request = applyDefaults(input.request);
  const { notRehearsed } = capabilities[request.provider];
  const id = toConnectionId(input.actor.tenant, input.request.clientToken ?? createClientToken());
  const asking = { id, tenant: input.actor.tenant, ...(input.namesGateways ? { namesGateways: true as const } : {}) };
  await auditDryRun(deps, input);
  const findings: Findings = { errors: [], warnings: warnOfWeakCryptography(request), notChecked: [...notRehearsed] };
  const options = {
    region: request.region,
    onCall: () => undefined,
    onWarning: (warning: string) => findings.warnings.push(warning),
  };
  // What would be sent can be said without the tenant's credentials, should they not be there.
  const planner = await deps.connectProvider(request.provider, options);
  const replay = await foretellReplay(deps, input.request, id);
  if (replay) {
    const own = { name: toProviderConnectionName(request.name, id), token: `${id}-1` };
    return { ok: true, errors: [], ...replay, vendorRequest: planner.planCreate(request, own, {}) };
  }
  const identity = createRehearsalIdentity(input.actor.tenant, request.name);
  let vendorRequest = planner.planCreate(request, identity, {});
  // What is still to be looked at, should the vendor turn out to be busy.
  let open = "what the gateways and the vendor itself would say of the request";
  try {
    const { credentials } = input;
    const provider =
      credentials === undefined ? planner : await deps.connectProvider(request.provider, { ...options, credentials });
    const { facts, ...preflight } = await provider.preflight(request, toOperationId(id));
    vendorRequest = provider.planCreate(request, identity, facts);
    const gateway = await listRequests(deps, request);
    const { ahead, makers } = await findAhead(gateway, id);
    findings.warnings.push(...warnOfQueue(request, ahead));
    const twin = request.allowDuplicate ? undefined : makers.find((maker) => mayJoinSame(maker, request, asking));
    // What is there already is seen at the vendor; what collides with a duplicate is said with it.
    const unseen = makers.filter((maker) => maker !== twin && maker.providerConnectionId === undefined);
    const first = unseen.filter((maker) => mayCompare(maker, asking)).map((maker) => toAhead(maker, asking));
    const survey = await provider.survey(request, first);
    const duplicate = twin
      ? { detail: toAheadError(twin, asking).message, at: twin.providerConnectionId }
      : request.allowDuplicate
        ? undefined
        : await findMade({ ...deps, provider }, gateway, request, asking);
    const neighbours = await readNeighbours(gateway, asking);
    if (duplicate) findings.errors.push({ code: "semantic_duplicate", detail: duplicate.detail });
    for (const { flaws, notChecked = [] } of [preflight, survey]) {
      // What the duplicate's own connection is in the way of is said with the duplicate.
      const others = flaws.filter(({ collidesWith }) => collidesWith === undefined || collidesWith !== duplicate?.at);
      const told = toTold(others, neighbours);
      findings.errors.push(...told.map(({ code, pointer, detail }) => ({ code, pointer, detail })));
      findings.notChecked.push(...notChecked);
    }
    open = "what the vendor itself would say of the whole create";
    // Its answer would tell what may not be told.
    if (neighbours.areUntold)
      findings.notChecked.push("what other tenants' connections on this gateway are in the way of");
    else if (findings.errors.length === 0)
      await rehearse(deps, provider, { ...input, effective: request, identity, planned: vendorRequest }, findings);
    else findings.notChecked.push(`${open}: there are errors already`);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { facts } = error;
    const { code, message, advice } = toRequestError(request.provider, facts, identity.name);
    if (code === "provider_internal" || code === "provider_throttled") {
      throw new DomainError("unavailable", `${message}; nothing can be said about this request now. ${advice}`);
    }
    // A gateway that is busy now is waited for by the real call.
    if (code === "provider_conflict") findings.notChecked.push(`${open}: ${message}; the real call waits`);
    else findings.errors.push({ code, detail: `${message}. ${advice}` });
  }
  return { ok: findings.errors.length === 0, ...findings, vendorRequest };
}

function toAhead(record: ConnectionRecord, asking: Asking): Ahead {
  return {
    request: applyDefaults(record.request),
    operationId: toOperationId(record.id),
    called: toLink(record, asking),
  };
}

/** A request whose connection is the same and is there, or may be; `at` is its id. */
async function findMade(
  deps: { provider: Provider; clock: Clock },
  gateway: GatewayRecords,
  request: EffectiveRequest,
  asking: Asking,
): Promise<{ detail: string; at: string | undefined } | undefined> {
  const made = await findDuplicate(deps, gateway, request, asking);
  if (!made) return undefined;
  const { record, isListed } = made;
  const isTold = isListed || !mayCompare(record, asking);
  const detail = isTold ? toDuplicateError(record, asking).message : describeUnlisted(record, asking);
  return { detail, at: record.providerConnectionId };
}

async function auditDryRun(deps: DryRunDeps, { actor, request }: DryRunInput): Promise<void> {
  const { provider, region, vpnGatewayId } = request;
  const customerGatewayIds = request.tunnels.map(({ customerGatewayId }) => customerGatewayId);
  const details = { provider, region, customerGatewayIds };
  await audit(deps, { action: "connection.dry_run", tenant: actor.tenant, target: vpnGatewayId, by: actor, details });
}

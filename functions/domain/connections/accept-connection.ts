import type { Actor } from "../actor.ts";
import type { DomainError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { OneByOne } from "../one-by-one.ts";
import type { Sealer, Workflows } from "../ports.ts";
import { capabilities } from "../provider/capabilities.ts";
import type { ConnectionRecord } from "../record/connection-record.ts";
import { firstDeadline, warnOfQueue } from "../record/deadlines.ts";
import { createClientToken, toConnectionId } from "../record/ids.ts";
import { toGatewayKey } from "../record/turn.ts";
import { applyDefaults } from "../request/apply-defaults.ts";
import type { CreateRequest } from "../request/create-request.ts";
import { createPreSharedKey, toStoredRequest } from "../request/pre-shared-keys.ts";
import { warnOfWeakCryptography } from "../rules/cryptography.ts";
import { namesGateways, refusalOfGateways } from "../tenants/gateway-pattern.ts";
import type { TenantSettings } from "../tenants/tenant.ts";
import type { GatewayQueues } from "./gateway-queues.ts";
import { type CompareDeps, requireSameRequest } from "./require-same-request.ts";
import { startWorkflow } from "./start-workflow.ts";
import { toFull, type UnfinishedRequests } from "./unfinished-requests.ts";

export interface AcceptDeps extends CompareDeps {
  workflows: Workflows;
  sealer: Sealer;
  unfinishedRequests: UnfinishedRequests;
  gatewayQueues: GatewayQueues;
  /** By the id of a record. */
  oneByOne: OneByOne;
  log: Log;
}

export interface AcceptInput {
  actor: Actor;
  settings: TenantSettings;
  request: CreateRequest;
}

/**
 * Accepts a checked request: one conditional write, one start. The write's failing is the replay: then the stored
 * request is compared, and a different one is refused as `requireSameRequest` says. A start that fails is left to the
 * sweeper; the request is accepted all the same. Throws `forbidden` for a gateway that is not the tenant's, and
 * `rate_limited` where it has too many unfinished requests, both before anything is written.
 */
export async function acceptConnection(
  deps: AcceptDeps,
  input: AcceptInput,
): Promise<{ record: ConnectionRecord; replayed: boolean }> {
  const { actor, request } = input;
  const record = createRecord(deps, input);
  const refusal = await refusalOf(deps, input);
  // From the read on, so that of many in this process each is compared with what the one before it has left.
  const known = await deps.oneByOne(record.id, async () => {
    const existing = await (refusal ? deps.store.get(record.id) : deps.store.create(record));
    return existing && requireSameRequest(deps, { actor, existing, request });
  });
  if (known) {
    if (isOverdue(known, deps.clock.now())) await startWorkflow(deps, "create-connection", known);
    return { record: known, replayed: true };
  }
  if (refusal) throw refusal;
  deps.unfinishedRequests.add(record.tenant);
  deps.gatewayQueues.add(toGatewayKey(request), capabilities[request.provider].turnSeconds);
  await startWorkflow(deps, "create-connection", record);
  return { record, replayed: false };
}

/** Why the tenant may not have a new request of this kind; one that was accepted before is answered all the same. */
async function refusalOf(
  deps: AcceptDeps,
  { actor, settings, request }: AcceptInput,
): Promise<DomainError | undefined> {
  const forbidden = refusalOfGateways(settings.gateways, request);
  if (forbidden) return forbidden;
  return (await deps.unfinishedRequests.isFull(actor.tenant, settings.maxUnfinishedRequests))
    ? toFull(settings)
    : undefined;
}

function createRecord(deps: AcceptDeps, { actor, settings, request }: AcceptInput): ConnectionRecord {
  const { tenant } = actor;
  const clientToken = request.clientToken ?? createClientToken();
  const id = toConnectionId(tenant, clientToken);
  const now = deps.clock.now();
  const effective = applyDefaults(request);
  const ahead = deps.gatewayQueues.ahead(toGatewayKey(request), capabilities[request.provider].turnSeconds);
  const credentials = settings.credentials[request.provider];
  return {
    id,
    tenant,
    createdBy: actor,
    clientToken,
    request: toStoredRequest(deps.fingerprintKeys, id, request),
    ...(credentials === undefined ? {} : { credentials }),
    ...(namesGateways(settings.gateways, request) ? { namesGateways: true } : {}),
    ...(request.callback === undefined && settings.webhookUrl !== undefined ? { notifyTenant: true } : {}),
    sealedKeys: request.tunnels.map(({ preSharedKey }) => deps.sealer.seal(id, preSharedKey ?? createPreSharedKey())),
    status: "accepted",
    statusReason: "recorded; the workflow is about to start",
    generation: 1,
    revision: 1,
    version: 1,
    attempts: 0,
    warnings: [...warnOfWeakCryptography(effective), ...warnOfQueue(effective, ahead)],
    tunnels: request.tunnels.map(() => ({ state: "unknown", reason: "the connection is not provisioned yet" })),
    events: [{ type: "status", at: now.toISOString(), status: "accepted", reason: "recorded" }],
    ...(ahead > 0 ? { ahead } : {}),
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    ...firstDeadline(effective, now),
  };
}

const overdueMilliseconds = 30_000;

/** Whether the workflow should have taken the request up by now; starting it once more can do no harm. */
function isOverdue({ status, updatedAt }: ConnectionRecord, now: Date): boolean {
  return status === "accepted" && now.getTime() - Date.parse(updatedAt) > overdueMilliseconds;
}

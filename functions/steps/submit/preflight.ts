import { describeUnlisted, findDuplicate, toDuplicateError } from "../../domain/connections/find-duplicate.ts";
import { listRequests } from "../../domain/connections/gateway-records.ts";
import { readNeighbours, toRefused } from "../../domain/connections/neighbours.ts";
import type { GatewayFacts, PreflightFlaw } from "../../domain/provider/provider.ts";
import { toRefusal } from "../../domain/provider/request-error.ts";
import { toOperationId } from "../../domain/record/ids.ts";
import { explain } from "../../domain/record/timeline.ts";
import { awaitGateway } from "../../domain/record/transitions.ts";
import type { EffectiveRequest } from "../../domain/request/apply-defaults.ts";
import { StepError } from "../../domain/step-error.ts";
import { readProvider } from "../provider.ts";
import { leaveUnsent, refuseUnsent } from "../run.ts";
import type { Submission } from "./submission.ts";

/**
 * Reads the gateways and earlier requests under the gateway's turn, and refuses what the vendor would refuse. Nothing is
 * sent before all of it was read: a vendor that is out of reach is asked again later, and what it denies ends the request.
 */
export async function preflight(submission: Submission, request: EffectiveRequest): Promise<GatewayFacts> {
  const { deps, record, provider, calls } = submission;
  const { flaws, busy, facts } = await readProvider(deps, record, calls, () =>
    provider.preflight(request, toOperationId(record.id)),
  );
  if (busy && flaws.length === 0) {
    const gatewayBusy = { why: busy, seenAt: deps.clock.now().toISOString() };
    throw await leaveUnsent(submission, new StepError("GatewayBusy", busy), (current, now) => ({
      ...awaitGateway(current, now, busy),
      gatewayBusy,
    }));
  }
  // What a request would collide with may be a duplicate's own connection: then the duplicate is what to tell of.
  const mayBeDuplicate = !request.allowDuplicate && flaws.every(({ collidesWith }) => collidesWith !== undefined);
  const duplicate = mayBeDuplicate
    ? await readProvider(deps, record, calls, async () =>
        findDuplicate({ ...deps, provider }, await listRequests(deps, request), request, record),
      )
    : undefined;
  if (duplicate?.isListed) throw await refuseUnsent(submission, toDuplicateError(duplicate.record, record));
  if (flaws.length > 0) throw await refuseUnsent(submission, toRefusal(await withoutNeighbours(submission, flaws)));
  if (duplicate) {
    const reason = describeUnlisted(duplicate.record, record);
    throw await leaveUnsent(submission, new StepError("ProviderUnavailable", reason), (current, now) =>
      explain(current, now, reason),
    );
  }
  return facts;
}

/** What is in the way may be another tenant's, whose networks are nobody else's business. */
async function withoutNeighbours(
  { deps: { store }, record }: Submission,
  flaws: PreflightFlaw[],
): Promise<PreflightFlaw[]> {
  if (flaws.every(({ collidesWith }) => collidesWith === undefined)) return flaws;
  return toRefused(flaws, await readNeighbours(await listRequests({ store }, record.request), record));
}

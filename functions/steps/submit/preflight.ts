import { findDuplicate, toDuplicateError } from "../../domain/connections/find-duplicate.ts";
import type { RequestError } from "../../domain/errors.ts";
import { ProviderError } from "../../domain/provider/provider-error.ts";
import type { GatewayFacts } from "../../domain/provider/provider.ts";
import { toRefusal } from "../../domain/provider/request-error.ts";
import { refuse } from "../../domain/record/create-attempt.ts";
import type { EffectiveRequest } from "../../domain/request/apply-defaults.ts";
import { learn } from "../run.ts";
import { StepError } from "../step-error.ts";
import type { Submission } from "./submission.ts";

/**
 * Reads the gateways and earlier requests under the gateway's turn, and refuses what the vendor would refuse. A vendor
 * that is out of reach is asked again later; one that will not be read stops nothing: the create itself then says why.
 */
export async function preflight(submission: Submission, request: EffectiveRequest): Promise<GatewayFacts> {
  const { deps, record, provider } = submission;
  try {
    const { flaws, busy, facts } = await provider.preflight(request);
    if (flaws.length > 0) throw await refuseEarly(submission, toRefusal(flaws));
    if (busy) {
      await learn(submission);
      throw new StepError("GatewayBusy", busy);
    }
    const duplicate = request.allowDuplicate
      ? undefined
      : await findDuplicate({ store: deps.store, provider }, request, record.id);
    if (duplicate) throw await refuseEarly(submission, toDuplicateError(duplicate, record.tenant));
    return facts;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (!["retry", "conflict", "ambiguous"].includes(error.facts.class)) return {};
    await learn(submission);
    throw new StepError("ProviderUnavailable", error.message);
  }
}

async function refuseEarly(submission: Submission, refusal: RequestError): Promise<StepError> {
  await learn(submission, (current, now) => refuse(current, now, refusal));
  return new StepError("Rejected", refusal.message);
}

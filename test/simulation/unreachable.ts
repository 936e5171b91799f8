/** Branches that no schedule takes, or seldom one does, each with the reason. */
export const unreachable: Readonly<Record<string, string>> = {
  'functions/steps/take-turn.ts: return "held";':
    "seldom: an invocation that read its record before the run gave the turn back and took it again",
  "functions/domain/record/transitions.ts: return record;":
    "seldom: a place in the queue that is told to a request which another invocation has led on",
  "functions/steps/sweep.ts: return false;": "seldom: somebody was quicker to put a delivery right",
  "functions/steps/sweep.ts: throw error;": "seldom: the table fails right when the sweeper writes",
  "functions/providers/alibaba/provider.ts: throw error;": "a provider throws nothing but ProviderError",
  'functions/steps/take-turn.ts: throw new StepError("GatewayBusy", "the vendor is out of reach");':
    "seldom: a run that has given its turn back and is started anew before its vendor may be asked",
  'functions/steps/sweep.ts: await deps.workflows.start("deliver-webhook", { id, generation, restarts: restarted.delivery?.restarts ?? 1 });':
    "seldom: as restartDelivery",
  "functions/domain/record/last-look.ts: function noteSurplus(record: ConnectionRecord, at: Date, found: readonly string[], known: string): ConnectionRecord {":
    "two connections of one request: what the whole is there to prevent",
  "functions/domain/record/create-attempt.ts: return record;": "a doubt is always of an attempt",
  "functions/domain/record/create-attempt.ts: return refuse(record, at, refusal);": "an answer is always of an attempt",
  "functions/domain/record/recovery.ts: function restartDelivery(record: ConnectionRecord, at: Date): ConnectionRecord {":
    "seldom: an execution of the delivery that ends between its one step and the end; startAnew is a resend, which no caller here asks for",
  "functions/domain/record/recovery.ts: function startAnew(delivery: Delivery): Delivery {":
    "seldom: an execution of the delivery that ends between its one step and the end; startAnew is a resend, which no caller here asks for",
  "functions/domain/connections/redrive-connection.ts: throw toFull(settings);":
    "the tenant has no limit here: test/contract does",
  'functions/steps/provider.ts: throw new StepError("ProviderUnavailable", error.message);':
    "seldom: credentials that cannot be read after the end, while tunnels are watched",
  "functions/steps/look-at-leftover.ts: export async function lookAtLeftover(":
    "what a dry run left behind: there is none here",
  'functions/steps/await-provisioned.ts: throw new StepError("Undecidable", "there is no connection to wait for");':
    "the workflow waits for a connection only once there is one",
  "functions/steps/await-provisioned.ts: throw await lookAtLeftover(deps, record, connectionId);":
    "what a dry run left behind: there is none here",
  "functions/domain/record/decide-outcome.ts: return decideLeftover(record, failure);":
    "what a dry run left behind: there is none here",
  'functions/steps/take-turn.ts: throw new StepError("GatewayBusy", "the index of those who wait lags");':
    "a hundred requests wait on one gateway: test/unit/steps/take-turn.test.ts",
  "functions/domain/connections/find-duplicate.ts: return pairs.map(({ local, remotes }) => ({ locals: toNetworks([local]), remotes: toNetworks(remotes) }));":
    "pairs of networks: test/unit/domain",
  'functions/steps/submit/submission.ts: throw await undecidable(submission, `the vendor lists ${found.join(" and ")} for this request`);':
    "two connections of one request: what the whole is there to prevent",
  "functions/steps/submit/send-create.ts: throw error;": "a provider throws nothing but ProviderError",
  "functions/steps/submit/send-create.ts: doubtful && (await adopted(submission))) return;":
    "seldom: an answer that is later than its settle window",
  'functions/steps/submit/submission.ts: return new StepError("OutcomeUnclear", "it was sent again meanwhile");':
    "seldom: two invocations of one step, of which the slower one is refused",
  "functions/steps/submit/submit.ts: throw await undecidable(submission, `the same answer left it open ${maxSameAnswers} times in a row`);":
    "seldom: one unclear code twelve times in a row",
  "functions/steps/sweep.ts: const restarted = restartDelivery(record, deps.clock.now());":
    "seldom: as restartDelivery",
  "functions/steps/sweep.ts: return true;": "seldom: as restartDelivery",
  "functions/steps/watch-tunnels.ts: return;":
    "a watch of a request that is gone, or has not succeeded, is never started",
  'functions/domain/provider/find-connections.ts: throw fail("has a connection without an id");':
    "a list without ids, or without an end: no simulator shows one",
  'functions/domain/provider/find-connections.ts: throw fail("does not end");':
    "a list without ids, or without an end: no simulator shows one",
  "functions/providers/alibaba/provider.ts: return [];": "a diagnosis of tunnels: they are not told to be down here",
  "functions/providers/alibaba/provider.ts: } catch (error) {":
    "a diagnosis of tunnels: they are not told to be down here",
  "functions/providers/alibaba/provider.ts: async survey(request, ahead) {": "only dry runs ask for it",
  "functions/providers/alibaba/provider.ts: async rehearse({ action, parameters: { ClientToken: _token, ...parameters } }, keys) {":
    "only dry runs ask for it",
  "functions/providers/tencent/provider.ts: if (isDenied(error.facts.providerCode))":
    "seldom: the right to read tasks is denied while a connection is being made",
  "functions/providers/tencent/provider.ts: throw error;": "a provider throws nothing but ProviderError",
  "functions/providers/tencent/provider.ts: async function readComing(request: EffectiveRequest, ahead: readonly Ahead[], unread: Unread) {":
    "only dry runs ask for it",
  "functions/providers/tencent/provider.ts: async survey(request, ahead) {": "only dry runs ask for it",
};

import { inFile, type Patch } from "../patch.ts";

const awaiting = inFile("functions/steps/await-provisioned.ts", [
  {
    id: "await-asks-no-deadline",
    find: "requireTime(deps, record);\n  const { providerConnectionId",
    replace: "const { providerConnectionId",
    why: "a job that never ends ends the request at its deadline",
  },
  {
    id: "await-leftover-like-its-own",
    find: "if (record.leftover) throw await lookAtLeftover(deps, record, connectionId);",
    replace: "",
    why: "what a dry run left is never taken for a request's own",
    unplayed: "no dry run is played",
  },
  {
    id: "await-time-after-answer",
    find: `  const asked = deps.clock.now();
  const found = await readProvider(deps, record, connected.calls, () =>
    connected.provider.provisioning({ connectionId, vpnGatewayId, ...(taskId ? { taskId } : {}) }),
  );`,
    replace: `  const found = await readProvider(deps, record, connected.calls, () =>
    connected.provider.provisioning({ connectionId, vpnGatewayId, ...(taskId ? { taskId } : {}) }),
  );
  const asked = deps.clock.now();`,
    why: "the time of the question counts, because an answer can be older than it arrives",
  },
  {
    id: "await-believes-a-lagging-list",
    find: 'const early = found.state === "gone" && asked < new Date(create?.settledAt ?? 0);',
    replace: "const early = false;",
    why: "right after the create a connection that is not shown is not shown yet",
  },
  {
    id: "await-never-believes-that-it-is-gone",
    find: 'const early = found.state === "gone" && asked < new Date(create?.settledAt ?? 0);',
    replace: 'const early = found.state === "gone";',
    why: "a connection that is gone ends the request, not its deadline",
  },
  {
    id: "await-pending-is-ready",
    find: 'if (found.state === "ready") {',
    replace: 'if (found.state === "ready" || found.state === "pending") {',
    why: "a request succeeds when its connection is ready",
  },
  {
    id: "await-gone-is-not-kept",
    find: 'found.state === "gone" && !found.gateway ? { gone: true as const } : {}',
    replace: "{}",
    why: "a connection that lists did not show is looked for once more after the end",
  },
  {
    id: "await-failure-is-not-written",
    find: "await learn(learned, (current, now) => failJob(current, now, failure, flags));",
    replace: "",
    why: "a job that failed ends the request as failed, with the reason",
  },
  {
    id: "await-forgets-the-task",
    find: "connected.provider.provisioning({ connectionId, vpnGatewayId, ...(taskId ? { taskId } : {}) }),",
    replace: "connected.provider.provisioning({ connectionId, vpnGatewayId }),",
    why: "a task that failed ends the request with its reason",
  },
  {
    id: "await-without-id-succeeds",
    find: 'if (!connectionId) throw new StepError("Undecidable", "there is no connection to wait for");',
    replace: "if (!connectionId) return;",
    why: "success names its connection",
    equivalent: "submit answers only when the record has an id, and nothing takes an id away while its run goes on",
  },
]);

const leftover = inFile("functions/steps/look-at-leftover.ts", [
  {
    id: "leftover-time-after-answer",
    find: `  const asked = deps.clock.now();
  const isThere = await readProvider(deps, record, connected.calls, () => connected.provider.exists(connectionId));`,
    replace: `  const isThere = await readProvider(deps, record, connected.calls, () => connected.provider.exists(connectionId));
  const asked = deps.clock.now();`,
    why: "the time of the question counts, because an answer can be older than it arrives",
    unplayed: "no dry run is played",
  },
  {
    id: "leftover-believes-a-lagging-list",
    find: "if (asked < settled) {",
    replace: "if (asked < new Date(record.createdAt)) {",
    why: "what a dry run has just made is not gone because a list lags",
    unplayed: "no dry run is played",
  },
]);

const provider = inFile("functions/steps/provider.ts", [
  {
    id: "provider-asks-uninvited",
    find: "requireInvitation(deps, record);",
    replace: "",
    why: "a vendor that asked us to stay away is not asked before",
  },
  {
    id: "provider-uninvited-without-end",
    find: 'if (!isFinal(record.status)) requireTime(deps, record);\n  throw new StepError("ProviderUnavailable", `the vendor asked',
    replace: 'throw new StepError("ProviderUnavailable", `the vendor asked',
    why: "a request ends at its deadline, whatever the vendor asked for",
  },
  {
    id: "provider-denied-ends-the-sent",
    find: "!mayPass(facts.class) && !mayHaveConnection(current);",
    replace: "!mayPass(facts.class);",
    why: "what may be at the vendor is looked for until the deadline, also when a read is denied",
  },
  {
    id: "provider-failed-read-ends-it",
    find: "!mayPass(facts.class) && !mayHaveConnection(current);",
    replace: "!mayHaveConnection(current);",
    why: "a read that fails now is read again",
  },
  {
    id: "provider-denied-is-asked-again",
    find: "!mayPass(facts.class) && !mayHaveConnection(current);",
    replace: "current.generation < 0;",
    why: "a read that is denied ends a request of which the vendor can have nothing",
  },
  {
    id: "provider-out-of-reach-without-end",
    find: "requireTime(deps, saved);\n  return new StepError",
    replace: "return new StepError",
    why: "a vendor that stays out of reach ends the request at its deadline",
  },
  {
    id: "provider-opener-fails-without-end",
    find: "if (!(error instanceof ProviderError) && !isFinal(record.status)) requireTime(deps, record);",
    replace: "",
    why: "credentials that cannot be read end the request at its deadline",
  },
  {
    id: "provider-clock-is-believed",
    find: "const facts = judgeClock(record, error.facts);",
    replace: "const facts = error.facts;",
    why: "a clock that is wrong for good ends the request with that reason",
  },
  {
    id: "provider-loses-what-failed",
    find: "await learn({ deps, record, calls, problem: error.facts }, (current, now) =>",
    replace: "await learn({ deps, record, calls }, (current, now) =>",
    why: "the record says what stands in the way",
  },
]);

const outcome = inFile("functions/steps/record-outcome.ts", [
  {
    id: "outcome-of-any-generation",
    find: "written?.generation !== input.generation",
    replace: "!written",
    why: "a run that was overtaken tells nobody of the end of another",
    equivalent: "a delivery and a watch that are started for it find that it was overtaken, and do nothing",
  },
  {
    id: "outcome-said-once-only",
    find: 'if (!(error instanceof StepError && error.name === "Superseded")) throw error;',
    replace: "throw error;",
    why: "said again, it answers as the first time, so that the webhook is sent",
  },
  {
    id: "outcome-forgets-the-error",
    find: "input.failure?.Error",
    replace: "undefined",
    why: "success names a connection that is ready",
  },
]);

const refusing = inFile("functions/steps/run.ts", [
  {
    id: "permission-refuses-the-sent",
    find: "(mayHaveConnection(current) ? current : change(current, now))",
    replace: "change(current, now)",
    why: "what somebody sent meanwhile is not refused",
  },
  {
    id: "permission-ends-the-sent",
    find: 'mayHaveConnection(saved) ? "OutcomeUnclear" : name',
    replace: "name",
    why: "what somebody sent meanwhile is looked for",
  },
]);

const run = inFile("functions/steps/run.ts", [
  {
    id: "run-of-any-generation",
    find: "if (!record || record.generation !== run.generation || isFinal(record.status)) {",
    replace: "if (!record || isFinal(record.status)) {",
    why: "a run that was overtaken does nothing",
  },
  {
    id: "run-after-the-end",
    find: "if (!record || record.generation !== run.generation || isFinal(record.status)) {",
    replace: "if (!record || record.generation !== run.generation) {",
    why: "nothing is done for a request that has ended",
  },
  {
    id: "run-learns-over-another",
    find: "return saveAnew(record, save, () => loadRun(deps, { id, generation }));",
    replace:
      "return saveAnew(record, save, async () => (await deps.store.get(id)) ?? loadRun(deps, { id, generation }));",
    why: "a late answer changes no other run, and no end",
  },
  {
    id: "run-learns-once-only",
    find: "return saveAnew(record, save, () => loadRun(deps, { id, generation }));",
    replace: "return save(record);",
    why: "the answer to a create is written though somebody wrote meanwhile",
  },
  {
    id: "run-keeps-its-problem",
    find: "await deps.store.save(problem || told === 0 ? changed : clearProblem(changed, now));",
    replace: "await deps.store.save(changed);",
    why: "what stood in the way once is no reason later",
  },
  {
    id: "run-gives-up-with-the-deadline",
    find: "if (deps.clock.now() >= givenUpAt(record))",
    replace: "if (deps.clock.now() >= deadlineOf(record).at)",
    why: "a create that was turned away is left until one look says that nothing came of it",
  },
  {
    id: "run-has-time-for-ever",
    find: "if (deps.clock.now() >= givenUpAt(record))",
    replace: "if (deps.clock.now().getTime() >= givenUpAt(record).getTime() + 36_000_000)",
    why: "a request ends at its deadline",
  },
]);

const sweep = inFile("functions/steps/sweep.ts", [
  {
    id: "sweep-erases-at-once",
    find: "if (readable !== undefined && deps.clock.now() >= new Date(readable)) {",
    replace: "if (readable !== undefined) {",
    why: "a key that the broker made can be read for a day",
  },
  {
    id: "sweep-erases-nothing",
    find: "await saveUnlessStale(deps, eraseKeys(record));\n    return false;",
    replace: "return false;",
    why: "keys are erased when their time is over",
  },
  {
    id: "sweep-starts-what-runs",
    find: 'const state = await deps.workflows.state("create-connection", { id, generation });\n  if (state === "running") return false;',
    replace: 'const state = await deps.workflows.state("create-connection", { id, generation });',
    why: "a run that is at work is left alone",
  },
  {
    id: "sweep-starts-the-same-run",
    find: 'raiseGeneration(record, now, "the workflow had ended without an outcome; started it again")',
    replace: 'noteRecovery(record, now, "the workflow had ended without an outcome; started it again")',
    why: "a run that broke off is taken up by the next generation",
  },
  {
    id: "sweep-starts-before-it-writes",
    find: `  const saved = await saveUnlessStale(deps, next);
  if (!saved) return false;
  await deps.workflows.start("create-connection", { id, generation: saved.generation });`,
    replace: `  await deps.workflows.start("create-connection", { id, generation: next.generation });
  if (!(await saveUnlessStale(deps, next))) return false;`,
    why: "a run is started only of what is written",
  },
  {
    id: "sweep-starts-though-overtaken",
    find: "const saved = await saveUnlessStale(deps, next);\n  if (!saved) return false;",
    replace: "const saved = (await saveUnlessStale(deps, next)) ?? next;",
    why: "a run is started only of what is written",
  },
  {
    id: "sweep-leaves-the-absent",
    find: 'if (state === "running") return false;\n  const now',
    replace: 'if (state !== "closed") return false;\n  const now',
    why: "a request whose workflow never started is started",
  },
  {
    id: "sweep-looks-at-once",
    find: "if (deps.clock.now().getTime() < due) return;",
    replace: "",
    why: "the last look is later than any list lags",
  },
  {
    id: "sweep-looks-never",
    find: "if (needsLastLook(record) && !started) await lookOnceMore(deps, record);",
    replace: "",
    why: "what turns up after the end is told",
  },
  {
    id: "sweep-one-failure-stops-all",
    find: 'deps.log("sweep_failed", { connectionId: id, error: error instanceof Error ? error.name : "unknown" });',
    replace: "throw error;",
    why: "one record that cannot be put right keeps nobody else waiting",
  },
  {
    id: "sweep-delivers-what-runs",
    find: 'const state = await deps.workflows.state("deliver-webhook", run);\n  if (state === "running") return false;',
    replace: 'const state = await deps.workflows.state("deliver-webhook", run);',
    why: "a delivery that is at work is left alone",
  },
]);

export const patches: readonly Patch[] = [
  ...awaiting,
  ...leftover,
  ...provider,
  ...outcome,
  ...refusing,
  ...run,
  ...sweep,
];

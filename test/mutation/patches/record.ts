import { inFile, type Patch } from "../patch.ts";

const attempt = inFile("functions/domain/record/create-attempt.ts", [
  {
    id: "attempt-is-not-counted",
    find: "const patch = { create: attempt, attempts: record.attempts + 1 };",
    replace: "const patch = { create: attempt };",
    why: "what was sent is looked for once more after the end, and told",
  },
  {
    id: "attempt-repeat-keeps-its-window",
    find: "settledAt: later(create.settledAt, settledAt.toISOString()),",
    replace: "",
    why: "each sending has a settle window of its own",
  },
  {
    id: "attempt-repeat-shortens-the-window",
    find: "later(create.settledAt, settledAt.toISOString())",
    replace: "settledAt.toISOString()",
    why: "the window of an earlier sending is not shortened by a clock that is behind",
  },
  {
    id: "attempt-repeat-keeps-the-doubt",
    after: "export function resendAttempt",
    find: "withoutDoubt(create)",
    replace: "create",
    why: "what is known of a sending is not known of the next",
  },
  {
    id: "attempt-repeat-is-not-counted",
    find: "sends: create.sends + 1,",
    replace: "sends: create.sends,",
    why: "each sending is counted, so that an answer is known to be of the last one",
  },
  {
    id: "attempt-same-sending-of-any-repeat",
    find: " && create?.sends === known?.sends;",
    replace: ";",
    why: "a late answer to an earlier sending is not taken for the last one's",
  },
  {
    id: "attempt-same-sending-of-any-attempt",
    find: " && create?.number === known?.number",
    replace: "",
    why: "a late answer to an earlier attempt is not taken for the last one's",
  },
  {
    id: "attempt-same-sending-of-the-decided",
    find: "create?.state === known?.state && ",
    replace: "",
    why: "a late answer changes nothing once the connection was found",
  },
  {
    id: "attempt-accepted-stays-undecided",
    find: '{ create: { ...record.create, state: "accepted" } }',
    replace: "{ create: record.create }",
    why: "a create that was accepted is not sent again",
  },
  {
    id: "attempt-accepted-without-task",
    find: "...(created.taskId ? { providerTaskId: created.taskId } : {}),",
    replace: "",
    why: "a task that failed ends the request with its reason",
  },
  {
    id: "attempt-refused-has-settled",
    find: "const settledAt = wasSent ? create.settledAt : at.toISOString();",
    replace: "const settledAt = at.toISOString();",
    why: "after a refusal, too, nothing is sent before the settle time",
  },
  {
    id: "attempt-unsent-has-to-settle",
    find: "const settledAt = wasSent ? create.settledAt : at.toISOString();",
    replace: "const settledAt = create.settledAt;",
    why: "a call that never left costs no settle window",
  },
  {
    id: "attempt-refused-is-void",
    find: 'create: { ...create, state: "refused", settledAt, ...final } };',
    replace: 'create: { ...create, state: "void", settledAt, ...final } };',
    why: "twelve creates at most are answered with not now",
  },
  {
    id: "attempt-refusal-is-lost",
    find: 'return { ...refuse(record, at, refusal), create: { ...create, state: "refused", settledAt, ...final } };',
    replace: 'return { ...change(record, at, {}), create: { ...create, state: "refused", settledAt, ...final } };',
    why: "a refused request tells the vendor's answer",
  },
  {
    id: "attempt-void-is-not-counted",
    find: 'state: "void", unanswered: create.unanswered + 1',
    replace: 'state: "void"',
    why: "three creates at most are sent without an answer",
  },
  {
    id: "attempt-void-is-refused",
    find: 'state: "void", unanswered: create.unanswered + 1',
    replace: 'state: "refused"',
    why: "three creates at most are sent without an answer",
  },
  {
    id: "attempt-failed-job-stays-accepted",
    find: '{ create: { ...create, ...flags, state: "failed" } }',
    replace: "{ create: { ...create, ...flags } }",
    why: "a job that failed ends the request as failed, and a redrive looks whether it is gone",
  },
  {
    id: "attempt-redriven-is-put-off",
    find: "const { unheard, gone: _gone, putOff: _putOff, final: _final, ...create } = withoutDoubt(earlier);",
    replace: "const { unheard, gone: _gone, final: _final, ...create } = withoutDoubt(earlier);",
    why: "a redrive has all its tries",
  },
  {
    id: "attempt-redriven-stays-refused",
    find: "final: _final, ...create } = withoutDoubt(earlier);",
    replace: "...create } = withoutDoubt(earlier);",
    why: "a redrive sends again what was refused",
  },
  {
    id: "attempt-redriven-without-id-is-looked-for",
    find: '...(create.state === "accepted" && !providerConnectionId && !lastLook ? { state: "undecided" } : {}),',
    replace: "",
    why: "what was accepted without an id, and never turned up, is made anew by a redrive",
  },
  {
    id: "attempt-redriven-without-id-is-undecided",
    find: "!providerConnectionId && !lastLook ?",
    replace: "!providerConnectionId ?",
    why: "what was accepted without an id is made anew only once the last look has shown nothing",
  },
  {
    id: "attempt-redriven-is-heard",
    find: "...(mayTurnUp ? { unheard: true as const } : {}),",
    replace: "",
    why: "a redrive does not believe a refusal that an earlier run's connection would explain",
  },
  {
    id: "attempt-redriven-keeps-count",
    find: "    unanswered: 0,\n    ...(answer",
    replace: "    ...(answer",
    why: "a redrive has all its tries",
  },
  {
    id: "attempt-redriven-job-stays-failed",
    find: '...(create.state === "failed" ? { state: "failed-earlier" } : {}),',
    replace: "",
    why: "a redrive makes a connection anew whose job failed",
  },
  {
    id: "attempt-redriven-never-turns-up",
    find: 'const mayTurnUp = lastLook === "due" && (unheard === true || create.sends > 1);',
    replace: "const mayTurnUp = false;",
    why: "until the last look a sending that nobody heard of may still turn up",
  },
  {
    id: "attempt-redriven-after-repeats",
    find: "(unheard === true || create.sends > 1)",
    replace: "unheard === true",
    why: "until the last look a sending that was repeated may still turn up",
  },
  {
    id: "attempt-redriven-with-doubt",
    find: "= withoutDoubt(earlier);",
    replace: "= earlier;",
    why: "what was answered in an earlier run decides nothing in this one",
  },
  {
    id: "attempt-forgotten-is-failed",
    find: '...(create ? { create: { ...create, state: "refused" } } : {}),\n  });\n}\n',
    replace: "...(create ? { create } : {}),\n  });\n}\n",
    why: "of what is gone from the vendor nothing can be there",
  },
]);

const transitions = inFile("functions/domain/record/transitions.ts", [
  {
    id: "end-without-last-look",
    find: '...(mayTurnUp(record) ? { lastLook: "due" as const } : {}),',
    replace: "",
    why: "what turns up after the end is told",
  },
  {
    id: "end-canceled-keeps-keys",
    find: 'if (outcome.status === "canceled") return eraseKeys(ended);',
    replace: "",
    why: "the keys of a canceled request are erased",
  },
  {
    id: "end-succeeded-keeps-keys",
    find: '(tunnels[index]?.preSharedKey ? "" : sealed)',
    replace: "sealed",
    why: "a caller's key is erased after success",
  },
  {
    id: "end-succeeded-erases-all-keys",
    find: '(tunnels[index]?.preSharedKey ? "" : sealed)',
    replace: '""',
    why: "a key that the broker made can be read for a day",
  },
  {
    id: "end-failed-erases-keys",
    find: 'if (outcome.status !== "succeeded") return ended;',
    replace: 'if (outcome.status !== "succeeded") return eraseKeys(ended);',
    why: "a redrive sends the keys that were asked for",
  },
  {
    id: "end-keeps-the-problem",
    find: "const { error: _error, delivery: _delivery, providerProblem: _problem, ...began } = record;",
    replace: "const { error: _error, delivery: _delivery, ...began } = record;",
    why: "what stood in the way of a run that has ended stands in nobody's way",
  },
  {
    id: "sweep-not-for-keys",
    find: "return needsWork(record) || revealableUntil(record) !== undefined;",
    replace: "return needsWork(record);",
    why: "keys are erased when their time is over",
  },
  {
    id: "sweep-not-for-last-looks",
    find: "return isUnfinished(record) || needsLastLook(record);",
    replace: "return isUnfinished(record);",
    why: "what turns up after the end is told",
  },
  {
    id: "sweep-not-for-deliveries",
    find: 'return !isFinal(record.status) || record.delivery?.state === "pending";',
    replace: "return !isFinal(record.status);",
    why: "a webhook whose delivery broke off is delivered",
  },
  {
    id: "await-gateway-keeps-the-problem",
    find: "const { providerProblem: _problem, ...rest } = record;",
    replace: "const rest = record;",
    why: "a gateway that is at work is no failure of the vendor's",
  },
]);

const recovery = inFile("functions/domain/record/recovery.ts", [
  {
    id: "redrive-forgets-attempts",
    find: "...(create ? { create: ofEarlierRun(create, record) } : {}),",
    replace: "",
    why: "what is known of earlier calls stays: the next one looks before it acts",
  },
  {
    id: "redrive-keeps-the-attempt-as-it-is",
    find: "{ create: ofEarlierRun(create, record) }",
    replace: "{ create }",
    why: "a redrive makes anew what failed, and sends again what was refused",
  },
  {
    id: "redrive-forgets-the-connection",
    find: "const { lastLook: _lastLook, deadlineAt: _deadlineAt,",
    replace: "const { providerConnectionId: _id, lastLook: _lastLook, deadlineAt: _deadlineAt,",
    why: "a redrive goes on waiting for the connection that there is",
  },
  {
    id: "redrive-keeps-the-refusal",
    find: "const { error: _error, refusal: _refusal, completedAt",
    replace: "const { error: _error, completedAt",
    why: "a redrive ends by its own answers",
  },
  {
    id: "redrive-keeps-the-deadline",
    find: "lastLook: _lastLook, deadlineAt: _deadlineAt, givenBack",
    replace: "lastLook: _lastLook, givenBack",
    why: "a redrive has all its time",
  },
  {
    id: "redrive-keeps-the-queue-deadline",
    find: "...firstDeadline(applyDefaults(record.request), at),",
    replace: "",
    why: "a redrive has all its time",
  },
  {
    id: "redrive-has-given-back",
    find: "deadlineAt: _deadlineAt, givenBack: _givenBack, gatewayBusy",
    replace: "deadlineAt: _deadlineAt, gatewayBusy",
    why: "a redrive has a turn and a place of its own",
  },
  {
    id: "redrive-in-the-same-generation",
    find: '"accepted", "redriven", {\n    generation: record.generation + 1,',
    replace: '"accepted", "redriven", {',
    why: "one ending per generation",
  },
  {
    id: "revival-in-the-same-generation",
    find: "return change(noteRecovery(record, at, action), at, { generation: record.generation + 1 });",
    replace: "return change(noteRecovery(record, at, action), at, {});",
    why: "a run that broke off is taken up by the next generation",
  },
  {
    id: "erase-leaves-the-second-key",
    find: 'sealedKeys: record.sealedKeys.map(() => "")',
    replace: 'sealedKeys: record.sealedKeys.map((sealed, index) => (index === 0 ? "" : sealed))',
    why: "all keys are erased",
    unplayed: "every connection has one tunnel",
  },
]);

const outcome = inFile("functions/domain/record/decide-outcome.ts", [
  {
    id: "outcome-of-any-failed-job",
    find: 'failure === "JobFailed" && record.create?.state === "failed";',
    replace: 'failure === "JobFailed";',
    why: "a job counts as failed when the record says so",
    equivalent:
      "JobFailed is thrown only after the record was written as failed, and nothing but a redrive changes that",
  },
  {
    id: "outcome-failed-job-is-unknown",
    find: "if (!jobFailed && mayHaveConnection(record)) return undecided(record, failure);",
    replace: "if (mayHaveConnection(record)) return undecided(record, failure);",
    why: "a job that failed ends the request as failed",
  },
  {
    id: "outcome-in-doubt-is-failed",
    find: "if (!jobFailed && mayHaveConnection(record)) return undecided(record, failure);",
    replace: "if (!jobFailed && record.providerConnectionId) return undecided(record, failure);",
    why: "what may have left a connection is unknown",
  },
  {
    id: "outcome-known-connection-is-failed",
    find: "if (!jobFailed && mayHaveConnection(record)) return undecided(record, failure);",
    replace:
      "if (!jobFailed && !record.providerConnectionId && mayHaveConnection(record)) return undecided(record, failure);",
    why: "a failed request has no connection",
  },
  {
    id: "outcome-late-is-succeeded",
    find: "if (failure === undefined) return {",
    replace: 'if (failure === undefined || (failure === "DeadlinePassed" && record.providerConnectionId)) return {',
    why: "a request succeeds when its connection is ready",
  },
  {
    id: "outcome-late-tells-an-old-refusal",
    find: 'failure === "DeadlinePassed" && (!refusal || record.providerProblem !== undefined);',
    replace: 'failure === "DeadlinePassed" && !refusal;',
    why: "what stood in the way to the last is told",
  },
  {
    id: "outcome-late-tells-no-refusal",
    find: 'failure === "DeadlinePassed" && (!refusal || record.providerProblem !== undefined);',
    replace: 'failure === "DeadlinePassed";',
    why: "a refusal that was told stands",
  },
  {
    id: "outcome-refusal-is-lost",
    find: 'if (refusal) return { status: "failed", reason: refusal.message, error: refusal };\n  const sent',
    replace: "const sent",
    why: "a refused request tells the vendor's answer",
  },
  {
    id: "outcome-leftover-like-its-own",
    find: "if (record.leftover) return decideLeftover(record, failure);",
    replace: "",
    why: "what a dry run left is never taken for a request's own",
    unplayed: "no dry run is played",
  },
]);

const rest = [
  ...inFile("functions/domain/record/deadlines.ts", [
    {
      id: "deadline-is-the-queues",
      find: "return deadlineAt === undefined\n    ?",
      replace: "return deadlineAt !== ''\n    ?",
      why: "a request has its own time once it has its turn",
    },
    {
      id: "deadline-of-the-turned-away",
      find: 'if (create?.state !== "undecided" || !create.doubt || !isTurnedAway) return at;',
      replace: "if (create?.number !== 0) return at;",
      why: "a create that was turned away is left until one look says that nothing came of it",
    },
    {
      id: "deadline-waits-for-any-doubt",
      find: 'if (create?.state !== "undecided" || !create.doubt || !isTurnedAway) return at;',
      replace: 'if (create?.state !== "undecided" || !create.doubt) return at;',
      why: "only who was turned away every time has longer than its deadline",
    },
    {
      id: "deadline-begins-anew",
      find: "if (record.deadlineAt !== undefined) return record;",
      replace: "",
      why: "time begins with the first turn, once in a run",
    },
  ]),
  ...inFile("functions/domain/record/last-look.ts", [
    {
      id: "last-look-not-beside-the-known",
      find: "(isMissing(record) || (record.create?.number ?? 0) > 1)",
      replace: "isMissing(record)",
      why: "what an earlier attempt made beside the known connection is told",
    },
    {
      id: "last-look-not-for-the-gone",
      find: "return providerConnectionId === undefined || create?.gone === true;",
      replace: "return providerConnectionId === undefined;",
      why: "a connection that lists did not show is looked for once more after the end",
    },
    {
      id: "last-look-is-not-adopted",
      find: "{ providerConnectionId: connectionId }",
      replace: "{}",
      why: "a redrive goes on with the connection that turned up",
    },
    {
      id: "last-look-stays-as-it-was",
      find: '...(create && others.length === 0 ? { create: { ...create, state: "accepted" } } : {}),',
      replace: "",
      why: "a redrive goes on with the connection that turned up, and never makes another",
    },
    {
      id: "last-look-adopts-one-of-two",
      find: "...(connectionId !== undefined && others.length === 0 ?",
      replace: "...(connectionId !== undefined ?",
      why: "two connections of one request are for a person",
      unplayed: "no request ever has two connections",
    },
  ]),
  ...inFile("functions/domain/record/leftover.ts", [
    {
      id: "leftover-is-failed-when-unseen",
      find: 'return { status: "unknown", reason: message, error: { ...made, message } };',
      replace: 'return { status: "failed", reason: message, error: { ...made, message } };',
      why: "what a dry run left is there until it was seen to be gone",
      unplayed: "no dry run is played",
    },
  ]),
  ...inFile("functions/domain/record/provider-problem.ts", [
    {
      id: "problem-of-the-create-is-cleared",
      find: 'if (providerProblem === undefined || (isOfCreate(record) && record.create?.state !== "accepted")) return record;',
      replace: "if (providerProblem === undefined) return record;",
      why: "a list that can be read is no better answer to the create: the same answer twelve times is for a person",
    },
    {
      id: "problem-counts-any-answer",
      find: "const same = sameAction && known?.class === facts.class && known.code === facts.providerCode;",
      replace: "const same = sameAction && known !== undefined;",
      why: "only the same answer in a row counts",
    },
    {
      id: "problem-is-not-counted",
      find: "return same ? known.count + 1 : 1;",
      replace: "return 1;",
      why: "the same answer twelve times in a row is for a person",
    },
  ]),
  ...inFile("functions/domain/record/ids.ts", [
    {
      id: "id-of-any-tenant",
      find: ".update(`${tenant}\\0${clientToken}`)",
      replace: ".update(clientToken)",
      why: "a token is its tenant's",
      unplayed: "there is one tenant, and it stays",
    },
    {
      id: "name-letter-for-letter",
      find: "exec(toNameForm(providerName))",
      replace: "exec(providerName)",
      why: "a connection is found though the vendor trims its name or changes its letters",
    },
    {
      id: "execution-of-any-generation",
      find: "restarts ? `${id}-${generation}-${restarts}` : `${id}-${generation}`",
      replace: "restarts ? `${id}-${restarts}` : id",
      why: "each run has a workflow of its own",
    },
  ]),
  ...inFile("functions/domain/record/timeline.ts", [
    {
      id: "timeline-drops-the-invitation",
      find: "...(wait > 0 ? { providerNotBefore: until } : {}),",
      replace: "",
      why: "a vendor that asked us to stay away is not asked before",
    },
    {
      id: "timeline-believes-any-wait",
      find: "Math.min(maxRetryAfterSeconds, Math.max(0,",
      replace: "Math.max(0, Math.max(0,",
      why: "however long a vendor asks us to stay away, it is asked again after ten minutes",
    },
  ]),
  ...inFile("functions/domain/record/revealable-until.ts", [
    {
      id: "reveal-for-ever",
      find: "export const revealHours = 24;",
      replace: "export const revealHours = 24_000;",
      why: "keys are erased when their time is over",
    },
  ]),
];

const shared = [
  ...inFile("functions/domain/limits.ts", [
    {
      id: "settle-window-50",
      find: "export const settleSeconds = functionSeconds.submit + providerCallSeconds + listLagSeconds;",
      replace: "export const settleSeconds = 50;",
      why: "the settle window covers the function, its call and the vendor's lists",
    },
    {
      id: "settle-window-without-the-function",
      find: "functionSeconds.submit + providerCallSeconds + listLagSeconds;",
      replace: "providerCallSeconds + listLagSeconds;",
      why: "an invocation can stall between its intent and its call for as long as it lives",
    },
    {
      id: "settle-window-without-the-call",
      find: "functionSeconds.submit + providerCallSeconds + listLagSeconds;",
      replace: "functionSeconds.submit + listLagSeconds;",
      why: "a call can arrive as late as it is given up",
    },
    {
      id: "settle-window-without-the-lists",
      find: "functionSeconds.submit + providerCallSeconds + listLagSeconds;",
      replace: "functionSeconds.submit + providerCallSeconds;",
      why: "a vendor's lists show a connection late",
    },
    {
      id: "last-look-at-once",
      find: "export const lastLookSeconds = 600;",
      replace: "export const lastLookSeconds = 0;",
      why: "the last look is later than lists should ever lag",
    },
    {
      id: "no-pause-after-giving-back",
      find: "export const turnPauseSeconds = { first: 2, most: 30 } as const;",
      replace: "export const turnPauseSeconds = { first: 0, most: 30 } as const;",
      why: "a vendor out of reach is asked once in a pause, however long the queue",
    },
  ]),
  ...inFile("functions/domain/save-anew.ts", [
    {
      id: "save-anew-after-any-failure",
      find: "if (!(error instanceof StaleRecordError) || tries === maxTries) throw error;",
      replace: "if (tries === maxTries) throw error;",
      why: "only what somebody else wrote has a change made anew",
    },
    {
      id: "save-anew-what-was-known",
      find: "current = await reread();",
      replace: "current = { ...(await reread()), ...known };",
      why: "a change is made anew on what is written now",
    },
    {
      id: "save-anew-never",
      find: "const maxTries = 5;",
      replace: "const maxTries = 1;",
      why: "the answer to a create is written though somebody wrote meanwhile",
    },
  ]),
];

export const patches: readonly Patch[] = [...attempt, ...transitions, ...recovery, ...outcome, ...rest, ...shared];

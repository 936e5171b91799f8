import { inFile, type Patch } from "../patch.ts";

const submit = inFile("functions/steps/submit/submit.ts", [
  {
    id: "submit-asks-no-permission-first",
    find: "if (!mayHaveConnection(known)) await requirePermission({ deps, record: known });",
    replace: "",
    why: "a request that may not go on ends before the vendor is asked anything for it",
  },
  {
    id: "submit-permission-ends-looking",
    find: "if (!mayHaveConnection(known)) await requirePermission",
    replace: "await requirePermission",
    why: "what was sent before a suspension is still looked for",
  },
  {
    id: "submit-repeats-what-an-earlier-run-sent",
    find: "const isOver = intent.inherited === true && looked >= new Date(intent.settledAt);",
    replace: "const isOver = false;",
    why: "what another request has made since is not made once more by a repeat",
  },
  {
    id: "submit-never-gives-turn-back",
    find: "return inOwnTurn(deps, known, () => createOnce(deps, known));",
    replace: "return createOnce(deps, known);",
    why: "a vendor out of reach keeps its gateway from nobody",
  },
  {
    id: "submit-never-forgets-what-is-gone",
    find: "const record = await forgetWhatIsGone({ deps, record: known, ...connected });",
    replace: "const record = known;",
    why: "a redrive makes a connection anew whose job failed",
  },
  {
    id: "submit-known-id-is-looked-for-by-name",
    find: "if (record.providerConnectionId) return {",
    replace: "if (record.providerConnectionId && !record.create) return {",
    why: "a connection whose id is known is not made again when no list shows its name",
  },
  {
    id: "submit-after-the-deadline",
    find: "requireTime(deps, record);\n  const submission",
    replace: "const submission",
    why: "nothing is sent after the deadline",
  },
  {
    id: "submit-refusal-is-said-once",
    find: 'if (create?.state === "refused" && create.final && refusal) throw new StepError("Rejected", refusal.message);',
    replace: "",
    why: "a refused request ends as failed, though its step's answer was lost",
  },
  {
    id: "submit-accepted-is-attempted-anew",
    find: 'if (create?.state === "undecided" || create?.state === "accepted") await resolve',
    replace: 'if (create?.state === "undecided") await resolve',
    why: "a create that was accepted without an id is never sent anew",
  },
  {
    id: "submit-undecided-is-attempted-anew",
    find: 'if (create?.state === "undecided" || create?.state === "accepted") await resolve',
    replace: 'if (create?.state === "accepted") await resolve',
    why: "an undecided attempt is decided before there is another",
  },
  {
    id: "submit-forgets-any-connection",
    find: 'if (!providerConnectionId || create?.state !== "failed-earlier") return record;',
    replace: "if (!providerConnectionId) return record;",
    why: "an accepted connection is never taken for gone here",
  },
  {
    id: "submit-forgets-by-a-lagging-list",
    find: "if (looked < new Date(create.settledAt)) throw await unclear(submission, describeLag(create, providerConnectionId));",
    replace: "",
    why: "no list is believed before its settle time",
  },
  {
    id: "submit-refusal-of-the-found",
    find: 'create?.state === "refused" && create.final && refusal',
    replace: "create?.final && refusal",
    why: "what was refused and has been found since is not given up",
  },
  {
    id: "submit-lags-without-end",
    find: "  requireTime(deps, record);\n  if (looked < new Date(create.settledAt)) throw await unclear(submission, describeLag(create, providerConnectionId));",
    replace:
      "  if (looked < new Date(create.settledAt)) throw await unclear(submission, describeLag(create, providerConnectionId));",
    why: "a request ends at its deadline, whatever a list may show later",
  },
  {
    id: "submit-forget-time-after-answer",
    find: `  const looked = deps.clock.now();
  if (await readProvider(deps, record, calls, () => provider.exists(providerConnectionId))) return record;`,
    replace: `  if (await readProvider(deps, record, calls, () => provider.exists(providerConnectionId))) return record;
  const looked = deps.clock.now();`,
    why: "the time of the question counts, because an answer can be older than it arrives",
  },
  {
    id: "submit-anew-without-look",
    find: "const looked = submission.deps.clock.now();\n  if (await adopted(submission)) return;",
    replace: "const looked = submission.deps.clock.now();",
    why: "before any new attempt the vendor is looked at",
  },
  {
    id: "submit-anew-without-settle",
    find: 'if (looked < new Date(previous.settledAt)) throw await unclear(submission, describeLag(previous, "a connection"));',
    replace: "",
    why: "before any new attempt the settle time of the last one is over",
  },
  {
    id: "submit-anew-time-after-answer",
    find: "const looked = submission.deps.clock.now();\n  if (await adopted(submission)) return;",
    replace: "if (await adopted(submission)) return;\n  const looked = submission.deps.clock.now();",
    why: "the time of the question counts, because an answer can be older than it arrives",
  },
  {
    id: "submit-without-preflight",
    find: "const facts = await preflight(submission, request);",
    replace: "const facts = {};",
    why: "no duplicate unasked, no create at a gateway that is busy",
  },
  {
    id: "submit-without-permission",
    find: "await requirePermission(submission);",
    replace: "",
    why: "right before each sending the tenant is read for certain",
  },
  {
    id: "submit-permission-before-preflight",
    find: `  const facts = await preflight(submission, request);
  const keys = await openKeys(submission);
  await requirePermission(submission);`,
    replace: `  await requirePermission(submission);
  const facts = await preflight(submission, request);
  const keys = await openKeys(submission);`,
    why: "the permission is read right before the sending, not before slow reads",
  },
  {
    id: "submit-intent-time-before-preflight",
    find: `  const facts = await preflight(submission, request);
  const keys = await openKeys(submission);
  await requirePermission(submission);
  const previous = record.create;
  const number = (previous?.number ?? 0) + 1;
  const isPutOff = previous?.state === "refused" && previous.passes === true;
  const now = deps.clock.now();`,
    replace: `  const now = deps.clock.now();
  const facts = await preflight(submission, request);
  const keys = await openKeys(submission);
  await requirePermission(submission);
  const previous = record.create;
  const number = (previous?.number ?? 0) + 1;
  const isPutOff = previous?.state === "refused" && previous.passes === true;`,
    why: "the settle window is whole from the intent on",
  },
  {
    id: "submit-keys-after-the-intent",
    find: "await send({ ...submission, record: begun }, intent, { keys, isRepeat: false",
    replace: "await send({ ...submission, record: begun }, intent, { keys: await openKeys(submission), isRepeat: false",
    why: "keys that cannot be opened leave nothing in doubt",
  },
  {
    id: "submit-number-stays",
    find: "const number = (previous?.number ?? 0) + 1;",
    replace: "const number = previous?.number ?? 1;",
    why: "each attempt has a number and a token of its own",
  },
  {
    id: "submit-token-without-number",
    find: "token: `${record.id}-${number}`",
    replace: "token: record.id",
    why: "a new attempt has a new token: the old one may be spent",
  },
  {
    id: "submit-token-of-the-generation",
    find: "token: `${record.id}-${number}`",
    replace: "token: `${record.id}-${record.generation}`",
    why: "a token is that of an attempt: one generation has several, and an attempt outlives its generation",
  },
  {
    id: "submit-unanswered-starts-anew",
    find: 'unanswered: previous?.state === "void" ? previous.unanswered : 0,',
    replace: "unanswered: 0,",
    why: "three creates at most are sent without an answer",
  },
  {
    id: "submit-put-off-starts-anew",
    find: "{ putOff: (previous?.putOff ?? 0) + 1 }",
    replace: "{ putOff: 1 }",
    why: "twelve creates at most are answered with not now",
  },
  {
    id: "submit-any-refusal-is-put-off",
    find: 'const isPutOff = previous?.state === "refused" && previous.passes === true;',
    replace: 'const isPutOff = previous?.state === "refused";',
    why: "after a definite refusal a redrive is no attempt that was put off",
  },
  {
    id: "submit-never-unheard",
    find: '...(isPutOff || previous?.state === "void" || previous?.unheard ? { unheard: true as const } : {}),',
    replace: "",
    why: "a refusal that an earlier connection would explain is not believed",
  },
  {
    id: "submit-void-is-heard",
    find: 'isPutOff || previous?.state === "void" || previous?.unheard',
    replace: "isPutOff || previous?.unheard",
    why: "a refusal after a void attempt may be that attempt's connection",
  },
  {
    id: "submit-unheard-once-only",
    find: 'isPutOff || previous?.state === "void" || previous?.unheard',
    replace: 'isPutOff || previous?.state === "void"',
    why: "an attempt before the last one may have worked, too",
  },
  {
    id: "submit-intent-beside-the-call",
    find: "const begun = await deps.store.save(beginAttempt(clearProblem(record, now), now, intent));\n  await send({ ...submission, record: begun }, intent,",
    replace:
      "const begun = beginAttempt(clearProblem(record, now), now, intent);\n  void deps.store.save(begun).catch(() => undefined);\n  await send({ ...submission, record: { ...begun, version: begun.version + 1 } }, intent,",
    why: "the intent is written before the call",
  },
  {
    id: "submit-intent-whoever-wrote",
    find: "const begun = await deps.store.save(beginAttempt(clearProblem(record, now), now, intent));",
    replace:
      "const begun = await learn(submission, (current) => beginAttempt(clearProblem(current, now), now, intent));",
    why: "of two invocations with an intent only one sends",
  },
  {
    id: "submit-intent-without-write",
    find: "const begun = await deps.store.save(beginAttempt(clearProblem(record, now), now, intent));",
    replace: "const begun = beginAttempt(clearProblem(record, now), now, intent);",
    why: "an invocation that dies after the call leaves its intent",
  },
  {
    id: "submit-resolve-time-after-answer",
    find: `  const looked = deps.clock.now();
  if (await adopted(submission)) return;
  if (intent.state`,
    replace: `  if (await adopted(submission)) return;
  const looked = deps.clock.now();
  if (intent.state`,
    why: "the time of the question counts, because an answer can be older than it arrives",
  },
  {
    id: "submit-resolve-without-look",
    find: "if (await adopted(submission)) return;\n  if (intent.state",
    replace: "if (intent.state",
    why: "what an undecided attempt has made is adopted",
  },
  {
    id: "submit-resolve-accepted-like-undecided",
    find: 'if (intent.state === "accepted") {',
    replace: "if (intent.number < 0) {",
    why: "a create that was accepted without an id is only looked for",
  },
  {
    id: "submit-repeats-at-any-vendor",
    find: "const repeats = provider.createIsIdempotent && mayRepeat(intent)",
    replace: "const repeats = mayRepeat(intent)",
    why: "a create is repeated only where the vendor has a token",
  },
  {
    id: "submit-repeats-when-stuck",
    find: " && !stuck",
    replace: "",
    why: "the same answer ends repeating after twelve times",
  },
  {
    id: "submit-repeats-late",
    find: " && isInTime(deps, record);",
    replace: ";",
    why: "nothing is sent after the deadline",
  },
  {
    id: "submit-repeats-without-permission",
    find: "const refusal = repeats ? await readRefusal(submission) : undefined;",
    replace: "const refusal = undefined;",
    why: "a repeat, too, is sent only with permission",
  },
  {
    id: "submit-void-without-settle",
    find: "if (looked < new Date(intent.settledAt)) {",
    replace: "if (looked < new Date(intent.startedAt)) {",
    why: "an attempt is void only after its settle time",
  },
  {
    id: "submit-doubt-is-forgotten",
    find: "if (doubt) return settleDoubt(submission, intent, doubt);",
    replace: "",
    why: "a refusal in doubt ends the request once nothing of it can turn up",
  },
  {
    id: "submit-stuck-goes-on",
    find: "if (stuck) throw await undecidable(submission, `the same answer left it open ${maxSameAnswers} times in a row`);",
    replace: "",
    why: "the same answer twelve times in a row is for a person",
  },
  {
    id: "submit-one-unanswered-more",
    find: "if (intent.unanswered + 1 >= maxUnanswered) {",
    replace: "if (intent.unanswered >= maxUnanswered) {",
    why: "three creates at most are sent without an answer",
  },
  {
    id: "submit-unanswered-without-end",
    find: "const maxUnanswered = 3;",
    replace: "const maxUnanswered = 300;",
    why: "three creates at most are sent without an answer",
  },
  {
    id: "submit-put-off-without-end",
    find: "const maxPutOff = 12;",
    replace: "const maxPutOff = 1200;",
    why: "twelve creates at most are answered with not now",
  },
  {
    id: "submit-repeats-without-end",
    find: "const maxRepeats = 4;",
    replace: "const maxRepeats = 400;",
    why: "a token that is stuck is given up",
  },
  {
    id: "submit-one-repeat-more",
    find: "sends < maxRepeats",
    replace: "sends <= maxRepeats",
    why: "a token is answered with not now four times at most",
  },
  {
    id: "submit-same-answer-without-end",
    find: "const maxSameAnswers = 12;",
    replace: "const maxSameAnswers = 1200;",
    why: "the same answer twelve times in a row is for a person",
  },
  {
    id: "submit-attempt-without-void",
    find: "return attempt({ ...submission, record: await deps.store.save(voidAttempt(record, deps.clock.now())) });",
    replace: "return attempt(submission);",
    why: "three creates at most are sent without an answer",
  },
  {
    id: "submit-questions-count-as-answers",
    find: "return problem?.code !== undefined && isOfCreate(record) ? problem.count : 0;",
    replace: "return problem?.code !== undefined ? problem.count : 0;",
    why: "a read that fails says nothing of the create",
  },
  {
    id: "submit-repeats-what-is-refused",
    find: "return doubt === undefined || (passes === true && spent === undefined && sends < maxRepeats);",
    replace: "return doubt === undefined || (spent === undefined && sends < maxRepeats);",
    why: "a token that was refused for good is not used again",
  },
  {
    id: "submit-repeats-nothing-that-passes",
    find: "return doubt === undefined || (passes === true && spent === undefined && sends < maxRepeats);",
    replace: "return doubt === undefined;",
    why: "at a vendor with tokens a busy answer is met by the same token first",
  },
  {
    id: "submit-repeats-a-spent-token",
    find: "passes === true && spent === undefined && sends",
    replace: "passes === true && sends",
    why: "a token whose call failed is not used again",
  },
  {
    id: "submit-believes-what-is-ours",
    find: "if (intent.mayBeOurs && (intent.unheard || wasRepeated)) {",
    replace: "if (intent.mayBeOurs && intent.number < 0) {",
    why: "a refusal that an own connection would explain does not end as failed",
  },
  {
    id: "submit-believes-after-the-unheard",
    find: "if (intent.mayBeOurs && (intent.unheard || wasRepeated)) {",
    replace: "if (intent.mayBeOurs && wasRepeated) {",
    why: "a refusal that an earlier attempt's connection would explain does not end as failed",
  },
  {
    id: "submit-believes-after-a-repeat",
    find: "if (intent.mayBeOurs && (intent.unheard || wasRepeated)) {",
    replace: "if (intent.mayBeOurs && intent.unheard) {",
    why: "a refusal that an earlier sending's connection would explain does not end as failed",
  },
  {
    id: "submit-quota-of-a-repeat-is-ours",
    find: 'const wasRepeated = intent.sends > 1 && doubt.code !== "provider_quota";',
    replace: "const wasRepeated = intent.sends > 1;",
    why: "a full quota answers a repeat only when the first sending made nothing",
  },
  {
    id: "submit-settled-doubt-is-not-written",
    find: "throw await refuseSending(submission, intent, doubt, { wasSent: true, isFinal });",
    replace: 'throw new StepError(isFinal ? "Rejected" : "Throttled", doubt.message);',
    why: "a refusal of which nothing came ends as failed",
  },
  {
    id: "submit-definite-doubt-is-put-off",
    find: "const isFinal = !intent.passes || (intent.putOff ?? 0) + 1 >= maxPutOff;",
    replace: "const isFinal = (intent.putOff ?? 0) + 1 >= maxPutOff;",
    why: "a definite refusal is not sent anew",
  },
]);

const sendCreate = inFile("functions/steps/submit/send-create.ts", [
  {
    id: "send-whenever-it-is",
    find: "- since.getTime() <= sendWithinSeconds * 1000",
    replace: "- since.getTime() <= 1e12",
    why: "twice an assumption makes no second connection, because nothing old is sent",
  },
  {
    id: "send-repeat-is-not-written",
    find: "const begun = await deps.store.save(resendAttempt(clearProblem(record, now), now, settleTime(deps, now)));",
    replace: "const begun = resendAttempt(clearProblem(record, now), now, settleTime(deps, now));",
    why: "each sending is counted before it leaves",
  },
  {
    id: "send-repeat-whoever-wrote",
    find: "const begun = await deps.store.save(resendAttempt(clearProblem(record, now), now, settleTime(deps, now)));",
    replace:
      "const begun = await learn(submission, (current) => resendAttempt(clearProblem(current, now), now, settleTime(deps, now)));",
    why: "a repeat is not sent by an invocation that somebody has overtaken",
  },
  {
    id: "send-repeat-is-like-the-first",
    find: "isRepeat: true",
    replace: "isRepeat: false",
    why: "a refusal of a repeat says nothing of the sending before it",
  },
  {
    id: "send-empty-id-goes-on",
    find: 'if (!created.connectionId) throw new StepError("OutcomeUnclear", "the vendor accepted the create without an id");',
    replace: "",
    why: "a create that was accepted without an id is looked for",
  },
  {
    id: "send-empty-id-is-not-accepted",
    find: "await accept(submission, created, created.connectionId",
    replace: "if (created.connectionId) await accept(submission, created, created.connectionId",
    why: "a create that was accepted without an id is never sent anew",
  },
  {
    id: "send-unclear-is-like-busy",
    find: 'const isUnclear = facts.class === "ambiguous" && facts.token !== "failed";',
    replace: "const isUnclear = false;",
    why: "three creates at most are sent without a clear answer",
  },
  {
    id: "send-spent-token-is-unclear",
    find: 'facts.class === "ambiguous" && facts.token !== "failed"',
    replace: 'facts.class === "ambiguous"',
    why: "a token whose call failed is not used again",
  },
  {
    id: "send-in-progress-is-busy",
    find: 'if (isUnclear || facts.token === "in-progress" ||',
    replace: "if (isUnclear ||",
    why: "while the first call of a token runs no new one is thought of",
  },
  {
    id: "send-repeat-that-never-left-decides",
    find: " || (isRepeat && !arrived)) {",
    replace: ") {",
    why: "a repeat that never left says nothing of the sending before it",
  },
  {
    id: "send-late-answer-is-kept",
    find: "isSameSending(current, intent) ? explain(keepAnswer(current, refusal), now, refusal.message) : current,",
    replace: "explain(keepAnswer(current, refusal), now, refusal.message),",
    why: "an answer to an earlier sending is not taken for the last one's",
  },
  {
    id: "send-late-doubt-is-kept",
    find: "isSameSending(current, intent) ? doubtAttempt(current, now, refusal, flags) : current,",
    replace: "doubtAttempt(current, now, refusal, flags),",
    why: "an answer to an earlier sending is not taken for the last one's",
  },
  {
    id: "send-every-attempt-is-the-first",
    find: "const isFirst = intent.number === 1 && !isRepeat;",
    replace: "const isFirst = !isRepeat;",
    why: "believed at once is a refusal of the very first sending only: later ones can be caused by it",
  },
  {
    id: "send-every-repeat-is-the-first",
    find: "const isFirst = intent.number === 1 && !isRepeat;",
    replace: "const isFirst = intent.number === 1;",
    why: "believed at once is a refusal of the very first sending only: later ones can be caused by it",
  },
  {
    id: "send-exists-is-believed",
    find: 'arrived && (!definite || facts.class === "exists")',
    replace: "arrived && !definite",
    why: "that it exists already is looked into",
  },
  {
    id: "send-busy-is-believed",
    find: 'arrived && (!definite || facts.class === "exists")',
    replace: 'arrived && facts.class === "exists"',
    why: "not now can come after the effect: it is looked for before anything new is sent",
  },
  {
    id: "send-later-refusals-are-believed",
    find: 'facts.class === "exists") : arrived;',
    replace: 'facts.class === "exists") : false;',
    why: "refusals of later sendings are looked into",
  },
  {
    id: "send-overlap-is-not-ours",
    find: 'const mayBeOurs = facts.mayBeOurs === true || facts.class === "exists";',
    replace: 'const mayBeOurs = facts.class === "exists";',
    why: "an overlap or a full quota may be an own connection's doing",
  },
  {
    id: "send-one-look-is-believed",
    find: "const unsettled = doubtful && (mayBeOurs || looked < new Date(intent.settledAt));",
    replace: "const unsettled = doubtful && mayBeOurs;",
    why: "a doubtful answer is looked into over the whole settle window",
  },
  {
    id: "send-ours-is-settled-by-time",
    find: "const unsettled = doubtful && (mayBeOurs || looked < new Date(intent.settledAt));",
    replace: "const unsettled = doubtful && looked < new Date(intent.settledAt);",
    why: "what an own connection would be refused for is not believed however late it arrives",
    equivalent: "an answer never comes after its own settle time: the function that waits for it has ended long before",
  },
  {
    id: "send-busy-is-the-end",
    find: "...(definite ? {} : { passes: true as const }),",
    replace: "",
    why: "a gateway that is busy is waited for",
  },
  {
    id: "send-refusal-passes",
    find: "...(definite ? {} : { passes: true as const }),",
    replace: "passes: true as const,",
    why: "a definite refusal is not sent anew",
  },
  {
    id: "send-token-is-never-spent",
    find: '...(facts.token === "failed" ? { spent: true as const } : {}),',
    replace: "",
    why: "a token whose call failed is not used again",
  },
  {
    id: "send-looks-before-it-writes-the-doubt",
    find: `    const doubted = await learn(failed, (current, now) =>`,
    replace: `    if (await adopted(submission)) return;
    const doubted = await learn(failed, (current, now) =>`,
    why: "what was answered is known also when the look after it fails",
  },
  {
    id: "send-doubtful-without-look",
    find: "if (doubtful && (await adopted(submission))) return;",
    replace: "",
    why: "a doubtful refusal is looked into",
    equivalent: "nothing doubtful gets here: an answer never comes after its own settle time",
  },
  {
    id: "send-throttled-never-arrived",
    find: 'const arrived = facts.providerCode !== undefined || facts.class !== "retry";',
    replace: 'const arrived = facts.class !== "retry";',
    why: "a throttled call was answered: it is looked for before the next",
  },
  {
    id: "send-nothing-ever-fails-to-leave",
    find: 'const arrived = facts.providerCode !== undefined || facts.class !== "retry";',
    replace: "const arrived = true;",
    why: "a call that was refused by the network costs no settle window",
  },
]);

const submission = inFile("functions/steps/submit/submission.ts", [
  {
    id: "send-late-refusal-decides",
    find: "isSameSending(current, sending) ? refuseAttempt(current, now, refusal, { wasSent, isFinal }) : current,",
    replace: "refuseAttempt(current, now, refusal, { wasSent, isFinal }),",
    why: "an answer to an earlier sending is not taken for the last one's",
  },
  {
    id: "send-overtaken-refusal-ends-it",
    find: 'if (saved.create?.state !== "refused") return new StepError("OutcomeUnclear", "it was sent again meanwhile");',
    replace: "",
    why: "what another invocation has sent meanwhile is looked for",
  },
  {
    id: "send-throttled-is-the-end",
    find: 'return new StepError(isFinal ? "Rejected" : "Throttled", refusal.message);',
    replace: 'return new StepError("Rejected", refusal.message);',
    why: "a refusal that passes is not the end",
  },
  {
    id: "submission-tells-of-what-went-on",
    find: "isSameSending(current, learned.record.create) ? explain(current, now, reason) : current,",
    replace: "explain(current, now, reason),",
    why: "what is told of a create is told of the one that there is",
  },
  {
    id: "submission-gives-up-what-went-on",
    find: 'isSameSending(saved, submission.record.create) ? "Undecidable" : "OutcomeUnclear"',
    replace: '"Undecidable"',
    why: "what another invocation has gone on with is given up by none",
  },
  {
    id: "submission-settles-after-the-call",
    find: "settleSeconds * 1000 * timeScale",
    replace: "20 * 1000 * timeScale",
    why: "the settle window covers the function, its call and the vendor's lists",
  },
  {
    id: "submission-first-of-two",
    find: "if (found.length > 1) throw",
    replace: "if (found.length > 2) throw",
    why: "two connections of one request are for a person",
    unplayed: "no request ever has two connections",
  },
  {
    id: "submission-adopts-nothing",
    find: "if (connectionId === undefined) return false;",
    replace: "if (connectionId === undefined || record.create?.sends === 1) return false;",
    why: "what an undecided attempt has made is adopted",
  },
  {
    id: "submission-accepts-over-the-known",
    find: "current.providerConnectionId ? current : acceptAttempt(current, now, created, reason),",
    replace: "acceptAttempt(current, now, created, reason),",
    why: "a connection that is known stays the request's",
  },
]);

const preflight = inFile("functions/steps/submit/preflight.ts", [
  {
    id: "preflight-sends-to-a-busy-gateway",
    find: "if (busy && flaws.length === 0) {",
    replace: "if (busy && flaws.length < 0) {",
    why: "no create at a gateway while another connection is provisioned there",
  },
  {
    id: "preflight-no-duplicate-check",
    find: "const mayBeDuplicate = !request.allowDuplicate && flaws.every",
    replace: "const mayBeDuplicate = flaws.length < 0 && flaws.every",
    why: "no duplicate unasked",
  },
  {
    id: "preflight-duplicates-never-allowed",
    find: "const mayBeDuplicate = !request.allowDuplicate && flaws.every",
    replace: "const mayBeDuplicate = flaws.every",
    why: "a duplicate that was asked for is made",
  },
  {
    id: "preflight-collision-before-duplicate",
    find: "flaws.every(({ collidesWith }) => collidesWith !== undefined);\n  const duplicate",
    replace: "flaws.length === 0;\n  const duplicate",
    why: "a duplicate is told as one, not as a collision of networks",
  },
  {
    id: "preflight-believes-that-it-is-gone",
    find: "  if (duplicate) {\n    const reason",
    replace: "  if (duplicate && flaws.length > 0) {\n    const reason",
    why: "a duplicate that lists do not show yet is waited for",
  },
  {
    id: "preflight-refuses-for-the-unlisted",
    find: "if (duplicate?.isListed) throw",
    replace: "if (duplicate) throw",
    why: "only a connection that is there is a duplicate",
  },
  {
    id: "preflight-flaws-are-sent",
    find: "if (flaws.length > 0) throw await refuseUnsent(submission, toRefusal(await withoutNeighbours(submission, flaws)));",
    replace: "",
    why: "what the vendor would refuse is refused before it is asked",
  },
  {
    id: "preflight-denied-reads-are-good",
    find: `const { flaws, busy, facts } = await readProvider(deps, record, calls, () =>
    provider.preflight(request, toOperationId(record.id)),
  );`,
    replace: `const { flaws, busy, facts } = await provider.preflight(request, toOperationId(record.id))
    .catch(() => ({ flaws: [], busy: undefined, facts: {} }));`,
    why: "nothing is sent before all of the preflight was read",
  },
]);

export const patches: readonly Patch[] = [...submit, ...sendCreate, ...submission, ...preflight];

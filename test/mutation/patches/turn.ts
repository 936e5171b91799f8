import { inFile, type Patch } from "../patch.ts";

const takeTurn = inFile("functions/steps/take-turn.ts", [
  {
    id: "turn-asks-no-deadline",
    find: "requireTime(deps, record);\n  if (!mayHave",
    replace: "if (!mayHave",
    why: "a request ends when its time in the queue is over",
  },
  {
    id: "turn-asks-no-permission",
    find: "if (!mayHaveConnection(record)) await requirePermission({ deps, record });",
    replace: "",
    why: "a request that may not go on ends where it waits, so that nobody waits for it",
  },
  {
    id: "turn-permission-ends-looking",
    find: "if (!mayHaveConnection(record)) await requirePermission({ deps, record });",
    replace: "await requirePermission({ deps, record });",
    why: "what was sent before a suspension is still looked for",
  },
  {
    id: "turn-of-any-run",
    find: "isNameOf(parseTurnName(holder), record)) return;",
    replace: "parseTurnName(holder).id === record.id) return;",
    why: "a turn is that of one run, and over when it was given back",
  },
  {
    id: "turn-taken-in-the-pause",
    find: "if (record.givenBack && deps.clock.now() < new Date(queuedAt(record)))",
    replace: "if (record.givenBack && deps.clock.now() < new Date(record.createdAt))",
    why: "who gave its turn back does not take it before its place in the queue has come",
  },
  {
    id: "turn-without-order",
    find: "const turn = before === 0 ? await acquire",
    replace: "const turn = before >= 0 ? await acquire",
    why: "requests on one gateway go in order of arrival",
  },
  {
    id: "turn-behind-a-full-index",
    find: "return ids.length < gatewayRows ? 0 : undefined;",
    replace: "return 0;",
    why: "who does not see itself behind a hundred others does not go first",
    unplayed: "nowhere wait a hundred requests",
  },
  {
    id: "turn-waits-for-the-done",
    find: "if (record && needsTurn(record)) return place",
    replace: "if (record) return place",
    why: "rows of an index that lags keep nobody waiting",
    equivalent: "an index lags for seconds, and nobody waits for longer than that",
  },
  {
    id: "turn-taken-from-its-holder",
    find: 'if (held && stillHolds(held, holder)) return "held";',
    replace: "",
    why: "one create at a time on a gateway",
  },
  {
    id: "turn-passes-while-a-create-leaves",
    find: 'if (held && mayStillSend(held, now)) return "settling";',
    replace: "",
    why: "a create of a request that has ended may still be under way",
  },
  {
    id: "turn-without-pause",
    find: 'if (givenBack && now < new Date(givenBack.pausedUntil)) return "paused";',
    replace: "",
    why: "a vendor out of reach is asked once in a pause, however long the queue",
  },
  {
    id: "turn-forgets-failures",
    find: "const own = toTurnName(record, givenBack?.failures ?? 0);",
    replace: "const own = toTurnName(record, 0);",
    why: "pauses double, whoever had the turn",
  },
  {
    id: "turn-taken-back-by-a-late-invocation",
    find: 'if (isOwn && isLaterThan(holder, record)) return "held";',
    replace: "",
    why: "an invocation that is late does not take back under an earlier name what its run has taken once more",
  },
  {
    id: "turn-name-read-anew",
    find: "(await deps.turns.pass(gateway, holders, own))",
    replace: "(await deps.turns.pass(gateway, await deps.turns.holders(gateway), own))",
    why: "the name that is replaced is the one whose holder was looked at",
  },
  {
    id: "turn-taken-in-any-case",
    find: '(await deps.turns.pass(gateway, holders, own)) ? "taken" : "held"',
    replace: '(await deps.turns.pass(gateway, holders, own)) ? "taken" : "taken"',
    why: "of two who take a turn one has it",
  },
  {
    id: "turn-settles-for-ever",
    find: 'return create?.state === "undecided" && now < new Date(create.settledAt);',
    replace: 'return create?.state === "undecided";',
    why: "a request that ended unknown gives its gateway free",
  },
  {
    id: "turn-of-an-earlier-run-is-over",
    find: "(isNameOf(holder, record) || isUnderWay(record))",
    replace: "isNameOf(holder, record)",
    why: "what an earlier run sent keeps the turn as well",
  },
  {
    id: "turn-under-way-is-accepted-only",
    find: 'return create?.state === "undecided" || create?.state === "accepted";',
    replace: 'return create?.state === "accepted";',
    why: "what an earlier run sent keeps the turn as well",
  },
  {
    id: "turn-under-way-is-undecided-only",
    find: 'return create?.state === "undecided" || create?.state === "accepted";',
    replace: 'return create?.state === "undecided";',
    why: "what an earlier run had accepted keeps the turn as well",
  },
  {
    id: "turn-of-the-ended-is-held",
    find: "return needsTurn(record) && (",
    replace: "return record.id !== '' && (",
    why: "a holder that needs the turn no more blocks nobody",
  },
  {
    id: "turn-waits-for-itself",
    find: "const held = name === undefined || isOwn ? undefined",
    replace: "const held = name === undefined ? undefined",
    why: "a run takes over the turn of the run before it",
  },
  {
    id: "turn-begins-no-time",
    find: "if (record.deadlineAt === undefined) await learn({ deps, record }, beginTime);",
    replace: "",
    why: "a request's own time begins with its first turn",
  },
  {
    id: "turn-of-a-missing-holder-is-held",
    find: "const isOwn = holder.id === record.id;",
    replace:
      'const isOwn = holder.id === record.id;\n  if (name !== undefined && !isOwn && !(await deps.store.get(holder.id))) return "held";',
    why: "a holder whose record is gone blocks nobody",
    unplayed: "no record goes while its turn is held",
  },
]);

const ownTurn = inFile("functions/steps/submit/own-turn.ts", [
  {
    id: "own-turn-throttled-keeps-it",
    find: 'new Set(["ProviderUnavailable", "Throttled"])',
    replace: 'new Set(["ProviderUnavailable"])',
    why: "a vendor that says not now keeps its gateway from nobody",
  },
  {
    id: "own-turn-unavailable-keeps-it",
    find: 'new Set(["ProviderUnavailable", "Throttled"])',
    replace: 'new Set(["Throttled"])',
    why: "a vendor out of reach keeps its gateway from nobody",
  },
  {
    id: "own-turn-is-not-taken-again",
    find: "await requireTurn(deps, record);",
    replace: "",
    why: "nothing is sent without the turn",
  },
  {
    id: "own-turn-is-believed-while-time",
    find: "requireTime(deps, record);\n  const due",
    replace: "const due",
    why: "a request that waits for its turn again ends when its time is over",
  },
  {
    id: "own-turn-asks-in-the-pause",
    find: 'if (deps.clock.now() < new Date(due)) throw new StepError("ProviderUnavailable", `not asked again before ${due}`);',
    replace: "",
    why: "who gave its turn back does not take it before its place in the queue has come",
    equivalent: "requireTurn holds it back until the same time, under another error's name that is waited for alike",
  },
  {
    id: "own-turn-given-back-in-doubt",
    find: "!mayHaveConnection(current) && current.givenBack?.times === givenBack?.times;",
    replace: "current.givenBack?.times === givenBack?.times;",
    why: "a turn is kept for what may be at the vendor",
  },
  {
    id: "own-turn-given-back-twice",
    find: "!mayHaveConnection(current) && current.givenBack?.times === givenBack?.times;",
    replace: "!mayHaveConnection(current);",
    why: "the same turn is given back once: the next one may be in use",
  },
  {
    id: "own-turn-fails-the-first-time",
    find: "const failures = holder.id === id ? holder.failures + 1 : 1;",
    replace: "const failures = 1;",
    why: "pauses double with each time in a row",
  },
  {
    id: "own-turn-is-not-written",
    find: "await learn({ deps, record }, (current, now) => (isOurs(current) ? giveTurnBack(current, now, back) : current));",
    replace: "giveTurnBack(record, deps.clock.now(), back);",
    why: "a vendor out of reach keeps its gateway from nobody",
  },
]);

const turn = inFile("functions/domain/record/turn.ts", [
  {
    id: "turn-ends-at-accept",
    find: 'if (capabilities[record.request.provider].turnEnds === "provisioned") return true;',
    replace: "",
    why: "at Alibaba Cloud a turn ends when the connection is provisioned",
  },
  {
    id: "turn-unneeded-after-a-failed-job",
    find: 'return record.create?.state === "failed-earlier";',
    replace: "return false;",
    why: "what is made anew after its job failed is made under the turn",
  },
  {
    id: "turn-needed-to-wait-for-a-job",
    find: "if (record.providerConnectionId === undefined) return true;",
    replace: "return true;",
    why: "at Tencent Cloud a turn ends when the create's outcome is known",
  },
  {
    id: "turn-needed-for-ever",
    find: "if (isFinal(record.status) || record.leftover) return false;",
    replace: "if (record.leftover) return false;",
    why: "who has ended blocks nobody",
  },
  {
    id: "turn-needed-for-a-leftover",
    find: "if (isFinal(record.status) || record.leftover) return false;",
    replace: "if (isFinal(record.status)) return false;",
    why: "a look at what a dry run left keeps a gateway from nobody",
    unplayed: "no dry run is played",
  },
  {
    id: "turn-place-stays",
    find: "return givenBack?.queuedAt ?? createdAt;",
    replace: "return givenBack ? createdAt : createdAt;",
    why: "who gave its turn back goes after those who waited",
  },
  {
    id: "turn-of-any-region",
    find: "return `${provider}#${region}#${vpnGatewayId}`;",
    replace: "return `${provider}#${vpnGatewayId}`;",
    why: "gateways of two regions keep each other from nothing",
  },
  {
    id: "may-have-not-in-doubt",
    find: '!["refused", "void"].includes(create.state)',
    replace: '!["refused", "void", "undecided"].includes(create.state)',
    why: "what was sent and not answered may be there",
  },
  {
    id: "may-have-not-accepted",
    find: '!["refused", "void"].includes(create.state)',
    replace: '!["refused", "void", "accepted"].includes(create.state)',
    why: "what was accepted without an id may be there",
  },
  {
    id: "may-have-what-is-void",
    find: '!["refused", "void"].includes(create.state)',
    replace: '!["refused"].includes(create.state)',
    why: "an attempt that is proven void keeps neither a turn nor a request from its end",
  },
  {
    id: "may-have-what-is-refused",
    find: '!["refused", "void"].includes(create.state)',
    replace: '!["void"].includes(create.state)',
    why: "a refused request ends as failed",
  },
  {
    id: "may-have-by-attempt-only",
    find: "return providerConnectionId !== undefined || (",
    replace: "return (",
    why: "a connection whose id is known may be there, whatever became of the last attempt",
  },
  {
    id: "may-have-not-succeeded",
    find: 'if (status === "succeeded") return true;',
    replace: "",
    why: "a request that succeeded has a connection",
    equivalent: "who succeeded has the connection's id, by which it counts as well",
  },
]);

const givingBack = [
  ...inFile("functions/domain/record/give-turn-back.ts", [
    {
      id: "give-back-pause-stays",
      find: "turnPauseSeconds.first * 2 ** (failures - 1)",
      replace: "turnPauseSeconds.first",
      why: "pauses double with each time in a row",
    },
    {
      id: "give-back-pause-without-end",
      find: "Math.min(turnPauseSeconds.first * 2 ** (failures - 1), turnPauseSeconds.most)",
      replace: "turnPauseSeconds.first * 2 ** (failures - 1)",
      why: "no pause is longer than half a minute",
    },
    {
      id: "give-back-once-only",
      find: "(record.givenBack?.times ?? 0) + 1",
      replace: "(record.givenBack?.times ?? 1)",
      why: "each turn that is given back has another name the next time",
    },
    {
      id: "give-back-in-its-place",
      find: "failures, pausedUntil, queuedAt };",
      replace: "failures, pausedUntil, queuedAt: record.createdAt };",
      why: "who gave its turn back goes after those who waited",
    },
  ]),
  ...inFile("functions/domain/record/turn-name.ts", [
    {
      id: "turn-name-of-any-generation",
      find: "generation === String(record.generation) && times",
      replace: "times",
      why: "a turn is that of one run",
    },
    {
      id: "turn-name-of-any-time",
      find: " && times === (record.givenBack?.times ?? 0);",
      replace: ";",
      why: "a turn that was given back is taken again before anything is sent",
    },
    {
      id: "turn-name-without-times",
      find: "return times === 0 && failures === 0 ?",
      replace: "return failures === 0 ?",
      why: "a name under which a turn was given back is never used again",
    },
  ]),
];

export const patches: readonly Patch[] = [...takeTurn, ...ownTurn, ...turn, ...givingBack];

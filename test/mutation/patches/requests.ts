import { inFile, type Patch } from "../patch.ts";

const accepting = inFile("functions/domain/connections/accept-connection.ts", [
  {
    id: "accept-starts-before-it-writes",
    find: "const refusal = await refusalOf(deps, input);",
    replace:
      'const refusal = await refusalOf(deps, input);\n  if (!refusal) await startWorkflow(deps, "create-connection", record);',
    why: "a workflow is started only of what is written",
  },
  {
    id: "accept-compares-nothing",
    find: "return existing && requireSameRequest(deps, { actor, existing, request });",
    replace: "return existing;",
    why: "a token that was used for another request is refused",
  },
  {
    id: "accept-writes-what-is-refused",
    find: "await (refusal ? deps.store.get(record.id) : deps.store.create(record));",
    replace: "await deps.store.create(record);",
    why: "a refused request leaves nothing",
    unplayed: "no tenant has too many requests",
  },
  {
    id: "accept-starts-nothing-twice",
    find: 'if (isOverdue(known, deps.clock.now())) await startWorkflow(deps, "create-connection", known);',
    replace: "",
    why: "a replay starts what should be running and is not",
  },
  {
    id: "accept-starts-a-refused-replay",
    find: "if (known) {\n    if",
    replace: "if (known && !refusal) {\n    if",
    why: "what was accepted before is answered, whatever the tenant may have now",
    unplayed: "no tenant has too many requests",
  },
  {
    id: "accept-every-replay-is-overdue",
    find: 'return status === "accepted" && now.getTime()',
    replace: "return now.getTime()",
    why: "a replay starts only what no workflow has taken up",
    equivalent: "a run that is started twice is one, and one that has ended or was overtaken does nothing",
  },
]);

const changing = [
  ...inFile("functions/domain/connections/cancel-connection.ts", [
    {
      id: "cancel-what-was-sent",
      find: 'if (mayHaveConnection(current)) throw new DomainError("conflict", "the vendor has already been asked to create it");',
      replace: "",
      why: "a canceled request has no connection",
    },
    {
      id: "cancel-what-has-ended",
      find: 'if (isFinal(current.status)) throw new DomainError("conflict", `the request has already ended: ${current.status}`);',
      replace: "",
      why: "one ending per generation",
    },
    {
      id: "cancel-tells-nobody",
      find: 'if (changed && record.delivery) await startWorkflow(deps, "deliver-webhook", record);',
      replace: "",
      why: "a cancel is told by webhook at once, not by the next sweep",
    },
  ]),
  ...inFile("functions/domain/connections/redrive-connection.ts", [
    {
      id: "redrive-what-succeeded",
      find: 'if (current.status !== "failed" && current.status !== "unknown") {',
      replace: 'if (current.status === "canceled" || !isFinal(current.status)) {',
      why: "a request that succeeded is not run again",
    },
    {
      id: "redrive-what-was-canceled",
      find: 'if (current.status !== "failed" && current.status !== "unknown") {',
      replace: 'if (current.status === "succeeded" || !isFinal(current.status)) {',
      why: "a canceled request, whose keys are gone, is not run again",
    },
    {
      id: "redrive-what-runs",
      find: "if (!isFinal(current.status) && current.generation > 1) return current;",
      replace:
        "if (!isFinal(current.status)) return restart(current, deps.clock.now(), { ...toAsker(input), reason });",
      why: "asked twice, the second time finds it running and changes nothing",
    },
    {
      id: "redrive-with-other-credentials",
      find: "  if (mayHaveConnection(record)) {\n    const asked",
      replace: "  if (record.generation < 0) {\n    const asked",
      why: "only the credentials that it was sent with show what became of it",
    },
    {
      id: "redrive-with-the-old-credentials",
      find: "return now === undefined ? rest : { ...rest, credentials: now };",
      replace: "return record;",
      why: "a redrive takes the credentials that the tenant has now",
    },
    {
      id: "redrive-at-anybodys-gateway",
      find: "requireGateways(settings.gateways, current.request);",
      replace: "",
      why: "a redrive names gateways of its tenant only",
    },
  ]),
  ...inFile("functions/domain/connections/user-change.ts", [
    {
      id: "change-at-any-revision",
      find: "if (revision !== undefined && revision !== record.revision) {",
      replace: "if (revision !== undefined && revision > record.revision) {",
      why: "a caller's decision is carried out on the revision that it saw",
    },
    {
      id: "change-without-reading-anew",
      find: "return saveAnew(await read(), save, read);",
      replace: "return save(await read(), 1);",
      why: "a caller's decision is made anew where the workflow wrote meanwhile",
    },
  ]),
  ...inFile("functions/domain/connections/start-workflow.ts", [
    {
      id: "start-fails-the-request",
      find: 'deps.log("workflow_start_failed", {',
      replace: 'if (error) throw error;\n    deps.log("workflow_start_failed", {',
      why: "what is written is accepted, though its workflow is started later",
    },
    {
      id: "start-of-the-first-run",
      find: "await deps.workflows.start(workflow, { id, generation,",
      replace: "await deps.workflows.start(workflow, { id, generation: 1,",
      why: "a redrive starts at once, not by the next sweep",
    },
  ]),
];

const duplicates = inFile("functions/domain/connections/find-duplicate.ts", [
  {
    id: "duplicate-time-after-answer",
    find: `    const asked = deps.clock.now();
    if (await stillExists(deps.provider, earlier)) return { record: earlier, isListed: true };`,
    replace: `    if (await stillExists(deps.provider, earlier)) return { record: earlier, isListed: true };
    const asked = deps.clock.now();`,
    why: "the time of the question counts, because an answer can be older than it arrives",
  },
  {
    id: "duplicate-believes-a-lagging-list",
    find: "if (asked < new Date(earlier.create?.settledAt ?? 0)) unlisted ??=",
    replace: "if (asked < new Date(0)) unlisted ??=",
    why: "a duplicate that lists do not show yet is waited for",
  },
  {
    id: "duplicate-unlisted-for-ever",
    find: "if (asked < new Date(earlier.create?.settledAt ?? 0)) unlisted ??=",
    replace: "unlisted ??=",
    why: "a connection that is gone is no duplicate",
  },
  {
    id: "duplicate-of-the-unlisted-first",
    find: "unlisted ??= { record: earlier, isListed: false };",
    replace: "return { record: earlier, isListed: false };",
    why: "a duplicate that is there is told before one that may be",
  },
  {
    id: "duplicate-of-what-is-nothing",
    find: "if (!earlier || !mayHaveConnection(earlier) || !mayJoinSame",
    replace: "if (!earlier || !mayJoinSame",
    why: "a request that was refused is no duplicate",
  },
  {
    id: "duplicate-not-of-the-rerun",
    find: "return [...made.filter((id) => id !== ownId), ...waiting.slice(0, Math.max(0, waiting.indexOf(ownId)))];",
    replace: "return made.filter((id) => id !== ownId);",
    why: "one that is run again and waits before may have the connection",
  },
  {
    id: "duplicate-of-those-behind",
    find: "...waiting.slice(0, Math.max(0, waiting.indexOf(ownId)))];",
    replace: "...waiting];",
    why: "who is behind, and the request itself, are no earlier ones",
  },
  {
    id: "duplicate-of-itself",
    find: "...made.filter((id) => id !== ownId),",
    replace: "...made,",
    why: "a request is no duplicate of itself",
  },
  {
    id: "duplicate-only-of-known-ids",
    find: "return found.length > 0;",
    replace: "return found.length > 1;",
    why: "one whose create is in doubt may have made the connection",
  },
  {
    id: "duplicate-of-any-known-id",
    find: "if (providerConnectionId) return provider.exists(providerConnectionId);",
    replace: "if (providerConnectionId) return true;",
    why: "a connection that was deleted is no duplicate",
  },
  {
    id: "duplicate-of-any-customer",
    find: "return sharesCustomer(earlier, later) && shareTraffic(selectorsOf(earlier), wanted);",
    replace: "return shareTraffic(selectorsOf(earlier), wanted);",
    why: "a connection to another customer gateway is no duplicate",
  },
  {
    id: "duplicate-of-any-networks",
    find: "return sharesCustomer(earlier, later) && shareTraffic(selectorsOf(earlier), wanted);",
    replace: "return sharesCustomer(earlier, later);",
    why: "a connection for other networks is no duplicate",
  },
  {
    id: "duplicate-by-remote-networks",
    find: "anyOverlaps(one.locals, other.locals) && anyOverlaps(one.remotes, other.remotes)",
    replace: "anyOverlaps(one.remotes, other.remotes)",
    why: "a connection for other local networks is no duplicate",
  },
  {
    id: "duplicate-by-policy-only",
    find: 'if (routing.mode !== "policy") return [{ locals: everything, remotes: everything }];',
    replace: 'if (routing.mode !== "policy") return [];',
    why: "a connection that is routed otherwise carries everything",
  },
  {
    id: "duplicate-by-the-first-tunnel",
    find: "const customers = new Set(a.tunnels.map(({ customerGatewayId }) => customerGatewayId));",
    replace: "const customers = new Set(a.tunnels.slice(0, 1).map(({ customerGatewayId }) => customerGatewayId));",
    why: "two connections with one customer gateway in common are alike",
    unplayed: "every connection has one tunnel",
  },
  {
    id: "duplicate-of-one-tenant",
    find: "? joinSame(earlier.request, later, wanted)\n    : sharesCustomer(earlier.request, later);",
    replace: "? joinSame(earlier.request, later, wanted)\n    : false;",
    why: "another tenant's connection between the same gateways is a duplicate",
    unplayed: "there is one tenant, and it stays",
  },
]);

const reading = inFile("functions/domain/connections/gateway-records.ts", [
  {
    id: "gateway-waiting-before-made",
    find: `const [listed, waiting] = [await store.listGateway(key, "made"), await store.listGateway(key, "waiting")];`,
    replace: `const waiting = await store.listGateway(key, "waiting");
  const listed = await store.listGateway(key, "made");`,
    why: "one that goes from one list to the other is not missed between them",
  },
  {
    id: "gateway-made-by-the-index-alone",
    find: `const made = [...new Set([...listed, ...holders])];`,
    replace: `const made = [...new Set([...listed, ...holders.slice(0, 0)])];`,
    why: "one that had its turn just now is found though the index does not show it yet",
  },
  {
    id: "gateway-made-first-hundred",
    find: `[await store.listGateway(key, "made"), await`,
    replace: `[(await store.listGateway(key, "made")).slice(0, gatewayRows), await`,
    why: "a gateway may have more connections than a page",
    unplayed: "nowhere wait a hundred requests",
  },
]);

const dryRuns = inFile("functions/domain/connections/record-leftover.ts", [
  {
    id: "leftover-can-be-sent",
    find: "    leftover: true,\n",
    replace: "",
    why: "nothing is ever made, adopted or sent for what a dry run left",
    unplayed: "no dry run is played",
  },
  {
    id: "leftover-is-not-written",
    find: "await deps.store.create(record);",
    replace: "",
    why: "what a dry run left is told to a person",
    unplayed: "no dry run is played",
  },
]);

export const patches: readonly Patch[] = [...accepting, ...changing, ...duplicates, ...reading, ...dryRuns];

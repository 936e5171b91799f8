import { createConnectionStore } from "../../functions/aws/connection-store.ts";
import { createTallies } from "../../functions/aws/tallies.ts";
import { createTurns } from "../../functions/aws/turns.ts";
import { createWorkflows } from "../../functions/aws/workflows.ts";
import { acceptConnection, type AcceptDeps } from "../../functions/domain/connections/accept-connection.ts";
import { type CancelDeps, cancelConnection } from "../../functions/domain/connections/cancel-connection.ts";
import { redriveConnection } from "../../functions/domain/connections/redrive-connection.ts";
import { createOneByOne } from "../../functions/domain/one-by-one.ts";
import type { ConnectionStore, Opener, Sealer } from "../../functions/domain/ports.ts";
import type { Run } from "../../functions/domain/record/ids.ts";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import { awaitProvisioned } from "../../functions/steps/await-provisioned.ts";
import { recordOutcome } from "../../functions/steps/record-outcome.ts";
import { submit } from "../../functions/steps/submit/submit.ts";
import { sweep, type SweepDeps } from "../../functions/steps/sweep.ts";
import { takeTurn } from "../../functions/steps/take-turn.ts";
import { watchTunnels } from "../../functions/steps/watch-tunnels.ts";
import { deliverWebhook } from "../../functions/webhooks/deliver.ts";
import { createMemoryQuotas } from "../fakes/memory-quotas.ts";
import { testTenant } from "../fakes/memory-tenant-store.ts";
import { nothingToUpgrade } from "../fakes/nothing-to-upgrade.ts";
import { testActor } from "../support/accepting.ts";
import { stepOf } from "../support/step-of.ts";
import { functionTimeouts } from "./assumptions.ts";
import { SimulationGap } from "./expressions.ts";
import { type Chaos, nothing } from "./faults.ts";
import { type Invocation, named } from "./invocation.ts";
import type { Ledger } from "./ledger.ts";
import type { Scheduler } from "./scheduler.ts";
import { arns, type StepFunctions } from "./step-functions.ts";
import type { Table } from "./table.ts";
import type { Tenants } from "./tenants.ts";
import type { Vendors } from "./vendor.ts";

export const tenant = "acme";
const fingerprintKeys = { current: "one", keys: { one: Buffer.from("an hmac key") } };

/** Hides a secret as well as any cipher would from somebody who looks for its text. */
const sealer: Sealer = {
  seal: (context, secret) => Buffer.from(`${context}\0${secret}`).toString("hex").split("").toReversed().join(""),
};

function open(context: string, sealed: string): string {
  const opened = Buffer.from(sealed.split("").toReversed().join(""), "hex").toString();
  const [owner, secret = ""] = opened.split("\0");
  if (owner !== context) throw new Error("the sealed text belongs to another context");
  return secret;
}
const webhookSecret = sealer.seal(
  `tenant:${tenant}`,
  `whsec_${Buffer.from("a webhook secret of 24 b").toString("base64")}`,
);
export const owner = testTenant(tenant, {
  webhookSecrets: [{ sealed: webhookSecret, createdAt: "2026-01-01T00:00:00.000Z" }],
});
const actor = testActor;

/** Seconds after which Lambda ends the function behind a state's resource, such as `TakeTurn`. */
export function secondsOf(resource: string): number {
  const seconds = functionTimeouts[stepOf(resource)];
  if (seconds === undefined) throw new SimulationGap(`there is no function ${resource}`);
  return seconds;
}

interface Wiring {
  scheduler: Scheduler;
  chaos: Chaos;
  ledger: Ledger;
  table: Table;
  vendors: Vendors;
  tenants: Tenants;
  stepFunctions: StepFunctions;
  /** Whether about half of all invocations are of a newer version. */
  hasVersions: boolean;
}

/** The same code, but for a member that it writes and nobody else knows. */
function ofNewerVersion(store: ConnectionStore): ConnectionStore {
  return { ...store, save: (record, options) => store.save(Object.assign({}, record, { ofNewer: 1 }), options) };
}

/** The real code of every function, wired for one invocation: its ports end with it. */
export function wire(wiring: Wiring, invocation: Invocation) {
  const { scheduler, chaos, ledger } = wiring;
  const { pace } = invocation;
  const clock = { now: () => new Date(scheduler.now + invocation.skew) };
  const client = wiring.table.clientFor(invocation);
  const log = (event: string, fields: object) => {
    ledger.noteLog({ event, ...fields });
    const { id: _id, providerRequestId: _request, ...facts } = fields as Record<string, unknown>;
    invocation.say(() => `logs ${event}: ${Object.values(facts).join(" ")}`);
  };
  const own = createConnectionStore({ client, table: "records", clock });
  const store = wiring.hasVersions && pace.chance(0.5) ? ofNewerVersion(own) : own;
  const turns = createTurns({ client, table: "records" });
  const settings = wiring.tenants.storeFor(invocation);
  const tenants: typeof settings = {
    get: (name) => {
      ledger.noteTenantRead(invocation);
      return settings.get(name);
    },
  };
  const workflows = createWorkflows({ client: wiring.stepFunctions.clientFor(invocation), arns });
  const vendor = { store, connectProvider: wiring.vendors.openerFor(invocation), clock, log, timeScale: 1 };
  const opener: Opener = {
    open: (context, sealed) => {
      const isShut = chaos.strike("key", invocation, "open a key", nothing) !== undefined;
      if (isShut) invocation.suffer("key shut");
      return invocation.call("open a key", {
        effectAfter: pace.integer(1, 20),
        answerAfter: 1,
        effect: () => open(context, sealed),
        ...(isShut ? { failure: () => named("KMSInternalException") } : {}),
      });
    },
  };
  const tallies = createTallies({ client, table: "records" });
  const decideOn = (revision: number | undefined) => {
    invocation.decidesOn = revision;
    return revision === undefined ? {} : { revision };
  };
  const change: CancelDeps = {
    store,
    workflows,
    tallies,
    audit: { append: async () => undefined, list: async () => ({ items: [] }) },
    clock,
    log,
  };
  const unfinishedRequests = { isFull: async () => false, add: () => undefined };
  const gatewayQueues = { ahead: () => 0, add: () => undefined };
  const oneByOne = createOneByOne();
  const accept: AcceptDeps = { ...change, sealer, fingerprintKeys, unfinishedRequests, gatewayQueues, oneByOne };
  const sweeping: SweepDeps = { ...vendor, workflows, tallies, upgrade: nothingToUpgrade };

  return {
    accept: (request: CreateRequest) => acceptConnection(accept, { actor, settings: wiring.tenants.current, request }),
    cancel: (id: string, revision?: number) => cancelConnection(change, { actor, id, ...decideOn(revision) }),
    redrive: (id: string, revision?: number) => {
      const settings = wiring.tenants.current;
      invocation.lastTenant = settings;
      const why = { reason: "to see what happens", settings };
      return redriveConnection({ ...change, unfinishedRequests }, { actor, id, ...why, ...decideOn(revision) });
    },
    sweep: (wokenBefore?: Date) => sweep(sweeping, wokenBefore),
    step: (name: string, input: Run): Promise<unknown> => {
      switch (stepOf(name)) {
        case "TakeTurn":
          return takeTurn({ store, tenants, turns, clock, log }, input);
        case "Submit":
          return submit({ ...vendor, tenants, turns, opener }, input);
        case "AwaitProvisioned":
          return awaitProvisioned(vendor, input);
        case "RecordOutcome":
          return recordOutcome({ store, tallies, clock, log }, input);
        case "WatchTunnels":
          return watchTunnels(vendor, input);
        case "DeliverWebhook":
          return deliverWebhook(
            {
              store,
              tenants: { get: async () => owner },
              quotas: createMemoryQuotas(clock),
              opener,
              send: (_url, headers, body) => receiveWebhook(wiring, invocation, input, headers, body),
              clock,
              log,
              random: pace.next,
              timeScale: 1,
            },
            input,
          );
        default:
          return Promise.reject(new SimulationGap(`there is no function ${name}`));
      }
    },
  };
}

/** The callback's side: it may be down, or answer too late. */
function receiveWebhook(
  { chaos, ledger }: Wiring,
  invocation: Invocation,
  { id, generation }: Run,
  headers: Record<string, string>,
  body: string,
) {
  const isDown = chaos.strike("webhook", invocation, "webhook", nothing) !== undefined;
  return invocation.call("webhook", {
    effectAfter: invocation.pace.integer(5, 500),
    answerAfter: invocation.pace.integer(5, 500),
    effect: () => {
      ledger.noteWebhook({ id, generation }, { webhookId: headers["webhook-id"] ?? "", body, isDown });
      return isDown ? { statusCode: 503, outcome: "HTTP 503" } : { statusCode: 200, outcome: "ok" };
    },
  });
}

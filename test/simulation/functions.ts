import { createConnectionStore } from "../../functions/aws/connection-store.ts";
import { createTallies } from "../../functions/aws/tallies.ts";
import { createTurns } from "../../functions/aws/turns.ts";
import { createWorkflows } from "../../functions/aws/workflows.ts";
import { acceptConnection, type AcceptDeps } from "../../functions/domain/connections/accept-connection.ts";
import { type CancelDeps, cancelConnection } from "../../functions/domain/connections/cancel-connection.ts";
import { redriveConnection } from "../../functions/domain/connections/redrive-connection.ts";
import { functionSeconds } from "../../functions/domain/limits.ts";
import { createOneByOne } from "../../functions/domain/one-by-one.ts";
import type { ConnectionStore, Opener, Sealer } from "../../functions/domain/ports.ts";
import type { Run } from "../../functions/domain/record/ids.ts";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import { awaitProvisioned } from "../../functions/steps/await-provisioned.ts";
import { recordOutcome } from "../../functions/steps/record-outcome.ts";
import { submit } from "../../functions/steps/submit/submit.ts";
import { sweep, type SweepDeps } from "../../functions/steps/sweep.ts";
import { takeTurn, type TurnTaken } from "../../functions/steps/take-turn.ts";
import { watchTunnels } from "../../functions/steps/watch-tunnels.ts";
import { deliverWebhook } from "../../functions/webhooks/deliver.ts";
import { createMemoryQuotas } from "../fakes/memory-quotas.ts";
import { testTenant } from "../fakes/memory-tenant-store.ts";
import { nothingToUpgrade } from "../fakes/nothing-to-upgrade.ts";
import { testActor } from "../support/accepting.ts";
import { stepOf } from "../support/step-of.ts";
import type { Chaos } from "./chaos.ts";
import { SimulationGap } from "./expressions.ts";
import type { Invocation } from "./invocation.ts";
import type { Ledger } from "./ledger.ts";
import { type Safeguard, weakenStore, weakenVendor } from "./safeguards.ts";
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
  const [, seconds] =
    Object.entries(functionSeconds).find(([name]) => name.toLowerCase() === stepOf(resource).toLowerCase()) ?? [];
  if (seconds === undefined) throw new SimulationGap(`there is no function ${resource}`);
  return seconds;
}

interface World {
  scheduler: Scheduler;
  chaos: Chaos;
  ledger: Ledger;
  table: Table;
  vendors: Vendors;
  tenants: Tenants;
  stepFunctions: StepFunctions;
  off: Safeguard | undefined;
}

/** The real code of every function, wired for one invocation: its ports end with it. */
export function wire(world: World, invocation: Invocation, run?: Run) {
  const { scheduler, chaos, ledger, off } = world;
  const clock = { now: () => new Date(scheduler.now) };
  const client = world.table.clientFor(invocation);
  const log = (event: string, fields: object) => {
    ledger.noteLog({ event, ...fields });
    const { id: _id, providerRequestId: _request, ...facts } = fields as Record<string, unknown>;
    invocation.say(() => `logs ${event}: ${Object.values(facts).join(" ")}`);
  };
  const store = weakenStore(createConnectionStore({ client, table: "records", clock }), off, run);
  const turns = createTurns({ client, table: "records" });
  const tenants = world.tenants.storeFor(invocation, off);
  const workflows = createWorkflows({ client: world.stepFunctions.clientFor(invocation), arns });
  const connectProvider = weakenVendor(
    world.vendors.openerFor(invocation),
    off,
    () => `t${chaos.random.integer(0, 1e12)}`,
  );
  const vendor = { store, connectProvider, clock, log, timeScale: off === "settle window" ? 0 : 1 };
  const opener: Opener = {
    open: (context, sealed) =>
      invocation.call("open a key", {
        effectAfter: chaos.random.integer(1, 20),
        // The longest stall that a process can have between its intent and its call.
        answerAfter: chaos.strikes("slow") ? chaos.random.integer(1, chaos.random.pick([2000, 50_000])) : 1,
        effect: () => open(context, sealed),
      }),
  };
  const tallies = createTallies({ client, table: "records" });
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
    accept: (request: CreateRequest) => acceptConnection(accept, { actor, settings: world.tenants.current, request }),
    cancel: (id: string) => cancelConnection(change, { actor, id }),
    redrive: (id: string) =>
      redriveConnection(
        { ...change, unfinishedRequests },
        { actor, id, reason: "to see what happens", settings: world.tenants.current },
      ),
    sweep: (wokenBefore?: Date) => sweep(sweeping, wokenBefore),
    step: (name: string, input: Run): Promise<unknown> => {
      switch (stepOf(name)) {
        case "TakeTurn":
          return off === "turn" ? withoutTurn(store, input) : takeTurn({ store, tenants, turns, clock, log }, input);
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
              send: (_url, headers, body) => receiveWebhook(world, invocation, input, headers, body),
              clock,
              log,
              random: chaos.random.next,
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

/** What TakeTurn answers, for a run that has not waited for it. */
async function withoutTurn(store: ConnectionStore, { id }: Run): Promise<TurnTaken> {
  return { provider: (await store.get(id))?.request.provider ?? "alibaba" };
}

/** The callback's side: it may be down, or answer too late. */
function receiveWebhook(
  { chaos, ledger }: World,
  invocation: Invocation,
  { id, generation }: Run,
  headers: Record<string, string>,
  body: string,
) {
  const answers = !chaos.strikes("aws");
  return invocation.call("webhook", {
    effectAfter: chaos.random.integer(5, 500),
    answerAfter: chaos.random.integer(5, 500),
    effect: () => {
      ledger.noteWebhook(id, generation, headers["webhook-id"] ?? "", body);
      return answers ? { statusCode: 200, outcome: "ok" } : { statusCode: 503, outcome: "HTTP 503" };
    },
  });
}

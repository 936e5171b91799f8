import type { ConnectProvider } from "../../functions/domain/provider/provider.ts";
import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import { toOperationId } from "../../functions/domain/record/ids.ts";
import { restart } from "../../functions/domain/record/recovery.ts";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import * as alibabaErrors from "../../functions/providers/alibaba/errors.ts";
import { createProvider as createAlibaba } from "../../functions/providers/alibaba/provider.ts";
import { observe } from "../../functions/providers/observe.ts";
import * as tencentErrors from "../../functions/providers/tencent/errors.ts";
import { createProvider as createTencent } from "../../functions/providers/tencent/provider.ts";
import { awaitProvisioned } from "../../functions/steps/await-provisioned.ts";
import { recordOutcome } from "../../functions/steps/record-outcome.ts";
import { submit } from "../../functions/steps/submit/submit.ts";
import { sweep } from "../../functions/steps/sweep.ts";
import { takeTurn } from "../../functions/steps/take-turn.ts";
import { AlibabaCloud } from "../../packages/simulators/src/alibaba/cloud.ts";
import { CallJournal } from "../../packages/simulators/src/call-journal.ts";
import { exchangeCall } from "../../packages/simulators/src/exchange.ts";
import { type Fault, FaultQueue } from "../../packages/simulators/src/faults.ts";
import { TencentCloud } from "../../packages/simulators/src/tencent/cloud.ts";
import type { ProviderCall } from "../../packages/simulators/src/vendor-call.ts";
import { createFakeClock, type FakeClock } from "../fakes/fake-clock.ts";
import { createMemoryConnectionStore } from "../fakes/memory-connection-store.ts";
import { createMemoryTallies } from "../fakes/memory-tallies.ts";
import { createMemoryTenantStore, testTenant } from "../fakes/memory-tenant-store.ts";
import { createMemoryTurns } from "../fakes/memory-turns.ts";
import { nothingToUpgrade } from "../fakes/nothing-to-upgrade.ts";
import { plainSealer } from "../fakes/plain-sealer.ts";
import { createRecordingLog } from "../fakes/recording-log.ts";
import { createRecordingWorkflows } from "../fakes/recording-workflows.ts";
import { flatten } from "../simulation/vendor-calls.ts";
import { receive } from "../simulation/vendor-errors.ts";
import { createAcceptedRecord } from "./accepting.ts";
import { alibabaRequest, tencentRequest } from "./requests.ts";
import { heardOf } from "./stepping.ts";

const vendorRequests: Record<ProviderName, CreateRequest> = { alibaba: alibabaRequest, tencent: tencentRequest };

/** A call as the vendor got it. */
interface SeenCall {
  /** Milliseconds. */
  at: number;
  action: string;
  /** `ok`, the vendor's code, or `not-performed`. */
  outcome: string;
  /** Alibaba's `ClientToken`. */
  token: unknown;
}

/** A journal without parameters, whose masking takes longer than all else here. */
class PlainJournal extends CallJournal {
  readonly seen: SeenCall[] = [];
  readonly #time: () => number;

  constructor(now: () => number) {
    super(now);
    this.#time = now;
  }

  override record({ action, parameters }: ProviderCall, outcome: string): SeenCall {
    const seen = { at: this.#time(), action, outcome, token: parameters["ClientToken"] };
    this.seen.push(seen);
    return seen;
  }
}

/** A connection that exists at the vendor, shown in lists or not. */
interface SeenConnection {
  id: string;
  name: string;
}

/** A vendor that the steps are tried at: what it does wrong, what it was asked, and what it really has. */
export interface SeenVendor {
  connectProvider: ConnectProvider;
  addFault(fault: Fault): void | Promise<void>;
  configure(settings: Record<string, unknown>): void | Promise<void>;
  calls(): Promise<SeenCall[]>;
  connections(): Promise<SeenConnection[]>;
}

/**
 * A simulated cloud without HTTP, in the time of `clock`. Until it is told to, it compares a create with no other
 * connection, which leaves it to the broker alone that there is only one.
 */
function createCloudInProcess(vendor: ProviderName, clock: FakeClock) {
  const now = () => clock.now().getTime();
  let drawn = 0;
  const random = () => (drawn = (drawn * 16_807 + 12_345) % 2_147_483_647) / 2_147_483_647;
  const { vpnGatewayId, region, vpcId, tunnels } = vendorRequests[vendor];
  const CustomerGatewayId = tunnels[0]?.customerGatewayId ?? "";
  const settings = { comparesWith: "none" } as const;
  // No more than the request needs: thousands of these clouds are made.
  const cloud =
    vendor === "alibaba"
      ? new AlibabaCloud({
          now,
          random,
          settings,
          estate: {
            gateways: [{ VpnGatewayId: vpnGatewayId, RegionId: region }],
            customerGateways: [{ CustomerGatewayId, IpAddress: "198.51.100.1", RegionId: region }],
          },
        })
      : new TencentCloud({
          now,
          random,
          settings,
          estate: {
            gateways: [{ VpnGatewayId: vpnGatewayId, Region: region, VpcId: vpcId }],
            customerGateways: [{ CustomerGatewayId, IpAddress: "198.51.100.1", Region: region }],
          },
        });
  const faults = new FaultQueue();
  const journal = new PlainJournal(now);

  function exchange(action: string, region: string, parameters: Record<string, unknown>) {
    return receive(vendor, exchangeCall({ cloud, faults, journal }, { action, region, parameters }), parameters);
  }

  const connectProvider: ConnectProvider = async (_name, { region, onCall, onWarning }) => {
    const call = async (action: string, parameters: Record<string, unknown>) =>
      exchange(action, region, vendor === "alibaba" ? flatten({ RegionId: region, ...parameters }) : parameters);
    const options = { onCall, onUnclassified: () => undefined, now };
    return vendor === "alibaba"
      ? createAlibaba(observe(call, { ...options, errors: alibabaErrors }), onWarning)
      : createTencent(observe(call, { ...options, errors: tencentErrors }), onWarning);
  };

  return {
    cloud,
    compareCreates: () => void cloud.configure({ comparesWith: "all" }),
    connectProvider,
    addFault: (fault) => faults.add(fault),
    configure: (settings) => void cloud.configure(settings),
    calls: async () => journal.seen,
    async connections() {
      return cloud instanceof AlibabaCloud
        ? cloud.connections().map(({ VpnConnectionId: id, Name: name }) => ({ id, name }))
        : cloud.connections().map(({ VpnConnectionId: id, VpnConnectionName: name }) => ({ id, name }));
    },
  } satisfies SeenVendor & Record<string, unknown>;
}

/** The steps of the workflow at that vendor, with one accepted request in the store. */
export function createRunDeps(record: ConnectionRecord, vendor: SeenVendor, clock: FakeClock) {
  const store = createMemoryConnectionStore(record);
  const { log, lines } = createRecordingLog();
  return {
    ...vendor,
    record,
    store,
    clock,
    log,
    lines,
    opener: plainSealer,
    tenants: createMemoryTenantStore(testTenant(record.tenant)),
    turns: createMemoryTurns(),
    tallies: createMemoryTallies(),
    upgrade: nothingToUpgrade,
    workflows: createRecordingWorkflows(),
    timeScale: 1,
  };
}
export type RunDeps = ReturnType<typeof createRunDeps>;

const accepted = new Map<string, Promise<ConnectionRecord>>();

/** An accepted request at each vendor, by its token. */
export function acceptedAt(vendor: ProviderName, clientToken = "ours"): Promise<ConnectionRecord> {
  const key = `${vendor} ${clientToken}`;
  const known = accepted.get(key) ?? createAcceptedRecord({ ...vendorRequests[vendor], clientToken });
  accepted.set(key, known);
  return known;
}

export async function createInProcess(vendor: ProviderName) {
  const clock = createFakeClock();
  const cloud = createCloudInProcess(vendor, clock);
  const { compareCreates } = cloud;
  return { ...createRunDeps(await acceptedAt(vendor), cloud, clock), cloud: cloud.cloud, compareCreates };
}

export async function saved({ store }: RunDeps, id: string): Promise<ConnectionRecord> {
  const record = await store.get(id);
  if (!record) throw new Error(`there is no ${id}`);
  return record;
}

const waits = ["GatewayBusy", "Throttled", "OutcomeUnclear", "ProviderUnavailable", "StillProvisioning"] as const;
const isWaitedFor = (heard: string) => (waits as readonly string[]).includes(heard);

/** What the workflow does for one request, from its turn to its end, a look every so many milliseconds. */
export async function runToEnd(deps: RunDeps, id = deps.record.id, pause = 60_000): Promise<ConnectionRecord> {
  const { generation } = await saved(deps, id);
  const run = { id, generation };
  for (const step of [takeTurn, submit, awaitProvisioned]) {
    for (;;) {
      const heard = await heardOf(step(deps, run));
      if (heard === "done") break;
      if (!isWaitedFor(heard)) {
        await recordOutcome(deps, { ...run, failure: { Error: heard } });
        return saved(deps, id);
      }
      deps.clock.advance(pause);
    }
    if (step === submit) deps.clock.advance(10_000);
  }
  await recordOutcome(deps, run);
  return saved(deps, id);
}

/** A person has it run again, and the new run goes to its end. */
export async function runAgain(deps: RunDeps): Promise<ConnectionRecord> {
  const ended = await saved(deps, deps.record.id);
  await deps.store.save(restart(ended, deps.clock.now(), { reason: "try again", by: "tests" }));
  return runToEnd(deps);
}

/** The sweeper comes, so late that a last look is due; webhooks' workflows are none of its business here. */
export async function lookLate(deps: RunDeps): Promise<ConnectionRecord> {
  deps.clock.advance(900_000);
  await sweep(deps);
  return saved(deps, deps.record.id);
}

/** The connections that the vendor has for this request. */
export async function connectionsOf(deps: RunDeps, { id }: { id: string } = deps.record): Promise<string[]> {
  const all = await deps.connections();
  return all.filter(({ name }) => name.endsWith(toOperationId(id))).map((one) => one.id);
}

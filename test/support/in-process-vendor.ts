import { createRequire } from "node:module";
import type OpenApiModule from "@alicloud/openapi-core";
import { type DryRunInput, dryRunConnection } from "../../functions/domain/connections/dry-run-connection.ts";
import { ProviderError } from "../../functions/domain/provider/provider-error.ts";
import type { CallProvider, Provider } from "../../functions/domain/provider/provider.ts";
import { toOperationId, toProviderConnectionName } from "../../functions/domain/record/ids.ts";
import { applyDefaults } from "../../functions/domain/request/apply-defaults.ts";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import * as alibabaErrors from "../../functions/providers/alibaba/errors.ts";
import { createProvider as createAlibaba } from "../../functions/providers/alibaba/provider.ts";
import { observe } from "../../functions/providers/observe.ts";
import * as tencentErrors from "../../functions/providers/tencent/errors.ts";
import { createProvider as createTencent } from "../../functions/providers/tencent/provider.ts";
import { AlibabaCloud } from "../../packages/simulators/src/alibaba/cloud.ts";
import { CallJournal } from "../../packages/simulators/src/call-journal.ts";
import { exchangeCall } from "../../packages/simulators/src/exchange.ts";
import { type Fault, FaultQueue } from "../../packages/simulators/src/faults.ts";
import { TencentCloud } from "../../packages/simulators/src/tencent/cloud.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { createMemoryAuditLog } from "../fakes/memory-audit-log.ts";
import { createMemoryConnectionStore } from "../fakes/memory-connection-store.ts";
import { createRecordingLog } from "../fakes/recording-log.ts";
import { receive } from "../simulation/vendor-errors.ts";
import { testActor } from "./accepting.ts";

// Required, because the runner and Node disagree on what a default import of this package is.
const { OpenApiUtil } = createRequire(import.meta.url)("@alicloud/openapi-core") as typeof OpenApiModule;

const errors = { alibaba: alibabaErrors, tencent: tencentErrors };

/** A simulated vendor without HTTP, asked through the real provider, and a broker's table beside it. */
export function createInProcessVendor(name: ProviderName) {
  const clock = createFakeClock();
  const now = () => clock.now().getTime();
  const options = { now, random: createRandom() };
  const cloud = name === "alibaba" ? new AlibabaCloud(options) : new TencentCloud(options);
  const [faults, journal] = [new FaultQueue(), new CallJournal(now)];
  const store = createMemoryConnectionStore();
  const audit = createMemoryAuditLog();
  const { log, lines } = createRecordingLog();

  function open(region: string, warn: (warning: string) => void = () => undefined): Provider {
    const call: CallProvider = async (action, sent) => {
      const parameters =
        name === "alibaba"
          ? Object.fromEntries(new URLSearchParams(OpenApiUtil.toForm({ RegionId: region, ...sent })))
          : (JSON.parse(JSON.stringify(sent)) as Record<string, unknown>);
      return receive(name, exchangeCall({ cloud, faults, journal }, { action, region, parameters }), sent);
    };
    const observation = { onCall: () => undefined, onUnclassified: () => undefined, errors: errors[name], now };
    return (name === "alibaba" ? createAlibaba : createTencent)(observe(call, observation), warn);
  }

  return {
    cloud,
    clock,
    store,
    audit,
    lines,
    journal,
    addFault: (fault: Fault) => faults.add(fault),

    dryRun: (request: CreateRequest, as: Partial<DryRunInput> = {}) =>
      dryRunConnection(
        { store, audit, clock, log, connectProvider: async (_name, { region, onWarning }) => open(region, onWarning) },
        { actor: testActor, request, ...as },
      ),

    /** Sends the create as the real call would after its preflight: the vendor's code, or undefined when it was taken. */
    async create(request: CreateRequest, id = "abcdefghijklmnopqrstuvwxyz"): Promise<string | undefined> {
      const provider = open(request.region);
      const effective = applyDefaults(request);
      const identity = { name: toProviderConnectionName(request.name, id), token: id };
      const { facts } = await provider.preflight(effective, toOperationId(id));
      const keys = request.tunnels.map(({ preSharedKey = `made-for-${id}` }) => preSharedKey);
      try {
        await provider.create(provider.planCreate(effective, identity, facts), keys);
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        return error.facts.providerCode ?? error.facts.class;
      } finally {
        // Its work is done before anything else is asked.
        clock.advance(60_000);
      }
      return undefined;
    },
  };
}

/** The same numbers each time, one after the other. */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

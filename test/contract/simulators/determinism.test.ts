import { describe, expect, it } from "vitest";
import { AlibabaCloud } from "../../../packages/simulators/src/alibaba/cloud.ts";
import { CallJournal } from "../../../packages/simulators/src/call-journal.ts";
import { type Exchange, exchangeCall } from "../../../packages/simulators/src/exchange.ts";
import { FaultQueue } from "../../../packages/simulators/src/faults.ts";
import { TencentCloud } from "../../../packages/simulators/src/tencent/cloud.ts";
import { ike, plainCreate as alibabaCreate } from "./alibaba-harness.ts";
import { plainCreate as tencentCreate } from "./tencent-harness.ts";

/** A small linear congruential generator: equal seeds, equal runs. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const { IkeConfig: _text, ...alibabaPlain } = alibabaCreate({ EffectImmediately: "true", IkeConfig: ike() });
const runs = [
  {
    vendor: "alibaba",
    Cloud: AlibabaCloud,
    call: { action: "CreateVpnConnection", region: "cn-shanghai", parameters: alibabaPlain },
  },
  {
    vendor: "tencent",
    Cloud: TencentCloud,
    call: { action: "CreateVpnConnection", region: "ap-shanghai", parameters: tencentCreate() },
  },
] as const;

describe.each(runs)("the pure $vendor cloud", ({ Cloud, call }) => {
  const run = (seed: number): unknown => {
    let time = 1_700_000_000_000;
    const cloud = new Cloud({ now: () => time, random: seeded(seed), provisioningMilliseconds: 1_000 });
    const answers = [cloud.handle(call), cloud.handle(call)];
    time += 1_000;
    return [...answers, cloud.handle(call), cloud.inspect()];
  };

  it("answers without HTTP, the same for the same seed and clock", () => {
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it("continues from a snapshot as if nothing had happened", () => {
    const options = { now: () => 1_700_000_000_000, random: seeded(1) };
    const first = new Cloud(options);
    first.handle(call);
    const second = new Cloud(options);
    second.restore(JSON.parse(JSON.stringify(first.snapshot())));
    expect(second.inspect()).toEqual(first.inspect());
    expect(() => second.restore({ gateways: [] })).toThrow();
  });

  const createExchange = (): Exchange => {
    const now = () => 1_700_000_000_000;
    return { cloud: new Cloud({ now, random: seeded(1) }), faults: new FaultQueue(), journal: new CallJournal(now) };
  };

  it.each([
    ["and is written down then", false, "ok"],
    ["unless it is forgotten before", true, "not-performed"],
  ])("has the effect of a late call when it is told to, %s", (_case, isForgotten, outcome) => {
    const exchange = createExchange();
    exchange.faults.add({ action: "*", kind: "late", milliseconds: 60_000, closedAfterMilliseconds: 20_000, times: 1 });
    const delivery = exchangeCall(exchange, call);
    expect(delivery).toMatchObject({ kind: "hang", milliseconds: 20_000, late: { afterMilliseconds: 60_000 } });
    expect(exchange.cloud.inspect()["connections"]).toEqual([]);
    expect(exchange.journal.entries()).toMatchObject([{ outcome: "not-performed", fault: "late" }]);
    if (isForgotten) exchange.faults.clear();
    if (delivery.kind === "hang") delivery.late?.perform();
    expect(exchange.cloud.inspect()["connections"]).toHaveLength(isForgotten ? 0 : 1);
    expect(exchange.journal.entries()).toMatchObject([{ outcome, fault: "late" }]);
  });

  it("meets faults without HTTP too", () => {
    const exchange = createExchange();
    exchange.faults.add({ action: "*", kind: "reset-after", times: 1 });
    expect(exchangeCall(exchange, call)).toEqual({ kind: "reset" });
    expect(exchange.cloud.inspect()["connections"]).toHaveLength(1);
  });
});

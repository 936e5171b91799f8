import { beforeAll, describe, expect, it } from "vitest";
import { settleSeconds } from "../../functions/domain/limits.ts";
import type { ConnectionRecord } from "../../functions/domain/record/connection-record.ts";
import { toProviderConnectionName } from "../../functions/domain/record/ids.ts";
import type { ProviderName } from "../../functions/domain/values.ts";
import * as alibaba from "../../functions/providers/alibaba/errors.ts";
import * as tencent from "../../functions/providers/tencent/errors.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { createCloudOverHttp } from "../support/vendor-over-http.ts";
import {
  acceptedAt,
  createRunDeps,
  connectionsOf,
  createInProcess,
  lookLate,
  runAgain,
  runToEnd,
  type RunDeps,
} from "../support/vendor-stepping.ts";

const create = "CreateVpnConnection";
const errors = { alibaba, tencent };
const codesOf = (vendor: ProviderName) => Object.keys(errors[vendor].providerErrors);

/** What happened before the sending that is answered with the code. */
const histories = {
  alibaba: ["first", "repeat", "put off", "redriven", "redriven at once"],
  tencent: ["first", "void", "put off", "redriven", "redriven at once"],
} as const;
type History = (typeof histories)[ProviderName][number];

/** So often Alibaba's token is repeated before it is given up. */
const repeats = 4;
const busy = { alibaba: "TaskConflict", tencent: "ResourceInUse" };
const refused = { alibaba: "IllegalParam.LocalSubnet", tencent: "InvalidParameterValue.TooLong" };
const definite = ["validation", "auth", "quota", "not-found", "exists"];

/** How many sendings were answered before the one in question. */
function sendsBefore(vendor: ProviderName, history: History): number {
  if (history === "first") return 0;
  return history === "put off" && vendor === "alibaba" ? repeats : 1;
}

/** Leads there; the next sending is the one in question. */
async function leadUp(deps: RunDeps, vendor: ProviderName, history: History): Promise<void> {
  if (history === "void" || history === "repeat")
    await deps.addFault({ action: create, kind: "reset-before", times: 1 });
  if (history === "put off") {
    await deps.addFault({ action: create, kind: "error", code: busy[vendor], times: sendsBefore(vendor, history) });
  }
  if (history === "redriven" || history === "redriven at once") {
    const kind = history === "redriven" ? "error" : "error-after-effect";
    await deps.addFault({ action: create, kind, code: refused[vendor], times: 1 });
    const ended = await runToEnd(deps);
    expect(ended.status).toBe("failed");
  }
}

interface Case {
  vendor: ProviderName;
  history: History;
  /** Milliseconds. */
  lag: number;
  effect: "before" | "after";
  times: number;
}

const cases = (["alibaba", "tencent"] as const).flatMap((vendor) =>
  histories[vendor].flatMap((history) =>
    [
      { effect: "before" as const, times: 1, lag: 30_000 },
      { effect: "before" as const, times: 999, lag: 0 },
      { effect: "after" as const, times: 1, lag: 0 },
      { effect: "after" as const, times: 999, lag: 30_000 },
    ].map((answer): Case => ({ vendor, history, ...answer })),
  ),
);

async function play({ vendor, history, lag, effect, times }: Case, code: string, deps: RunDeps) {
  await deps.configure({ visibleAfterMilliseconds: lag });
  await leadUp(deps, vendor, history);
  // What passes is asked for some 24 minutes before it is given up: once over is enough.
  const lasts = history === "first" || definite.includes(errors[vendor].classify(code).class);
  const kind = effect === "before" ? "error" : "error-after-effect";
  await deps.addFault({ action: create, kind, code, times: lasts ? times : Math.min(times, 5) });
  const again = history === "redriven" || history === "redriven at once";
  const ended = await (again ? runAgain(deps) : runToEnd(deps));
  return { ended, made: await connectionsOf(deps) };
}

type Played = Awaited<ReturnType<typeof play>>;

/** What is wrong with how it ended, given what is there. */
async function flawsOfEnd(
  { vendor, history, times }: Case,
  code: string,
  { ended, made }: Played,
  deps: RunDeps,
): Promise<string[]> {
  const { class: kind, mayBeOurs, token, clock } = errors[vendor].classify(code);
  const { status, error, lastLook, providerConnectionId } = ended;
  const name = toProviderConnectionName(ended.request.name, ended.id);
  const [only] = made;
  const unnamed = status === "unknown" && !error?.advice.includes(name) ? ["the advice does not have the name"] : [];
  if (made.length > 1) return ["two connections"];
  if (only === undefined) {
    const unheard = history !== "first" && history !== "redriven" && history !== "redriven at once";
    // Time is over while the last "not now" may still have had an effect.
    const late = error?.code === "deadline_exceeded" && !definite.includes(kind);
    const doubtful = (mayBeOurs === true && unheard) || kind === "ambiguous" || token === "in-progress" || late;
    return [
      ...unnamed,
      ...(status === "failed" || (status === "unknown" && doubtful) ? [] : [`${status}, and nothing is there`]),
      ...(error?.providerCode === code ? [] : [`told as ${error?.providerCode}`]),
      ...(error?.message.includes(code) ? [] : [`told without the code: ${error?.message}`]),
      ...(clock && times > 2 && error?.code !== "provider_auth" ? [`a clock told as ${error?.code}`] : []),
      ...(error?.message.includes("lost") ? [`told as lost: ${error.message}`] : []),
    ];
  }
  if (status === "succeeded") return providerConnectionId === only ? [] : ["another connection"];
  if (status === "failed" && !definite.includes(kind)) return [`failed by ${kind}, and a connection is there`];
  const found = (await lookLate(deps)).providerConnectionId;
  return [...unnamed, ...(lastLook === "due" && found === only ? [] : [`${status}, ${lastLook}, then ${found}`])];
}

/** Between an answer and another attempt there is a look, and it is one that no list can lag behind. */
async function flawsOfLooks({ vendor, history }: Case, code: string, deps: RunDeps): Promise<string[]> {
  const inProgress = errors[vendor].classify(code).token === "in-progress";
  const calls = await deps.calls();
  const creates = calls.flatMap((call, index) => (call.action === create ? [{ ...call, index }] : []));
  return creates.slice(1).flatMap((next, index) => {
    const before = creates[index];
    if (!before) return [];
    const looks = calls.slice(before.index + 1, next.index).filter(({ action }) => action === "DescribeVpnConnections");
    if (looks.length === 0) return [`${index + 2}nd sending without a look`];
    if (next.token !== undefined && next.token === before.token) return [];
    return [
      ...(looks.some(({ at }) => at >= before.at + settleSeconds * 1000)
        ? []
        : ["a new attempt before lists are sure"]),
      ...(inProgress && index >= sendsBefore(vendor, history) ? ["a new token while the first runs"] : []),
    ];
  });
}

/** Every call stands on the timeline as often as the vendor saw it. */
async function flawsOfTimeline(deps: RunDeps, { events }: ConnectionRecord): Promise<string[]> {
  const counts = new Map<string, number>();
  const count = (action: string, by: number) => counts.set(action, (counts.get(action) ?? 0) + by);
  for (const event of events) if (event.type === "vendor_call") count(event.action, event.count);
  for (const { action } of await deps.calls()) count(action, -1);
  return [...counts].filter(([, by]) => by !== 0).map(([action, by]) => `${action} is told ${by} times too often`);
}

async function flawsOf(one: Case, code: string, deps: RunDeps): Promise<string[]> {
  const played = await play(one, code, deps);
  const { ended } = played;
  const flaws = [
    ...(await flawsOfTimeline(deps, ended)),
    ...(await flawsOfLooks(one, code, deps)),
    ...(await flawsOfEnd(one, code, played, deps)),
  ];
  return flaws.map((flaw) => `${code}: ${flaw}`);
}

describe.each(cases)("$vendor, $history, lists lag $lag ms, $times times $effect the effect", (one) => {
  it("holds for every code", async () => {
    const flaws: string[] = [];
    for (const code of codesOf(one.vendor))
      flaws.push(...(await flawsOf(one, code, await createInProcess(one.vendor))));
    expect(flaws).toEqual([]);
  });
});

/** One code of each class, by what the SDKs make of them. */
const oneOfEach = (["alibaba", "tencent"] as const).flatMap((vendor) => {
  const byClass = new Map(codesOf(vendor).map((code) => [errors[vendor].classify(code).class, code]));
  return [...byClass.values()].flatMap((code) =>
    (["before", "after"] as const).map((effect): Case & { code: string } => ({
      vendor,
      history: vendor === "alibaba" ? "repeat" : "void",
      lag: 30_000,
      effect,
      times: 1,
      code,
    })),
  );
});

describe.each(["alibaba", "tencent"] as const)("through the SDK of %s", (vendor) => {
  const clock = createFakeClock();
  let cloud: Awaited<ReturnType<typeof createCloudOverHttp>>;
  beforeAll(async () => {
    cloud = await createCloudOverHttp(vendor, clock);
    return cloud.close;
  });

  it.each(oneOfEach.filter((one) => one.vendor === vendor))("$code, $effect the effect", async ({ code, ...one }) => {
    await cloud.reset();
    const record = await acceptedAt(vendor);
    clock.advance(Date.parse(record.createdAt) - clock.now().getTime());
    expect(await flawsOf(one, code, createRunDeps(record, cloud, clock))).toEqual([]);
  });
});

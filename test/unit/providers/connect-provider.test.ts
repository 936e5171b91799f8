import { describe, expect, it } from "vitest";
import type { ReadCredentials } from "../../../functions/domain/provider/credentials.ts";
import { ProviderError } from "../../../functions/domain/provider/provider-error.ts";
import type { ProviderCall } from "../../../functions/domain/provider/provider.ts";
import { providers } from "../../../functions/domain/values.ts";
import { createConnectProvider } from "../../../functions/providers/connect-provider.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createRecordingLog } from "../../fakes/recording-log.ts";

const own = { accessKeyId: "own-id", accessKeySecret: "own-secret" };
const pair = { accessKeyId: "team-id", accessKeySecret: "team-secret" };
const minutes = 60_000;
const missing = new ProviderError({ class: "auth", action: "ReadCredentials", beforehand: "none", advice: "Store." });
const outOfReach = new ProviderError({
  class: "retry",
  action: "ReadCredentials",
  beforehand: "none",
  advice: "Wait.",
});

/** Opens vendors while the credentials' store answers as told, and notes what it was asked. */
function createOpener(answer: ReadCredentials = async () => pair) {
  const asked: string[] = [];
  const calls: ProviderCall[] = [];
  const clock = createFakeClock();
  const open = createConnectProvider({
    access: { alibaba: own, tencent: own },
    readCredentials(provider, reference) {
      asked.push(`${provider} ${reference}`);
      return answer(provider, reference);
    },
    clock,
    now: () => clock.now().getTime(),
    log: createRecordingLog().log,
  });
  return {
    asked,
    calls,
    clock,
    open: (provider: (typeof providers)[number], credentials?: string) =>
      open(provider, {
        region: "cn-shanghai",
        onCall: (call) => calls.push(call),
        onWarning: () => undefined,
        ...(credentials === undefined ? {} : { credentials }),
      }),
  };
}

describe("credentials behind a reference", () => {
  it.each(providers)("are not asked for where %s is called with the broker's own", async (provider) => {
    const { open, asked } = createOpener(() => Promise.reject(missing));
    await open(provider);
    expect(asked).toEqual([]);
  });

  it.each(providers)("are remembered for five minutes: %s", async (provider) => {
    const { open, asked, calls, clock } = createOpener();
    await open(provider, "team-a");
    clock.advance(5 * minutes - 1);
    await open(provider, "team-a");
    expect(asked).toEqual([`${provider} team-a`]);
    clock.advance(1);
    await open(provider, "team-a");
    expect(asked).toHaveLength(2);
    expect(calls).toEqual([]);
  });

  it("are remembered by vendor and reference", async () => {
    const { open, asked } = createOpener();
    await open("alibaba", "team-a");
    await open("alibaba", "team-b");
    await open("tencent", "team-a");
    expect(asked).toEqual(["alibaba team-a", "alibaba team-b", "tencent team-a"]);
  });

  it("are read once for many who come at the same time", async () => {
    const { open, asked } = createOpener();
    await Promise.all([open("alibaba", "team-a"), open("alibaba", "team-a"), open("alibaba", "team-a")]);
    expect(asked).toHaveLength(1);
  });

  it.each([missing, outOfReach])("are asked for again when they could not be read: $facts.class", async (error) => {
    let there = false;
    const { open, asked, calls } = createOpener(() => (there ? Promise.resolve(pair) : Promise.reject(error)));
    await expect(open("alibaba", "team-a")).rejects.toBe(error);
    expect(calls).toEqual([{ action: "ReadCredentials", outcome: error.facts.class, durationMilliseconds: 0 }]);
    there = true;
    await open("alibaba", "team-a");
    expect(asked).toHaveLength(2);
  });

  it("that were read are not forgotten because an older read fails late", async () => {
    let fail: (error: Error) => void = () => undefined;
    const late = new Promise<never>((_, reject) => (fail = reject));
    const { open, asked, clock } = createOpener(() => (asked.length === 1 ? late : Promise.resolve(pair)));
    const first = open("alibaba", "team-a");
    clock.advance(5 * minutes);
    await open("alibaba", "team-a");
    fail(outOfReach);
    await expect(first).rejects.toBe(outOfReach);
    await open("alibaba", "team-a");
    expect(asked).toHaveLength(2);
  });

  it("are never the broker's own, whatever the reference is", async () => {
    const { open, asked } = createOpener(() => Promise.reject(missing));
    await expect(open("alibaba", "")).rejects.toBe(missing);
    expect(asked).toEqual(["alibaba "]);
  });
});

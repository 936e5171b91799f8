import { describe, expect, it } from "vitest";
import { limitCalls } from "../../../functions/aws/limit-calls.ts";

/** Calls that end when the test says so, behind a limit. */
function createCalls(limits: { maxCalls: number; maxWaiting: number }) {
  const underWay: { name: string; end: () => Promise<void>; fail: () => Promise<void> }[] = [];
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const call = limitCalls(limits)(
    (name: string) =>
      new Promise<string>((resolve, reject) => {
        const over = (act: () => void) => {
          underWay.splice(underWay.indexOf(one), 1);
          act();
          return settled();
        };
        const one = {
          name,
          end: () => over(() => resolve(name)),
          fail: () => over(() => reject(new Error(`${name} failed`))),
        };
        underWay.push(one);
      }),
  );
  return {
    call,
    underWay,
    names: async () => {
      await settled();
      return underWay.map(({ name }) => name);
    },
  };
}

describe("calls of one client", () => {
  it("are under way together up to a limit, and follow in order of arrival, also after one that failed", async () => {
    const { call, underWay, names } = createCalls({ maxCalls: 2, maxWaiting: 10 });
    const results = ["a", "b", "c", "d", "e"].map((name) => call(name).catch((error: Error) => error.message));
    expect(await names()).toEqual(["a", "b"]);
    await underWay[1]?.fail();
    expect(await names()).toEqual(["a", "c"]);
    await underWay[0]?.end();
    await underWay[0]?.end();
    await underWay[0]?.end();
    await underWay[0]?.end();
    expect(await Promise.all(results)).toEqual(["a", "b failed", "c", "d", "e"]);
    void call("f");
    expect(await names()).toEqual(["f"]);
  });

  it("are refused before too many wait, with when to come again, and let in once there is room", async () => {
    const { call, underWay, names } = createCalls({ maxCalls: 1, maxWaiting: 1 });
    const kept = [call("a"), call("b")];
    await expect(call("c")).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 2 });
    await underWay[0]?.end();
    kept.push(call("d"));
    expect(await names()).toEqual(["b"]);
    await underWay[0]?.end();
    await underWay[0]?.end();
    expect(await Promise.all(kept)).toEqual(["a", "b", "d"]);
  });
});

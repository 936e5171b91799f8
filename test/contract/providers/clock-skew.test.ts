import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ProviderError } from "../../../functions/domain/provider/provider-error.ts";
import { systemClock } from "../../../functions/entries/wiring.ts";
import { createConnectProvider } from "../../../functions/providers/connect-provider.ts";
import { noReferences } from "../../support/no-references.ts";

const vendors = {
  alibaba: {
    clock: { status: 400, body: { Code: "InvalidTimeStamp.Expired", Message: "late", RequestId: "r-1" } },
    other: { status: 400, body: { Code: "VpnTask.CONFLICT", Message: "busy", RequestId: "r-1" } },
  },
  tencent: {
    clock: {
      status: 200,
      body: { Response: { Error: { Code: "AuthFailure.SignatureExpire", Message: "late" }, RequestId: "r-1" } },
    },
    other: { status: 200, body: { Response: { Error: { Code: "ResourceInUse", Message: "busy" }, RequestId: "r-1" } } },
  },
} as const;

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe.each(["alibaba", "tencent"] as const)("%s", (vendor) => {
  /** The failure of a read, through the vendor's own SDK, at a vendor whose clock is so many seconds ahead of ours. */
  async function failureAt(secondsAhead: number | undefined, kind: "clock" | "other") {
    const { status, body } = vendors[vendor][kind];
    server = createServer((request, response) => {
      request.resume();
      response.sendDate = false;
      const date = secondsAhead === undefined ? "no date" : new Date(Date.now() + secondsAhead * 1000).toUTCString();
      response.writeHead(status, { "content-type": "application/json", date }).end(JSON.stringify(body));
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const access = { endpoint, accessKeyId: "id", accessKeySecret: "secret" };
    const open = createConnectProvider({
      access: { alibaba: access, tencent: access },
      readCredentials: noReferences,
      clock: systemClock,
      now: () => performance.now(),
      log: () => undefined,
    });
    const provider = await open(vendor, { region: "cn-shanghai", onCall: () => undefined, onWarning: () => undefined });
    const failure = await provider.exists("x-1").catch((error: unknown) => error);
    if (!(failure instanceof ProviderError)) throw new Error("the call must fail");
    return failure.facts;
  }

  it.each([
    [3600, "behind"],
    [-3600, "ahead of"],
  ])("says how far our clock is from one that is %d seconds ahead", async (secondsAhead, direction) => {
    const { advice, ...facts } = await failureAt(secondsAhead, "clock");
    expect(facts).toMatchObject({ class: "retry", clock: true, providerRequestId: "r-1" });
    expect(advice).toMatch(/^Check the clock .*\. The clock of the broker is /);
    expectAbout(3600, advice);
    expect(advice).toContain(`seconds ${direction} the vendor's.`);
  });

  it("says it of nothing but the clock", async () => {
    const { advice, ...facts } = await failureAt(3600, "other");
    expect(facts).toMatchObject({ class: "conflict" });
    expect(facts).not.toHaveProperty("clock");
    expect(advice).not.toContain("clock");
  });

  it("keeps what it knows where an answer has no date that can be read", async () => {
    await failureAt(7200, "other");
    expectAbout(7200, (await failureAt(undefined, "clock")).advice);
  });
});

/** The header has whole seconds, and the test machine may be slow. */
function expectAbout(seconds: number, advice: string): void {
  const [, told] = /(\d+) seconds/.exec(advice) ?? [];
  expect(Math.abs(Number(told) - seconds)).toBeLessThan(120);
}

import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Credentials } from "../../../functions/domain/provider/credentials.ts";
import type { Provider } from "../../../functions/domain/provider/provider.ts";
import { applyDefaults } from "../../../functions/domain/request/apply-defaults.ts";
import { systemClock } from "../../../functions/entries/wiring.ts";
import { createConnectProvider } from "../../../functions/providers/connect-provider.ts";
import { startAlibabaSimulator } from "../../../packages/simulators/src/alibaba/server.ts";
import type { Simulator } from "../../../packages/simulators/src/simulator.ts";
import { startTencentSimulator } from "../../../packages/simulators/src/tencent/server.ts";
import { credentialsFailure } from "../../support/credentials-failure.ts";
import { alibabaRequest, tencentRequest } from "../../support/requests.ts";

const accessKey = { id: "team-a-id", secret: "team-a-secret" };
const right = { accessKeyId: accessKey.id, accessKeySecret: accessKey.secret };
const wrong = { accessKeyId: accessKey.id, accessKeySecret: "wrong-MARKER" };

const providers = [
  { provider: "alibaba", start: startAlibabaSimulator, request: alibabaRequest },
  { provider: "tencent", start: startTencentSimulator, request: tencentRequest },
] as const;

describe.each(providers)("calls to $provider are signed", ({ provider, start, request }) => {
  let simulator: Simulator;
  let stored: Record<string, Credentials>;
  let asked: string[];
  let open: (reference?: string) => Promise<Provider>;
  beforeAll(async () => {
    simulator = await start({ accessKey });
    return () => simulator.close();
  });
  beforeEach(() => {
    stored = {};
    asked = [];
    const own = { ...wrong, endpoint: simulator.url };
    const connectProvider = createConnectProvider({
      access: { alibaba: own, tencent: own },
      async readCredentials(_provider, reference) {
        asked.push(reference);
        return stored[reference] ?? wrong;
      },
      clock: systemClock,
      now: () => performance.now(),
      log: () => undefined,
    });
    open = (credentials) =>
      connectProvider(provider, {
        region: request.region,
        onCall: () => undefined,
        onWarning: () => undefined,
        ...(credentials === undefined ? {} : { credentials }),
      });
  });
  const preflight = (provider: Provider) => provider.preflight(applyDefaults(request), "abcdefghijkl");

  it("by the pair behind the reference", async () => {
    stored["team-a"] = right;
    await expect(preflight(await open("team-a"))).resolves.toMatchObject({ flaws: [] });
  });

  it("by the broker's own pair without a reference", async () => {
    const { facts } = await credentialsFailure(preflight(await open()));
    expect(facts).toMatchObject({ class: "auth" });
    expect(facts.advice).not.toContain("the tenant's credentials");
    expect(asked).toEqual([]);
  });

  it("wrongly by a wrong pair, and the advice says whose it was", async () => {
    const { facts, texts } = await credentialsFailure(preflight(await open("team-b")));
    expect(facts).toMatchObject({ class: "auth", providerCode: expect.any(String) });
    expect(facts.advice).toMatch(/^The call was made with the tenant's credentials "team-b"\. .*accessKeyId.*\.$/);
    expect(facts.advice).not.toMatch(/ALIBABA_CLOUD|TENCENTCLOUD/);
    expect(texts).not.toContain("MARKER");
  });

  it("by the new pair right after the vendor has refused the old one", async () => {
    await credentialsFailure(preflight(await open("team-a")));
    stored["team-a"] = right;
    await expect(preflight(await open("team-a"))).resolves.toMatchObject({ flaws: [] });
    await preflight(await open("team-a"));
    expect(asked).toEqual(["team-a", "team-a"]);
  });
});

import { expect, it } from "vitest";
import type { Connection } from "../../packages/client/src/index.ts";
import { runCli } from "../support/cli.ts";
import { carryThroughLosses } from "../support/lossy-runs.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const runs = Number(process.env["CLIENT_RUNS"] ?? 3);
const seed = Number(process.env["CLIENT_SEED"] ?? 1);
const stack = useTestStack({ LOCAL_TIME_SCALE: "0.005" });

const codes: Partial<Record<Connection["status"], number>> = { succeeded: 0, failed: 3 };

it(
  "vpn-broker create --wait carries them through the same, each with its true exit code",
  () =>
    carryThroughLosses(stack(), { runs, seed }, async (url, request) => {
      const environment = { VPN_BROKER_URL: url, VPN_BROKER_API_KEY: stack().apiKey };
      const token = crypto.randomUUID();
      for (;;) {
        const given = ["create", "--wait", "--json", "--client-token", token, "-f", "-"];
        const { code, stdout, stderr } = await runCli(given, environment, JSON.stringify(request));
        // So often no answer that it gave up, before or after its request was accepted: its token is there for that.
        if (code === 1) {
          expect([stdout, stderr]).toEqual(["", expect.stringMatching(/"code":"(no_answer|unreadable_answer)"/)]);
          continue;
        }
        const end = JSON.parse(stdout) as Connection;
        expect(code, stderr).toBe(codes[end.status]);
        expect(stderr).toContain(end.id);
        return end;
      }
    }),
  60_000 + runs * 30_000,
);

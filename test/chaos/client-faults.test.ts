import { setTimeout as sleep } from "node:timers/promises";
import { it } from "vitest";
import { type Clock, ConnectionFailedError, createClient } from "../../packages/client/src/index.ts";
import { carryThroughLosses } from "../support/lossy-runs.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const runs = Number(process.env["CLIENT_RUNS"] ?? 10);
const seed = Number(process.env["CLIENT_SEED"] ?? 1);
const stack = useTestStack({ LOCAL_TIME_SCALE: "0.005" });

/** A second of the client's retries is 20 milliseconds. */
const pace = 50;
const clock: Clock = {
  now: () => performance.now() * pace,
  random: () => 0.5,
  sleep: (milliseconds, signal) =>
    sleep(Math.min(milliseconds / pace, 2 ** 31 - 1), undefined, { signal }).catch(() => undefined),
};
/** Longer than any computer needs: only answers that never come would end it. */
const patience = 600 * pace;
const limits = { maxRetries: 1000, timeoutSeconds: patience, attemptTimeoutSeconds: patience };

it(
  "carries both vendors' samples through a network that delays, drops and resets, each to one connection and its true end",
  () =>
    carryThroughLosses(stack(), { runs, seed }, (url, request) => {
      const client = createClient({ url, apiKey: stack().apiKey, ...limits }, clock);
      return client.createAndWait(request, { timeoutSeconds: patience }).catch((error: unknown) => {
        if (error instanceof ConnectionFailedError) return error.connection;
        throw error;
      });
    }),
  60_000 + runs * 10_000,
);

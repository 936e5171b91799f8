import { expect, it } from "vitest";
import { ProviderError } from "../../../functions/domain/provider/provider-error.ts";
import type { ProviderCall } from "../../../functions/domain/provider/provider.ts";
import { observe } from "../../../functions/providers/observe.ts";

it("a failed call is told with its code, its request id and the time to stay away", async () => {
  const told: ProviderCall[] = [];
  const facts = { class: "retry", action: "Describe", advice: "Wait.", providerCode: "Throttling.User" } as const;
  const failure = new ProviderError({ ...facts, providerRequestId: "R-1", retryAfterSeconds: 3 });
  const call = observe(() => Promise.reject(new Error("throttled")), {
    onCall: (one) => told.push(one),
    onUnclassified: () => undefined,
    errors: { toProviderError: () => failure, classify: () => ({ known: true }) },
    now: () => 0,
  });
  await expect(call("Describe", {})).rejects.toBe(failure);
  const told1 = { action: "Describe", outcome: "Throttling.User", durationMilliseconds: 0 };
  expect(told).toEqual([{ ...told1, providerRequestId: "R-1", retryAfterSeconds: 3 }]);
});

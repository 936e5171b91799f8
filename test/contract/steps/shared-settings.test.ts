import { expect, it } from "vitest";
import { acceptedAt, createInProcess, runToEnd } from "../../support/vendor-stepping.ts";

/** Two requests between the same gateways, one after the other, and what the second one is warned of. */
async function second(deps: Awaited<ReturnType<typeof createInProcess>>) {
  await runToEnd(deps);
  const next = await acceptedAt("alibaba", "theirs");
  deps.store.put({ ...next, request: { ...next.request, allowDuplicate: true } });
  return runToEnd(deps, next.id);
}

it("a second connection between the same gateways is warned of what it must share with the first, the first is not", async () => {
  const deps = await createInProcess("alibaba");
  const { warnings, providerConnectionId } = await second(deps);
  expect(warnings.filter((warning) => warning.includes("same IKE settings"))).toHaveLength(1);
  const first = await deps.store.get(deps.record.id);
  // It may be another tenant's.
  expect(warnings.join()).not.toContain(first?.providerConnectionId);
  expect(warnings.join()).not.toContain(providerConnectionId);
  expect(first?.warnings.join()).not.toContain("same IKE settings");
});

it("a list that cannot be read for the warning stops no create", async () => {
  const deps = await createInProcess("alibaba");
  await deps.addFault({ action: "DescribeVpnConnections", kind: "reset-before", times: 9 });
  expect((await second(deps)).status).toBe("succeeded");
});

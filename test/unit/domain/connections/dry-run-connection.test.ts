import { describe, expect, it } from "vitest";
import { dryRunConnection } from "../../../../functions/domain/connections/dry-run-connection.ts";
import { type ErrorClass, ProviderError } from "../../../../functions/domain/provider/provider-error.ts";
import type { ConnectProvider, Provider } from "../../../../functions/domain/provider/provider.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryAuditLog } from "../../../fakes/memory-audit-log.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { testActor } from "../../../support/accepting.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";

/** A dry run for a tenant with these credentials, and as whom each call was made. */
async function dryRun(credentials: string | undefined, failure?: ErrorClass) {
  const called: [action: string, as: string | undefined][] = [];
  const connectProvider: ConnectProvider = async (_name, { credentials: as }) => {
    if (as !== undefined && failure) {
      const beforehand = "the credentials cannot be read";
      throw new ProviderError({ class: failure, action: "ReadCredentials", beforehand, advice: "Store them." });
    }
    return {
      planCreate: () => ({ action: "CreateVpnConnection", parameters: {} }),
      async preflight() {
        called.push(["preflight", as]);
        return { flaws: [], facts: {} };
      },
      survey: async () => ({ flaws: [] }),
      async rehearse() {
        called.push(["rehearse", as]);
        return {};
      },
    } as Partial<Provider> as Provider;
  };
  const answer = await dryRunConnection(
    {
      store: createMemoryConnectionStore(),
      audit: createMemoryAuditLog(),
      connectProvider,
      clock: createFakeClock(),
      log: () => undefined,
    },
    { actor: testActor, request: validAlibabaRequest(), ...(credentials === undefined ? {} : { credentials }) },
  );
  return { ...answer, called };
}

describe("a dry run", () => {
  it.each([undefined, "team-a"])("asks the vendor with the tenant's credentials: %s", async (credentials) => {
    const { ok, called } = await dryRun(credentials);
    expect(ok).toBe(true);
    expect(called).toEqual([
      ["preflight", credentials],
      ["rehearse", credentials],
    ]);
  });

  it("says that the real call would find no credentials, and what it would send with them", async () => {
    expect(await dryRun("team-a", "auth")).toMatchObject({
      ok: false,
      errors: [{ code: "provider_auth", detail: "the credentials cannot be read. Store them." }],
      vendorRequest: { action: "CreateVpnConnection" },
      called: [],
    });
  });

  it("can say nothing while the credentials are out of reach", async () => {
    await expect(dryRun("team-a", "retry")).rejects.toMatchObject({ name: "DomainError", code: "unavailable" });
  });
});

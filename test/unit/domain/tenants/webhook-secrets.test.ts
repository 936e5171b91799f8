import { describe, expect, it } from "vitest";
import type { Tenant } from "../../../../functions/domain/tenants/tenant.ts";
import {
  createWebhookSecret,
  openWebhookSecrets,
  replaceSecret,
} from "../../../../functions/domain/tenants/webhook-secrets.ts";
import { testTenant } from "../../../fakes/memory-tenant-store.ts";
import { plainSealer } from "../../../fakes/plain-sealer.ts";

const now = new Date("2026-03-01T00:00:00.000Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const replace = (tenant: Tenant, secret: string, graceSeconds = 60, at = now) =>
  replaceSecret(plainSealer, tenant, secret, graceSeconds, at);
const open = (tenant: Tenant | undefined, at = now) => openWebhookSecrets(plainSealer, tenant, at);
const fresh = testTenant("acme", { webhookSecrets: [] });

describe("a webhook secret", () => {
  it("is whsec_ and 32 random bytes in base64, another one each time", () => {
    const secrets = Array.from({ length: 100 }, createWebhookSecret);
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(Buffer.from(secret.slice(6), "base64")).toHaveLength(32);
    }
    expect(new Set(secrets).size).toBe(100);
  });

  it("is kept sealed for its tenant", async () => {
    const tenant = replace(fresh, "whsec_one");
    expect(tenant.webhookSecrets).toEqual([
      { sealed: plainSealer.seal("tenant:acme", "whsec_one"), createdAt: now.toISOString() },
    ]);
    await expect(open({ ...tenant, name: "other" })).rejects.toThrow("another context");
    // A connection's seal has its id for a context, which has no colon.
    const asConnection = plainSealer.open("acme", tenant.webhookSecrets[0]?.sealed ?? "");
    await expect(asConnection).rejects.toThrow("another context");
  });
});

describe("a secret that is replaced", () => {
  const first = replace(fresh, "whsec_one");

  it("signs beside the new one, which comes first, until the grace time is over", async () => {
    const tenant = replace(first, "whsec_two", 60, later(10));
    expect(await open(tenant, later(10))).toEqual(["whsec_two", "whsec_one"]);
    expect(await open(tenant, later(69.999))).toEqual(["whsec_two", "whsec_one"]);
    expect(await open(tenant, later(70))).toEqual(["whsec_two"]);
  });

  it("signs no more at once without a grace time, and is not kept", async () => {
    const tenant = replace(first, "whsec_two", 0);
    expect(tenant.webhookSecrets).toHaveLength(1);
    expect(await open(tenant)).toEqual(["whsec_two"]);
  });

  it("signs on after a second rotation, which receivers come to know of as late, until its own time is over", async () => {
    const tenant = replace(replace(first, "whsec_two", 1000), "whsec_three", 60, later(10));
    expect(tenant.webhookSecrets).toHaveLength(3);
    expect(await open(tenant, later(10))).toEqual(["whsec_three", "whsec_two", "whsec_one"]);
    expect(await open(tenant, later(70))).toEqual(["whsec_three", "whsec_one"]);
    expect(await open(tenant, later(999.999))).toEqual(["whsec_three", "whsec_one"]);
    expect(await open(tenant, later(1000))).toEqual(["whsec_three"]);
  });

  it("is not kept by the next rotation when its time is over", async () => {
    const tenant = replace(replace(first, "whsec_two", 60), "whsec_three", 1000, later(60));
    expect(tenant.webhookSecrets).toHaveLength(2);
    expect(await open(tenant, later(60))).toEqual(["whsec_three", "whsec_two"]);
  });

  it("makes room when there are three: the newest stay", async () => {
    const three = replace(replace(first, "whsec_two", 1000), "whsec_three", 1000);
    const tenant = replace(three, "whsec_four", 1000);
    expect(tenant.webhookSecrets).toHaveLength(3);
    expect(await open(tenant)).toEqual(["whsec_four", "whsec_three", "whsec_two"]);
  });

  it("ends with all others at once when a rotation has no grace time", async () => {
    const tenant = replace(replace(first, "whsec_two", 1000), "whsec_three", 0);
    expect(tenant.webhookSecrets).toHaveLength(1);
    expect(await open(tenant)).toEqual(["whsec_three"]);
  });

  it("does not change the tenant in any other way", () => {
    const { webhookSecrets: _secrets, ...others } = replace(first, "whsec_two");
    const { webhookSecrets: _before, ...before } = first;
    expect(others).toEqual(before);
    expect(first.webhookSecrets).toHaveLength(1);
  });
});

describe("there is nothing to sign with", () => {
  it.each<[string, Tenant | undefined]>([
    ["without a tenant", undefined],
    ["without a secret", fresh],
    [
      "with none that is valid still",
      { ...fresh, webhookSecrets: [{ sealed: "x", createdAt: "x", expiresAt: now.toISOString() }] },
    ],
  ])("%s", async (_, tenant) => {
    await expect(open(tenant)).rejects.toThrow("the tenant has no webhook secret");
  });
});

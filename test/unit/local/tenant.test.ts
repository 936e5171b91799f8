import { expect, it } from "vitest";
import { hashApiKey, replaceKey, retireKey } from "../../../functions/domain/tenants/api-keys.ts";
import { isValid, type Tenant } from "../../../functions/domain/tenants/tenant.ts";
import { ensureTenant } from "../../../local/tenant.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { createMemoryAuditLog } from "../../fakes/memory-audit-log.ts";
import { createMemoryTenantStore } from "../../fakes/memory-tenant-store.ts";
import { plainSealer } from "../../fakes/plain-sealer.ts";

const firstWebhookSecret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;

/** Starts with keys by their texts: one that was set, or the kept one with those that are made after it. */
function createStack() {
  const clock = createFakeClock();
  const deps = {
    tenants: createMemoryTenantStore(),
    sealer: plainSealer,
    opener: plainSealer,
    audit: createMemoryAuditLog(),
    clock,
  };
  let kept = "made-1";
  const read = async () => {
    const tenant = await deps.tenants.get("local");
    if (!tenant) throw new Error("there is no tenant");
    return tenant;
  };
  const replaceApiKey = () => (kept = `made-${Number(kept.slice(5)) + 1}`);
  return {
    ...deps,
    start: () => ensureTenant(deps, { apiKey: kept, replaceApiKey, firstWebhookSecret }),
    startWith: (apiKey: string) => ensureTenant(deps, { apiKey, firstWebhookSecret }),
    change: async (decide: (tenant: Tenant, now: Date) => Tenant) => {
      await deps.tenants.save(decide(await read(), clock.now()));
    },
    valid: async () => (await read()).keys.filter((key) => isValid(key, clock.now())).map(({ hash }) => hash),
  };
}
const revoke = (id: string) => (tenant: Tenant, now: Date) => retireKey(tenant, id, now);

it("a first key stays as it is from start to start, and nothing is written", async () => {
  const stack = createStack();
  expect(await stack.start()).toMatchObject({ apiKey: "made-1" });
  const before = await stack.tenants.get("local");
  expect(await stack.start()).toMatchObject({ apiKey: "made-1" });
  expect(await stack.tenants.get("local")).toEqual(before);
  expect(stack.audit.entries).toEqual([]);
});

it("a first key that was revoked stays so: the next start makes another, audited, and so does the one after that", async () => {
  const stack = createStack();
  await stack.start();
  await stack.change(revoke("key_first"));
  expect(await stack.start()).toMatchObject({ apiKey: "made-2" });
  expect(await stack.start()).toMatchObject({ apiKey: "made-2" });
  expect(await stack.valid()).toEqual([hashApiKey("made-2")]);
  await stack.change(revoke("key_first2"));
  expect(await stack.start()).toMatchObject({ apiKey: "made-3" });
  expect(await stack.valid()).toEqual([hashApiKey("made-3")]);
  expect(await stack.tenants.ownerOf(hashApiKey("made-3"))).toBe("local");
  expect(stack.audit.entries).toMatchObject(
    ["key_first2", "key_first3"].map((target) => ({ action: "api_key.create", tenant: "local", target })),
  );
});

it("a first key whose grace time is over after a rotation stays so too", async () => {
  const stack = createStack();
  await stack.start();
  await stack.change((tenant, now) => replaceKey(tenant, "key_first", "rotated", 60, now).tenant);
  expect(await stack.start()).toMatchObject({ apiKey: "made-1" });
  stack.clock.advance(60_000);
  expect(await stack.start()).toMatchObject({ apiKey: "made-2" });
  expect(await stack.valid()).toEqual([hashApiKey("rotated"), hashApiKey("made-2")]);
});

it("a start that was given a revoked key is refused, also when another start came between", async () => {
  const stack = createStack();
  await stack.startWith("given-key");
  await stack.change(revoke("key_first"));
  const sentence = /^VPN_BROKER_API_KEY is a key that was revoked, .*; leave it out, or set another one$/;
  await expect(stack.startWith("given-key")).rejects.toThrow(sentence);
  await stack.startWith("other-key");
  await expect(stack.startWith("given-key")).rejects.toThrow(sentence);
  expect(await stack.valid()).toEqual([hashApiKey("other-key")]);
});

it("a start that is given another key ends the one before", async () => {
  const stack = createStack();
  await stack.start();
  expect(await stack.startWith("given-key")).toMatchObject({ apiKey: "given-key" });
  expect(await stack.valid()).toEqual([hashApiKey("given-key")]);
  expect(stack.audit.entries).toMatchObject([{ action: "api_key.create", target: "key_first" }]);
});

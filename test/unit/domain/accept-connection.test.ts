import { describe, expect, it } from "vitest";
import { acceptConnection } from "../../../functions/domain/accept-connection.ts";
import { toConnectionId } from "../../../functions/domain/connection-id.ts";
import type { CreateRequest } from "../../../functions/domain/create-request.ts";
import { DomainError } from "../../../functions/domain/errors.ts";
import { createAcceptDeps } from "../../support/accepting.ts";
import { edit } from "../../support/json-edit.ts";
import { validAlibabaRequest, validDualTunnelRequest, validTencentRequest } from "../../support/create-requests.ts";

const tenant = "acme";
const changed = (changes: Record<string, unknown>, request = validAlibabaRequest()) =>
  edit(request, changes) as CreateRequest;

async function refusalOf(accepting: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await accepting.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DomainError)) throw new Error("it was not refused");
  return error;
}

describe("a new request", () => {
  it("is written once, started once and answered as it was written", async () => {
    const deps = createAcceptDeps();
    const { record, replayed } = await acceptConnection(deps, { tenant, request: validAlibabaRequest() });
    const id = toConnectionId(tenant, "token-1");
    expect(replayed).toBe(false);
    expect(record).toMatchObject({
      id,
      tenant,
      clientToken: "token-1",
      status: "accepted",
      generation: 1,
      revision: 1,
      version: 1,
      attempts: 0,
      warnings: [],
      createdAt: "2026-01-01T00:00:00.000Z",
      updatedAt: "2026-01-01T00:00:00.000Z",
      deadlineAt: "2026-01-01T00:30:00.000Z",
    });
    expect(record.estimatedCompletionAt > record.createdAt).toBe(true);
    expect(record.events).toEqual([
      expect.objectContaining({ type: "status", status: "accepted", at: record.createdAt }),
    ]);
    expect(await deps.store.get(id)).toEqual(record);
    expect(deps.workflows.started).toEqual([{ workflow: "create-connection", id, generation: 1 }]);
    expect(deps.lines).toEqual([]);
  });

  it("has its deadline where the request puts it", async () => {
    const { record } = await acceptConnection(createAcceptDeps(), { tenant, request: validTencentRequest() });
    expect(record.deadlineAt).toBe("2026-01-01T00:01:00.000Z");
  });

  it("has a key sealed for each tunnel: the caller's, or one of the broker's making", async () => {
    const { record } = await acceptConnection(createAcceptDeps(), { tenant, request: validDualTunnelRequest() });
    expect(record.sealedKeys).toEqual([
      `sealed:${record.id}:first-key`,
      expect.stringMatching(new RegExp(`^sealed:${record.id}:[A-Za-z2-9]{32}$`)),
    ]);
    expect(JSON.stringify({ ...record, sealedKeys: [] })).not.toContain("first-key");
    expect(record.tunnels).toHaveLength(2);
  });

  it("gets a token of its own when it brings none, another one each time", async () => {
    const deps = createAcceptDeps();
    const first = await acceptConnection(deps, { tenant, request: validDualTunnelRequest() });
    const second = await acceptConnection(deps, { tenant, request: validDualTunnelRequest() });
    expect(first.record.id).toBe(toConnectionId(tenant, first.record.clientToken));
    expect(second.record.id).not.toBe(first.record.id);
  });

  it("is warned of each weak choice", async () => {
    const weak = { "/allowWeakCryptography": true, "/tunnels/0/ike/dhGroup": 2, "/tunnels/0/ipsec/encryption": "des" };
    const { record } = await acceptConnection(createAcceptDeps(), { tenant, request: changed(weak) });
    expect(record.warnings).toEqual([
      "/tunnels/0/ike/dhGroup: group 2 is weak cryptography",
      "/tunnels/0/ipsec/encryption: des is weak cryptography",
    ]);
  });

  it("is accepted and logged when its start fails, without the error's message", async () => {
    const deps = createAcceptDeps();
    deps.workflows.start = async () => {
      throw Object.assign(new Error("MARKER in the message"), { name: "ThrottlingException" });
    };
    const { record, replayed } = await acceptConnection(deps, { tenant, request: validAlibabaRequest() });
    expect(replayed).toBe(false);
    expect(await deps.store.get(record.id)).toEqual(record);
    expect(deps.lines).toMatchObject([{ event: "workflow_start_failed", id: record.id, error: "ThrottlingException" }]);
    expect(JSON.stringify(deps.lines)).not.toContain("MARKER");
  });

  it("is not started when it could not be written", async () => {
    const deps = createAcceptDeps();
    deps.store.create = () => Promise.reject(new Error("no storage"));
    await expect(acceptConnection(deps, { tenant, request: validAlibabaRequest() })).rejects.toThrow("no storage");
    expect(deps.workflows.started).toEqual([]);
  });
});

describe("the same request again", () => {
  it("is answered with the current state and started no second time", async () => {
    const deps = createAcceptDeps();
    const { record } = await acceptConnection(deps, { tenant, request: validAlibabaRequest() });
    const later = await deps.store.save({ ...record, status: "provisioning", revision: 5 });
    deps.clock.advance(60_000);
    const again = await acceptConnection(deps, { tenant, request: validAlibabaRequest() });
    expect(again).toEqual({ record: later, replayed: true });
    expect(deps.workflows.started).toHaveLength(1);
  });

  it("may have its members in another order", async () => {
    const deps = createAcceptDeps();
    await acceptConnection(deps, { tenant, request: validAlibabaRequest() });
    const reversed = Object.fromEntries(Object.entries(validAlibabaRequest()).toReversed()) as CreateRequest;
    expect(await acceptConnection(deps, { tenant, request: reversed })).toMatchObject({ replayed: true });
  });

  it("is a request of its own from another tenant", async () => {
    const deps = createAcceptDeps();
    const first = await acceptConnection(deps, { tenant, request: validAlibabaRequest() });
    const second = await acceptConnection(deps, { tenant: "other", request: validAlibabaRequest() });
    expect(second.replayed).toBe(false);
    expect(second.record.id).not.toBe(first.record.id);
    expect(deps.workflows.started).toHaveLength(2);
  });
});

describe("another request with the same token", () => {
  it.each([
    ["a value", { "/name": "other" }, ["/name"]],
    ["a default spelled out that was not", { "/tunnels/0/dpd": undefined }, ["/tunnels/0/dpd"]],
    ["only the key", { "/tunnels/0/preSharedKey": "MARKER" }, ["/tunnels/0/preSharedKey"]],
    ["no key", { "/tunnels/0/preSharedKey": undefined }, ["/tunnels/0/preSharedKey"]],
    ["a list's length", { "/routing/localCidrs": ["10.10.1.0/24"] }, ["/routing/localCidrs"]],
    ["an item", { "/routing/localCidrs/1": "10.10.9.0/24" }, ["/routing/localCidrs/1"]],
    ["a tag", { "/tags/team": "MARKER", "/tags/new": "MARKER" }, ["/tags/team", "/tags/new"]],
    ["several", { "/timeoutSeconds": 60, "/tunnels/0/ike/dhGroup": 5 }, ["/tunnels/0/ike/dhGroup", "/timeoutSeconds"]],
  ])("(%s) is refused with a pointer to each difference and no value", async (_, changes, pointers) => {
    const deps = createAcceptDeps();
    const { record } = await acceptConnection(deps, { tenant, request: validAlibabaRequest() });
    const refusal = await refusalOf(acceptConnection(deps, { tenant, request: changed(changes) }));
    expect(refusal.code).toBe("idempotency_mismatch");
    expect(refusal.errors.map(({ pointer }) => pointer).toSorted()).toEqual(pointers.toSorted());
    expect(JSON.stringify([refusal.message, refusal.errors])).not.toMatch(/MARKER|other|sealed|hmac|10\.10/);
    expect(await deps.store.get(record.id)).toEqual(record);
    expect(deps.workflows.started).toHaveLength(1);
  });
});

describe("after the HMAC key was rotated", () => {
  const rotate = (deps: ReturnType<typeof createAcceptDeps>) => ({
    ...deps,
    fingerprintKeys: { current: "two", keys: { ...deps.fingerprintKeys.keys, two: Buffer.from("second hmac key") } },
  });

  it("the same request is still the same", async () => {
    const deps = createAcceptDeps();
    await acceptConnection(deps, { tenant, request: validAlibabaRequest() });
    const again = acceptConnection(rotate(deps), { tenant, request: validAlibabaRequest() });
    expect(await again).toMatchObject({ replayed: true });
  });

  it("another key is still another", async () => {
    const deps = createAcceptDeps();
    await acceptConnection(deps, { tenant, request: validAlibabaRequest() });
    const request = changed({ "/tunnels/0/preSharedKey": "another" });
    const refusal = await refusalOf(acceptConnection(rotate(deps), { tenant, request }));
    expect(refusal.errors.map(({ pointer }) => pointer)).toEqual(["/tunnels/0/preSharedKey"]);
  });

  it("a key where there was none is a difference", async () => {
    const deps = createAcceptDeps();
    const keyless = changed({ "/tunnels/0/preSharedKey": undefined });
    await acceptConnection(deps, { tenant, request: keyless });
    const refusal = await refusalOf(acceptConnection(rotate(deps), { tenant, request: validAlibabaRequest() }));
    expect(refusal.errors.map(({ pointer }) => pointer)).toEqual(["/tunnels/0/preSharedKey"]);
  });
});

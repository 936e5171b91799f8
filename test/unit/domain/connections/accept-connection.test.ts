import { describe, expect, it } from "vitest";
import { acceptConnection } from "../../../../functions/domain/connections/accept-connection.ts";
import { toConnectionId } from "../../../../functions/domain/record/ids.ts";
import type { CreateRequest } from "../../../../functions/domain/request/create-request.ts";
import type { TenantSettings } from "../../../../functions/domain/tenants/tenant.ts";
import { edit } from "../../../generators/json-edit.ts";
import { createAcceptDeps, testActor, testSettings } from "../../../support/accepting.ts";
import { validAlibabaRequest, validDualTunnelRequest, validTencentRequest } from "../../../support/create-requests.ts";
import { refusalOf } from "../../../support/refusal.ts";

const { tenant } = testActor;
const input = (request: CreateRequest, settings: Partial<TenantSettings> = {}, of = tenant) => ({
  actor: { ...testActor, tenant: of },
  settings: { ...testSettings, ...settings },
  request,
});
const changed = (changes: Record<string, unknown>, request = validAlibabaRequest()) =>
  edit(request, changes) as CreateRequest;

describe("a new request", () => {
  it("is written once, started once and answered as it was written", async () => {
    const deps = createAcceptDeps();
    const { record, replayed } = await acceptConnection(deps, input(validAlibabaRequest()));
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
      queueDeadlineAt: "2026-01-02T00:00:00.000Z",
    });
    expect(record).not.toHaveProperty("deadlineAt");
    expect(record.events).toEqual([
      expect.objectContaining({ type: "status", status: "accepted", at: record.createdAt }),
    ]);
    expect(await deps.store.get(id)).toEqual(record);
    expect(deps.workflows.started).toEqual([{ workflow: "create-connection", id, generation: 1 }]);
    expect(deps.lines).toEqual([]);
  });

  it("waits for its turn as long as it says", async () => {
    const request = { ...validTencentRequest(), queueTimeoutSeconds: 90 };
    const { record } = await acceptConnection(createAcceptDeps(), input(request));
    expect(record.queueDeadlineAt).toBe("2026-01-01T00:01:30.000Z");
  });

  it("is warned at once when those accepted before it will hardly leave it time for its turn", async () => {
    const deps = createAcceptDeps();
    const accept = async (clientToken: string, vpnGatewayId = "vpn-1") => {
      const request = { ...validAlibabaRequest(), vpnGatewayId, clientToken, queueTimeoutSeconds: 100 };
      return (await acceptConnection(deps, input(request))).record.warnings;
    };
    const warning = expect.stringMatching(/^\/queueTimeoutSeconds: 2 requests on this gateway .* within 100 s$/);
    expect([await accept("one"), await accept("two"), await accept("three")]).toEqual([[], [], [warning]]);
    expect([await accept("three"), await accept("four", "vpn-2")]).toEqual([[warning], []]);
    deps.clock.advance(80_000);
    expect(await accept("five")).toEqual([warning]);
  });

  it("has a key sealed for each tunnel: the caller's, or one of the broker's making", async () => {
    const { record } = await acceptConnection(createAcceptDeps(), input(validDualTunnelRequest()));
    expect(record.sealedKeys).toEqual([
      `sealed:${record.id}:first-key`,
      expect.stringMatching(new RegExp(`^sealed:${record.id}:[A-Za-z2-9]{32}$`)),
    ]);
    expect(JSON.stringify({ ...record, sealedKeys: [] })).not.toContain("first-key");
    expect(record.tunnels).toHaveLength(2);
  });

  it("gets a token of its own when it brings none, another one each time", async () => {
    const deps = createAcceptDeps();
    const first = await acceptConnection(deps, input(validDualTunnelRequest()));
    const second = await acceptConnection(deps, input(validDualTunnelRequest()));
    expect(first.record.id).toBe(toConnectionId(tenant, first.record.clientToken));
    expect(second.record.id).not.toBe(first.record.id);
  });

  it("is warned of each weak choice", async () => {
    const weak = { "/allowWeakCryptography": true, "/tunnels/0/ike/dhGroup": 2, "/tunnels/0/ipsec/encryption": "des" };
    const { record } = await acceptConnection(createAcceptDeps(), input(changed(weak)));
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
    const { record, replayed } = await acceptConnection(deps, input(validAlibabaRequest()));
    expect(replayed).toBe(false);
    expect(await deps.store.get(record.id)).toEqual(record);
    expect(deps.lines).toMatchObject([
      { event: "workflow_start_failed", connectionId: record.id, error: "ThrottlingException" },
    ]);
    expect(JSON.stringify(deps.lines)).not.toContain("MARKER");
  });

  it("is not started when it could not be written", async () => {
    const deps = createAcceptDeps();
    deps.store.create = () => Promise.reject(new Error("no storage"));
    await expect(acceptConnection(deps, input(validAlibabaRequest()))).rejects.toThrow("no storage");
    expect(deps.workflows.started).toEqual([]);
  });
});

describe("what the tenant has at that time is on the record:", () => {
  it("who asked, from where and with which key", async () => {
    const actor = { ...testActor, address: "192.0.2.7", requestId: "request-9" };
    const { record } = await acceptConnection(createAcceptDeps(), { ...input(validAlibabaRequest()), actor });
    expect(record).toMatchObject({ tenant: "acme", createdBy: actor });
  });

  it.each([
    [validAlibabaRequest, { alibaba: "team-a", tencent: "team-t" }, "team-a"],
    [validTencentRequest, { alibaba: "team-a", tencent: "team-t" }, "team-t"],
    [validTencentRequest, { alibaba: "team-a" }, undefined],
    [validAlibabaRequest, {}, undefined],
  ])("the name of its credentials at that vendor", async (request, credentials, expected) => {
    const { record } = await acceptConnection(createAcceptDeps(), input(request(), { credentials }));
    expect(record.credentials).toBe(expected);
    expect("credentials" in record).toBe(expected !== undefined);
  });

  it.each([
    ["its own endpoint, where the request names none", validDualTunnelRequest, "https://acme.example.com/", true],
    ["the request's callback and no other", validAlibabaRequest, "https://acme.example.com/", undefined],
    ["nobody, where there is neither", validDualTunnelRequest, undefined, undefined],
  ])("whom to tell: %s", async (_, request, webhookUrl, expected) => {
    const settings = webhookUrl === undefined ? {} : { webhookUrl };
    const { record } = await acceptConnection(createAcceptDeps(), input(request(), settings));
    expect(record.notifyTenant).toBe(expected);
  });

  it("whether its list names each gateway, without a wildcard", async () => {
    const request = validAlibabaRequest();
    const ids = [request.vpnGatewayId, ...request.tunnels.map(({ customerGatewayId }) => customerGatewayId)];
    const gateways = ids.map((id) => `alibaba/${request.region}/${id}`);
    const accept = (settings: Partial<TenantSettings>) =>
      acceptConnection(createAcceptDeps(), input(request, settings));
    expect((await accept({ gateways })).record.namesGateways).toBe(true);
    expect((await accept({ gateways: ["alibaba/*/*"] })).record).not.toHaveProperty("namesGateways");
  });
});

describe("a gateway that is not the tenant's", () => {
  it.each([[[]], [["alibaba/cn-shanghai/vpn-other"]], [["tencent/*/*", "alibaba/cn-beijing/*"]]])(
    "is forbidden, and nothing is written or started: %j",
    async (gateways) => {
      const deps = createAcceptDeps();
      const refusal = await refusalOf(acceptConnection(deps, input(validAlibabaRequest(), { gateways })));
      expect(refusal).toMatchObject({
        code: "forbidden",
        errors: [{ pointer: "/vpnGatewayId" }, { pointer: "/tunnels/0/customerGatewayId" }],
      });
      expect(await deps.store.get(toConnectionId(tenant, "token-1"))).toBeUndefined();
      expect(deps.workflows.started).toEqual([]);
    },
  );

  it("is none that a pattern of the tenant's covers", async () => {
    const settings = { gateways: ["tencent/*/*", "alibaba/cn-*/vpn-bp1*", "alibaba/*/cgw-*"] };
    expect(await acceptConnection(createAcceptDeps(), input(validAlibabaRequest(), settings))).toMatchObject({
      replayed: false,
    });
  });

  it.each([
    [["alibaba/*/vpn-*"], ["/tunnels/0/customerGatewayId"]],
    [["alibaba/*/cgw-*"], ["/vpnGatewayId"]],
  ])("is pointed at, and no other: %j", async (gateways, pointers) => {
    const deps = createAcceptDeps();
    const refusal = await refusalOf(acceptConnection(deps, input(validAlibabaRequest(), { gateways })));
    expect(refusal.errors.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(await deps.store.get(toConnectionId(tenant, "token-1"))).toBeUndefined();
  });

  describe("any more", () => {
    const none = { gateways: [] };

    it("keeps nobody from the answer of what was accepted before", async () => {
      const deps = createAcceptDeps();
      const { record } = await acceptConnection(deps, input(validAlibabaRequest()));
      const again = await acceptConnection(deps, input(validAlibabaRequest(), none));
      expect(again).toEqual({ record, replayed: true });
      expect(await deps.store.get(record.id)).toEqual(record);
      expect(deps.workflows.started).toHaveLength(1);
    });

    it.each(["/name", "/vpnGatewayId"])("is no other request under a token of before: %s", async (pointer) => {
      const deps = createAcceptDeps();
      const { record } = await acceptConnection(deps, input(validAlibabaRequest()));
      const refusal = await refusalOf(acceptConnection(deps, input(changed({ [pointer]: "other" }), none)));
      expect(refusal).toMatchObject({ code: "idempotency_mismatch", errors: [{ pointer }] });
      expect(await deps.store.get(record.id)).toEqual(record);
      expect(deps.workflows.started).toHaveLength(1);
    });

    it("is forbidden to another tenant that comes with the same token", async () => {
      const deps = createAcceptDeps();
      await acceptConnection(deps, input(validAlibabaRequest()));
      const refusal = await refusalOf(acceptConnection(deps, input(validAlibabaRequest(), none, "other")));
      expect(refusal.code).toBe("forbidden");
    });
  });
});

describe("a tenant with as many unfinished requests as it may have", () => {
  const one = { maxUnfinishedRequests: 1 };
  const another = { ...validAlibabaRequest(), clientToken: "token-2" };

  async function createFullDeps() {
    const deps = createAcceptDeps();
    const { record } = await acceptConnection(deps, input(validAlibabaRequest(), one));
    return { ...deps, record };
  }

  it("is told when to come again, and nothing is written or started", async () => {
    const deps = await createFullDeps();
    const refusal = await refusalOf(acceptConnection(deps, input(another, one)));
    expect(refusal).toMatchObject({ code: "rate_limited", retryAfterSeconds: 2 });
    expect(await deps.store.get(toConnectionId(tenant, "token-2"))).toBeUndefined();
    expect(deps.workflows.started).toHaveLength(1);
  });

  it("still gets the answer of what was accepted before", async () => {
    const deps = await createFullDeps();
    const again = await acceptConnection(deps, input(validAlibabaRequest(), one));
    expect(again).toEqual({ record: deps.record, replayed: true });
    expect(deps.workflows.started).toHaveLength(1);
  });

  it("is still refused another request with a token of before", async () => {
    const deps = await createFullDeps();
    const refusal = await refusalOf(acceptConnection(deps, input(changed({ "/name": "other" }), one)));
    expect(refusal.code).toBe("idempotency_mismatch");
  });

  it("does not keep others out", async () => {
    const deps = await createFullDeps();
    const others = acceptConnection(deps, input(validAlibabaRequest(), one, "other"));
    expect(await others).toMatchObject({ replayed: false });
  });

  it("may go on when some have ended, two seconds after it was counted and not before", async () => {
    const deps = await createFullDeps();
    await deps.store.save({ ...deps.record, status: "failed" });
    deps.clock.advance(1999);
    expect((await refusalOf(acceptConnection(deps, input(another, one)))).code).toBe("rate_limited");
    deps.clock.advance(1);
    expect(await acceptConnection(deps, input(another, one))).toMatchObject({ replayed: false });
  });
});

describe("the same request again", () => {
  it("is answered with the current state and started no second time", async () => {
    const deps = createAcceptDeps();
    const { record } = await acceptConnection(deps, input(validAlibabaRequest()));
    const later = await deps.store.save({ ...record, status: "provisioning", revision: 5 });
    deps.clock.advance(60_000);
    const again = await acceptConnection(deps, input(validAlibabaRequest()));
    expect(again).toEqual({ record: later, replayed: true });
    expect(deps.workflows.started).toHaveLength(1);
  });

  it("may have its members in another order", async () => {
    const deps = createAcceptDeps();
    await acceptConnection(deps, input(validAlibabaRequest()));
    const reversed = Object.fromEntries(Object.entries(validAlibabaRequest()).toReversed()) as CreateRequest;
    expect(await acceptConnection(deps, input(reversed))).toMatchObject({ replayed: true });
  });

  it("is a request of its own from another tenant", async () => {
    const deps = createAcceptDeps();
    const first = await acceptConnection(deps, input(validAlibabaRequest()));
    const second = await acceptConnection(deps, input(validAlibabaRequest(), {}, "other"));
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
    const { record } = await acceptConnection(deps, input(validAlibabaRequest()));
    const refusal = await refusalOf(acceptConnection(deps, input(changed(changes))));
    expect(refusal.code).toBe("idempotency_mismatch");
    expect(refusal.errors.map(({ pointer }) => pointer).toSorted()).toEqual(pointers.toSorted());
    expect(JSON.stringify([refusal.message, refusal.errors])).not.toMatch(/MARKER|other|sealed|hmac|10\.10/);
    const { wrongSecrets: _counted, ...kept } = { ...(await deps.store.get(record.id)), version: record.version };
    expect(kept).toEqual(record);
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
    await acceptConnection(deps, input(validAlibabaRequest()));
    const again = acceptConnection(rotate(deps), input(validAlibabaRequest()));
    expect(await again).toMatchObject({ replayed: true });
  });

  it("another key is still another", async () => {
    const deps = createAcceptDeps();
    await acceptConnection(deps, input(validAlibabaRequest()));
    const request = changed({ "/tunnels/0/preSharedKey": "another" });
    const refusal = await refusalOf(acceptConnection(rotate(deps), input(request)));
    expect(refusal.errors.map(({ pointer }) => pointer)).toEqual(["/tunnels/0/preSharedKey"]);
  });

  it("a key where there was none is a difference", async () => {
    const deps = createAcceptDeps();
    const keyless = changed({ "/tunnels/0/preSharedKey": undefined });
    await acceptConnection(deps, input(keyless));
    const refusal = await refusalOf(acceptConnection(rotate(deps), input(validAlibabaRequest())));
    expect(refusal.errors.map(({ pointer }) => pointer)).toEqual(["/tunnels/0/preSharedKey"]);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import type { WebhookDelivery } from "../../functions/domain/connections/deliveries.ts";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { type ProviderName, providers } from "../../functions/domain/values.ts";
import { connections } from "./api-client.ts";
import { endInEveryWay } from "./endings.ts";
import { type Evidence, type Find, findAll, type Place, places } from "./evidence.ts";
import { createFinder } from "./find-secret.ts";
import { sendInvalidBodies } from "./invalid-bodies.ts";
import { createPlants, createTextPlants, plantEverywhere, printing } from "./plants.ts";
import { readEverything } from "./reading.ts";
import { answerWith } from "./recorder.ts";
import { toRequest } from "./requests.ts";
import { makeTenant, revealKey } from "./tenants.ts";
import { answerInstead, holdCreates, injectFault, unreadable } from "./vendor-failures.ts";
import { closeWorld, collectRest, end, handOverTable, openWorld, start, webhooksOf, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
  return () => closeWorld(world);
});

let networks = 100;
/** A request with the marked key, whose networks overlap with no other's. */
const marked = (vendor: ProviderName, gateway: number, key = world.secrets.preSharedKey) =>
  toRequest(vendor, { gateway, network: (networks += 1), key });
const post = (body: unknown, path = connections) => world.api.call("POST", path, body);
const read = async (id: string) =>
  (await world.api.call("GET", `${connections}/${id}`)).body as unknown as ConnectionResource;
const endOf = async (request: object, key?: string) => {
  const { api } = world;
  const options = key === undefined ? {} : { key };
  const { status, error } = await api.follow(await api.accept(request, options), options);
  return error ? `${status} ${error.code}` : status;
};

describe("the search", () => {
  it("finds whatever is planted in any place, in any encoding, and in URLs and headers", async () => {
    const printed = createPlants("output");
    const argued = createTextPlants("command line");
    await start(world, printing(world.dataDir, printed), ...argued.map(({ bytes }) => bytes.toString()));
    const { broker, table, sink, vendors, dataDir } = world;
    const answers: Evidence[] = [];
    const beds = { dataDir, broker, table, sink, vendor: vendors.recorders.alibaba, answers };
    const planted = [...printed, ...argued, ...(await plantEverywhere(beds))];
    const evidence = [
      ...answers,
      ...(await broker.evidence()),
      ...broker.printed(),
      ...vendors.evidence(),
      ...(await table.evidence()),
      ...webhooksOf(sink),
    ];
    const canaries = planted.map(({ canary }) => canary);
    const found = findAll(canaries, evidence);
    const missed = planted.filter(
      ({ place, canary }) => !found.some((one) => one.place === place && one.canary === canary.name),
    );
    expect(missed.map(({ canary }) => canary.name)).toEqual([]);
    expect(new Set(planted.map(({ place }) => place))).toEqual(new Set(places));
    const inTableFiles = found.filter(({ place, what }) => place === "file" && what.startsWith("table/"));
    expect(inTableFiles.map(({ canary }) => canary)).toContain("table item, raw");
  });
});

describe("a run with marked secrets", () => {
  it("is killed while requests are under way, which end after the next start", async () => {
    const { api, vendors } = world;
    const ids: string[] = [];
    for (const vendor of providers) {
      await vendors.control(vendor, "PUT", "/settings", { provisioningMilliseconds: 1500 });
      ids.push(await api.accept(marked(vendor, 19)));
    }
    for (const id of ids) {
      await expect.poll(async () => (await read(id)).status).toMatch(/provisioning|succeeded/);
    }
    for (const vendor of providers) ids.push(await api.accept(marked(vendor, 20)));
    await end(world, "SIGKILL");
    for (const vendor of providers) {
      await vendors.control(vendor, "PUT", "/settings", { provisioningMilliseconds: 150 });
    }
    await start(world);
    for (const id of ids) expect((await world.api.follow(id)).status).toBe("succeeded");
  });

  it("ends in every way that a vendor knows", async () => {
    const ended = (await Promise.all(providers.map((vendor) => endInEveryWay(world, vendor)))).flat();
    expect(ended.map(({ name, ended: { status, code } }) => ({ name, status, code }))).toEqual(
      ended.map(({ name, expected: { status, code } }) => ({ name, status, code })),
    );
    expect(ended.length).toBeGreaterThan(40);
  });

  it.each(providers)("is repeated, changed, doubled and canceled at %s", async (vendor) => {
    const { api, secrets, vendors } = world;
    const request = { ...marked(vendor, 1), clientToken: `canary-${vendor}` };
    expect(await endOf(request)).toBe("succeeded");
    const replay = await post(request);
    expect([replay.status, replay.headers.get("idempotent-replayed")]).toEqual([202, "true"]);
    const tunnels = [{ customerGatewayId: "cgw-demo01", preSharedKey: secrets.otherKey }];
    expect((await post({ ...request, tunnels })).body).toMatchObject({ code: "idempotency_mismatch" });
    expect(await endOf({ ...request, clientToken: `${request.clientToken}-2` })).toBe("failed semantic_duplicate");

    const first = marked(vendor, 2);
    const release = holdCreates(vendors, vendor, first.vpnGatewayId);
    const holder = await api.accept(first);
    await expect.poll(async () => (await read(holder)).attempts).toBe(1);
    const waiting = await api.accept(marked(vendor, 2));
    expect((await post({}, `${connections}/${holder}/cancel`)).status).toBe(409);
    expect((await post({ reason: "canary" }, `${connections}/${waiting}/cancel`)).body["status"]).toBe("canceled");
    release();
    expect((await api.follow(holder)).status).toBe("succeeded");
    expect((await post({}, `${connections}/${holder}/pre-shared-keys`)).status).toBe(409);
  });

  it("has two tunnels, and a vendor that names both sides' keys in its diagnosis", async () => {
    const { api, secrets, vendors } = world;
    const request = {
      ...marked("alibaba", 1),
      vpnGatewayId: "vpn-dual01",
      tunnels: [
        { role: "primary", customerGatewayId: "cgw-demo01", preSharedKey: secrets.preSharedKey },
        { role: "backup", customerGatewayId: "cgw-demo02", preSharedKey: secrets.otherKey },
      ],
    };
    const { id, providerConnectionId } = await api.follow(await api.accept(request));
    const toTunnel = (FailedReasonCode: string) => ({
      Status: "ike_sa_not_established",
      diagnosis: {
        FailedReasonCode,
        FailedReason: `${secrets.preSharedKey} is not ${secrets.otherKey}`,
        MismatchLocalParam: secrets.preSharedKey,
        MismatchRemoteParam: secrets.otherKey,
      },
    });
    const tunnels = [toTunnel("PskMismatch"), toTunnel("AlgorithmMismatch")];
    await vendors.control("alibaba", "PUT", `/connections/${providerConnectionId}/tunnels`, { tunnels });
    const reason = expect.stringContaining("differs") as string;
    await expect
      .poll(async () => (await read(id)).tunnels)
      .toEqual([
        { state: "down", reason },
        { state: "down", reason },
      ]);
  });

  it("is delivered, late, in vain and once more, and as an example", async () => {
    const { api, sink } = world;
    const deliveryOf = async (id: string) => {
      const { body } = await api.call("GET", `${connections}/${id}/deliveries`);
      return (body["items"] as WebhookDelivery[])[0];
    };
    const stateOf = (id: string) => expect.poll(async () => (await deliveryOf(id))?.state);
    for (const [path, state] of [
      ["/flaky", "delivered"],
      ["/gone", "exhausted"],
    ] as const) {
      for (const vendor of providers) {
        const url = `${sink.url}${path}-${vendor}`;
        const id = await api.accept({ ...marked(vendor, 3), callback: { url } });
        await stateOf(id).toBe(state);
        expect((await post({}, `${connections}/${id}/deliveries/${(await deliveryOf(id))?.id}/resend`)).status).toBe(
          202,
        );
        await stateOf(id).toBe(state);
      }
    }
    for (const status of ["succeeded", "failed", "canceled", "unknown"]) {
      expect((await post({ status, url: `${sink.url}/ok` }, "/v1/webhooks/example")).body["outcome"]).toBe("ok");
    }
  });

  it.each(providers)("is rehearsed at %s, well, in vain, and where nobody can tell", async (vendor) => {
    const { vendors, secrets } = world;
    const rehearse = (request: object) => post(request, `${connections}/dry-run`);
    expect((await rehearse(marked(vendor, 4))).body).toMatchObject({ ok: true });
    expect((await rehearse({ ...marked(vendor, 4), vpnGatewayId: "vpn-nowhere" })).body).toMatchObject({ ok: false });
    const request = marked(vendor, 4);
    await injectFault(vendors, vendor, request.vpnGatewayId, {
      kind: "error",
      code: "Forbidden",
      message: secrets.preSharedKey,
    });
    expect((await rehearse(request)).body).toMatchObject({ ok: vendor === "tencent" });
    // Tencent's gateway is named in two reads that are made at once.
    const reads = vendor === "tencent" ? 2 : 1;
    const answers = unreadable(secrets.preSharedKey).flatMap((answer) => Array.from({ length: reads }, () => answer));
    answerInstead(vendors, vendor, { named: request.vpnGatewayId, answers });
    for (let n = 0; n < 3; n += 1) expect((await rehearse(request)).status).toBe(503);
  });

  it.each(providers)("is refused for every kind of body that is not valid (%s)", async (vendor) => {
    const { api, secrets } = world;
    const given = { request: marked(vendor, 5), key: secrets.preSharedKey, shortKey: secrets.shortKey };
    expect(await sendInvalidBodies(api, connections, given)).toEqual([]);
    expect(await sendInvalidBodies(api, `${connections}/dry-run`, given)).toEqual([]);
    expect((await api.call("POST", connections, given.request, { key: secrets.strangersKey })).status).toBe(401);
    expect((await api.call("PUT", connections, given.request)).status).toBe(405);
    expect((await post(given.request, `${connections}/nothing/cancel`)).status).toBe(400);
    expect((await post(given.request, "/v1/admin/nothing")).status).toBe(404);
    const query = new URLSearchParams({ preSharedKey: given.key }).toString();
    expect((await post(given.request, `${connections}?${query}`)).status).toBe(400);
  });

  it.each(providers)("meets a table that fails, before and while it is carried out (%s)", async (vendor) => {
    const { table, api } = world;
    const { intervene } = table.recorder;
    const request = { ...marked(vendor, 6), clientToken: `canary-table-${vendor}` };
    const failWhile = (fails: () => boolean) => {
      // The error says again what was to be written.
      table.recorder.intervene = async (received, forward) =>
        received.body.includes(request.clientToken) && fails()
          ? answerWith(500, received.body.toString())
          : intervene(received, forward);
    };
    failWhile(() => true);
    expect((await post(request)).status).toBe(503);
    table.recorder.intervene = intervene;
    const id = await api.accept(request);
    let left = 12;
    failWhile(() => (left -= 1) >= 0);
    expect((await api.follow(id)).status).toBe("succeeded");
    expect(left).toBeLessThan(0);
    table.recorder.intervene = intervene;
  });

  it("has tenants with keys, secrets and vendor credentials of their own, and keys that the broker makes", async () => {
    const scopes = ["connections:write", "connections:read"];
    const wrong = await makeTenant(world, { name: "team-a", credentials: "wrong", scopes });
    const right = await makeTenant(world, { name: "team-b", credentials: "right", scopes });
    const missing = await makeTenant(world, { name: "team-c", credentials: "missing", scopes });
    // Between gateways that tenants share by a wildcard, another tenant's connection is in the way.
    const apart = (vendor: ProviderName) => {
      const request = marked(vendor, 7);
      return { ...request, tunnels: request.tunnels.map((one) => ({ ...one, customerGatewayId: "cgw-demo03" })) };
    };
    for (const vendor of providers) {
      expect(await endOf(apart(vendor), wrong)).toBe("failed provider_auth");
      expect(await endOf(apart(vendor), missing)).toBe("failed provider_auth");
      expect(await endOf(apart(vendor), right)).toBe("succeeded");
      const unscoped = await world.api.call("GET", connections, undefined, { key: right });
      expect(unscoped.status).toBe(200);
      networks += 1;
      expect(await revealKey(world, vendor, { gateway: 10, network: networks, unscoped: right })).toEqual([
        409, 403, 200,
      ]);
    }
  });

  it("shows all of that to whoever may read it", () => readEverything(world));

  it("goes on with wrong vendor secrets and tokens, over the embedded table", async () => {
    await end(world, "SIGTERM");
    await handOverTable(world);
    const { wrongSecrets, securityTokens } = world.secrets;
    await start(world, {
      AWS_ENDPOINT_URL_DYNAMODB: "",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: wrongSecrets.alibaba,
      ALIBABA_CLOUD_SECURITY_TOKEN: securityTokens.alibaba,
      TENCENTCLOUD_SECRET_KEY: wrongSecrets.tencent,
      TENCENTCLOUD_TOKEN: securityTokens.tencent,
    });
    for (const vendor of providers) expect(await endOf(marked(vendor, 11))).toBe("failed provider_auth");
    await readEverything(world);
    await end(world, "SIGKILL");
  });
});

describe("the secrets", () => {
  let finds: Find[];
  const count = (place: Place, pattern: RegExp) =>
    world.evidence.filter((one) => one.place === place && pattern.test(one.what) && one.bytes.length > 0).length;

  it("are nowhere but where they belong", async () => {
    await collectRest(world);
    finds = findAll(world.canaries, world.evidence);
    const leaks = finds.filter(({ permitted }) => !permitted);
    expect(
      leaks.map(
        ({ canary, encoding, place, what, before }) =>
          `the ${canary} (${encoding}) in the ${place} ${what}, after ${JSON.stringify(before)}`,
      ),
    ).toEqual([]);
  });

  it("were looked for in something of every kind", () => {
    expect(places.filter((place) => count(place, /./) === 0)).toEqual([]);
    for (const file of [/^secrets\.json$/, /^table\/\d+\.(log|ldb)$/, /^(alibaba|tencent)\.json$/]) {
      expect(count("file", file)).toBeGreaterThan(0);
    }
    for (const machine of ["create-connection", "deliver-webhook", "watch-tunnels"]) {
      for (const operation of ["DescribeExecution", "GetExecutionHistory"]) {
        const name = new RegExp(`:execution:vpn-broker-${machine}:\\w+-\\d+: ${operation}$`);
        expect(count("execution", name)).toBeGreaterThan(10);
      }
    }
    expect(count("answer", /GET \/docs\/errors\/\w+ → 200$/)).toBeGreaterThan(40);
    expect(count("answer", / → 4\d\d$/)).toBeGreaterThan(100);
    expect(count("webhook", /: body$/)).toBeGreaterThan(40);
    expect(count("table call", /PutItem: body$/)).toBeGreaterThan(200);
    expect(count("log", /./)).toBeGreaterThan(1);
    // What the vendors, who answer with the keys, have shown of connections.
    for (const place of ["table item", "answer", "webhook"] as const) {
      const told = world.evidence.filter((one) => one.place === place && Buffer.from(one.bytes).includes('"reported"'));
      expect(told.length, place).toBeGreaterThan(10);
    }
  });

  it("were in use: each is found where it belongs, a key in every create and in no rehearsal of one", () => {
    const used = new Set(finds.filter(({ permitted }) => permitted).map(({ canary }) => canary));
    const belonging = world.canaries.filter(({ mayBeIn }) => mayBeIn).map(({ name }) => name);
    expect(belonging.filter((name) => !used.has(name))).toEqual([]);
    const find = createFinder(world.canaries.map(({ text }) => text));
    const isCreate = ({ place, what }: Evidence) =>
      place === "vendor request" && what.endsWith("CreateVpnConnection: body");
    const creates = world.evidence.filter(isCreate);
    const isRehearsal = ({ bytes }: Evidence) => Buffer.from(bytes).includes("DryRun=true");
    const keyless = creates.filter(({ bytes }) => find(bytes).length === 0);
    expect(keyless).toEqual(creates.filter(isRehearsal));
    expect(keyless.length).toBeGreaterThan(0);
    for (const vendor of providers) {
      expect(creates.filter(({ what }) => what.startsWith(vendor)).length).toBeGreaterThan(40);
    }
  });
});

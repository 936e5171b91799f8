import { describe, expect, it } from "vitest";
import { answersOf } from "../../../../functions/contract/route.ts";
import { cancelConnection, redriveConnection } from "../../../../functions/contract/routes/change-connection.ts";
import { end } from "../../../../functions/domain/record/transitions.ts";
import { createKeyDirectory, rememberKeys } from "../../../../functions/domain/tenants/caller.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import { createMemoryTenantStore, testKey, testTenant } from "../../../fakes/memory-tenant-store.ts";
import { createAcceptedRecord } from "../../../support/accepting.ts";
import { apiKeys, connections, createTestApi, type SendOptions } from "../../../support/test-api.ts";

const accepted = await createAcceptedRecord();
const path = `${connections}/${accepted.id}`;
const failed = end(accepted, new Date("2026-01-01T00:01:00.000Z"), { status: "failed", reason: "no room" });

/** An API with one request, and what was asked of it. */
function createApi(record = accepted, gateways = ["*"]) {
  const api = createTestApi({}, { gateways });
  api.store.put(record);
  const cancel = (options: SendOptions = {}) => api.send("POST", `${path}/cancel`, options);
  const redrive = (options: SendOptions = {}) =>
    api.send("POST", `${path}/redrive`, { body: { reason: "made room" }, ...options });
  return { ...api, cancel, redrive };
}

describe("cancel", () => {
  it("is answered with the canceled request, and noted with the reason that was given", async () => {
    const api = createApi();
    const { status, headers, body } = await api.cancel({ body: { reason: "ordered twice" } });
    expect({ status, etag: headers.get("ETag") }).toEqual({ status: 200, etag: '"2"' });
    expect(headers.has("Retry-After")).toBe(false);
    expect(body).toMatchObject({ id: accepted.id, status: "canceled", revision: 2 });
    expect(api.audit.entries).toMatchObject([
      {
        action: "connection.cancel",
        target: accepted.id,
        reason: "ordered twice",
        by: { keyId: `key_${apiKeys.all}`, address: "192.0.2.1", requestId: "request-1" },
      },
    ]);
  });

  it("may be sent twice", async () => {
    const api = createApi();
    const [first, second] = [await api.cancel(), await api.cancel()];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect(api.audit.entries).toHaveLength(1);
  });

  it("comes too late once it has ended", async () => {
    expect(await createApi(failed).cancel()).toMatchObject({ status: 409, body: { code: "conflict" } });
  });
});

describe("a key that may write and not read", () => {
  const key = apiKeys.writer;
  const receiptOf = (status: string, revision: number) => {
    const { id, clientToken } = accepted;
    return { id, clientToken, status, revision };
  };

  it("is told the id, the token, the status and the revision of what it canceled or redrove, and no more", async () => {
    const canceled = await createApi().cancel({ key });
    expect([canceled.status, canceled.body]).toEqual([200, receiptOf("canceled", 2)]);
    expect(canceled.headers.get("ETag")).toBe('"2"');
    const redriven = await createApi(failed).redrive({ key });
    expect([redriven.status, redriven.body]).toEqual([202, receiptOf("accepted", failed.revision + 1)]);
    expect(answersOf(cancelConnection)[200]?.safeParse(canceled.body).error).toBeUndefined();
    expect(answersOf(redriveConnection)[202]?.safeParse(redriven.body).error).toBeUndefined();
  });

  it("is told no more when nothing changes", async () => {
    const api = createApi();
    await api.cancel();
    expect((await api.cancel({ key })).body).toEqual(receiptOf("canceled", 2));
  });
});

describe("redrive", () => {
  it("is answered with the request that runs again, and noted with its reason", async () => {
    const api = createApi(failed);
    const { status, headers, body } = await api.redrive();
    expect({ status, etag: headers.get("ETag") }).toEqual({ status: 202, etag: `"${failed.revision + 1}"` });
    expect(body).toMatchObject({ id: accepted.id, status: "accepted" });
    expect(api.audit.entries).toMatchObject([{ action: "connection.redrive", reason: "made room" }]);
    expect(api.workflows.started).toMatchObject([{ workflow: "create-connection", generation: 2 }]);
  });

  it("takes the credentials that the tenant has now, also where its key is remembered as it was", async () => {
    const clock = createFakeClock();
    const tenants = createMemoryTenantStore(
      testTenant("acme", { keys: [testKey(apiKeys.all, ["connections:write"])], credentials: { alibaba: "earlier" } }),
    );
    const api = createTestApi({ tenants, keys: rememberKeys(createKeyDirectory(tenants), clock) });
    api.store.put({ ...failed, credentials: "earlier" });
    await api.get(path);
    const tenant = await tenants.get("acme");
    if (tenant) await tenants.save({ ...tenant, credentials: { alibaba: "now" } });
    expect(await api.send("POST", `${path}/redrive`, { body: { reason: "they leaked" } })).toMatchObject({
      status: 202,
    });
    expect(await api.store.get(accepted.id)).toMatchObject({ credentials: "now" });
  });

  it("may be sent twice, and runs once", async () => {
    const api = createApi(failed);
    const [first, second] = [await api.redrive(), await api.redrive()];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body).toEqual(first.body);
    expect(api.workflows.started).toHaveLength(1);
  });

  it("is forbidden when the gateway is not the tenant's any more", async () => {
    const api = createApi(failed, ["tencent/*/*"]);
    expect(await api.redrive()).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(await api.store.get(accepted.id)).toEqual(failed);
  });

  it("says why", async () => {
    for (const options of [{ body: undefined }, { body: {} }]) {
      const { status, body } = await createApi(failed).redrive(options);
      expect(status).toBe(400);
      expect(body["errors"]).toEqual([{ pointer: "/reason", detail: "is required" }]);
    }
  });
});

describe.each(["cancel", "redrive"] as const)("the body of %s", (verb) => {
  it.each<[string, object, string]>([
    ["an empty reason", { reason: "" }, "/reason"],
    ["a reason of blanks", { reason: " \u00a0\u3000" }, "/reason"],
    ["a reason of 501 characters", { reason: "x".repeat(501) }, "/reason"],
    ["a reason that is no text", { reason: 1 }, "/reason"],
    ["a reason that is nothing", { reason: null }, "/reason"],
    ["what is not known", { reason: "x", force: true }, "/force"],
  ])("is refused with %s, and nothing happens", async (_, body, pointer) => {
    const api = createApi(verb === "cancel" ? accepted : failed);
    const answer = await api[verb]({ body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: "invalid_request", errors: [{ pointer }] });
    expect(api.audit.entries).toEqual([]);
  });

  it("may hold a reason of 500 characters", async () => {
    const api = createApi(verb === "cancel" ? accepted : failed);
    await api[verb]({ body: { reason: "x".repeat(500) } });
    expect(api.audit.entries).toMatchObject([{ reason: "x".repeat(500) }]);
  });
});

describe.each(["cancel", "redrive"] as const)("If-Match of %s", (verb) => {
  const record = verb === "cancel" ? accepted : failed;

  it.each([`"${record.revision}"`, `W/"${record.revision}"`, "*", " * "])("lets it be done: %s", async (etag) => {
    const { status } = await createApi(record)[verb]({ headers: { "If-Match": etag } });
    expect([200, 202]).toContain(status);
  });

  it.each([`"${record.revision + 1}"`, '"0"', '"x"', "", String(record.revision)])(
    "keeps it from being done to another revision: %s",
    async (etag) => {
      const api = createApi(record);
      expect(await api[verb]({ headers: { "If-Match": etag } })).toMatchObject({ status: 409 });
      expect(await api.store.get(record.id)).toEqual(record);
    },
  );
});

describe.each(["cancel", "redrive"] as const)("%s of what is not the tenant's", (verb) => {
  it.each([
    ["another tenant's", path, apiKeys.other],
    ["nobody's", `${connections}/${"a".repeat(26)}`, apiKeys.all],
    ["no id", `${connections}/..%2Fetc`, apiKeys.all],
  ])("is not found: %s", async (_, of, key) => {
    const api = createApi(failed);
    const answer = await api.send("POST", `${of}/${verb}`, { key, body: { reason: "x" } });
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(api.audit.entries).toEqual([]);
  });
});

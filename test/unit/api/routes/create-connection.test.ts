import { describe, expect, it } from "vitest";
import { toConnectionId } from "../../../../functions/domain/record/ids.ts";
import { edit } from "../../../generators/json-edit.ts";
import { validAlibabaRequest, validPairsRequest } from "../../../support/create-requests.ts";
import { apiKeys, connections, createTestApi } from "../../../support/test-api.ts";

const id = toConnectionId("acme", "token-1");

describe("a request that is accepted", () => {
  it("is answered with 202, where it is, when to look, and the resource", async () => {
    const api = createTestApi();
    const { status, headers, body } = await api.send("POST", connections, { body: validAlibabaRequest() });
    expect(status).toBe(202);
    expect(headers.get("Location")).toBe(`${connections}/${id}`);
    expect(headers.get("ETag")).toBe('"1"');
    expect(Number(headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
    expect(Number(headers.get("Retry-After"))).toBeLessThanOrEqual(30);
    expect(headers.get("Content-Type")).toContain("application/json");
    expect(headers.has("Idempotent-Replayed")).toBe(false);
    expect(body).toMatchObject({ id, clientToken: "token-1", status: "accepted", revision: 1 });
    expect(api.workflows.started).toEqual([{ workflow: "create-connection", id, generation: 1 }]);
  });

  it("brings no key back", async () => {
    const body = edit(validAlibabaRequest(), { "/tunnels/0/preSharedKey": "MARKER" });
    const { text, headers } = await createTestApi().send("POST", connections, { body });
    expect(JSON.stringify([text, [...headers]])).not.toMatch(/MARKER|hmac:|sealed/);
  });

  it("gets a token when it brings none", async () => {
    const { body } = await createTestApi().send("POST", connections, { body: validPairsRequest() });
    expect(body["clientToken"]).toMatch(/^[\x21-\x7e]{1,64}$/);
    expect(body["id"]).toBe(toConnectionId("acme", String(body["clientToken"])));
  });

  it("belongs to the tenant of the key", async () => {
    const api = createTestApi();
    const first = await api.send("POST", connections, { body: validAlibabaRequest() });
    const second = await api.send("POST", connections, { body: validAlibabaRequest(), key: apiKeys.other });
    expect(second.headers.has("Idempotent-Replayed")).toBe(false);
    expect(second.body["id"]).not.toBe(first.body["id"]);
  });
});

describe("the same request again", () => {
  it("is answered with 202, the current state, and that it is a replay", async () => {
    const api = createTestApi();
    await api.send("POST", connections, { body: validAlibabaRequest() });
    const record = await api.store.get(id);
    if (record) api.store.put({ ...record, status: "succeeded", revision: 9, providerConnectionId: "vco-1" });
    const { status, headers, body } = await api.send("POST", connections, { body: validAlibabaRequest() });
    expect(status).toBe(202);
    expect(headers.get("Idempotent-Replayed")).toBe("true");
    expect(headers.get("Location")).toBe(`${connections}/${id}`);
    expect(headers.get("ETag")).toBe('"9"');
    expect(headers.has("Retry-After")).toBe(false);
    expect(body).toMatchObject({ id, status: "succeeded", providerConnectionId: "vco-1" });
    expect(api.workflows.started).toHaveLength(1);
  });

  it("is refused with 422 when it is another one", async () => {
    const api = createTestApi();
    await api.send("POST", connections, { body: validAlibabaRequest() });
    const other = edit(validAlibabaRequest(), { "/name": "MARKER", "/tunnels/0/preSharedKey": "MARKER" });
    const { status, body, text, headers } = await api.send("POST", connections, { body: other });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: "idempotency_mismatch", requestId: "request-2" });
    expect((body["errors"] as { pointer: string }[]).map(({ pointer }) => pointer).toSorted()).toEqual([
      "/name",
      "/tunnels/0/preSharedKey",
    ]);
    expect(headers.has("Location")).toBe(false);
    expect(text).not.toMatch(/MARKER|hq-shanghai|hmac/);
  });
});

describe("the header Idempotency-Key", () => {
  const { clientToken: _token, ...tokenless } = validAlibabaRequest();
  const post = (body: unknown, key: string, api = createTestApi()) =>
    api.send("POST", connections, { body, headers: { "Idempotency-Key": key } });

  it("is the token when the body has none", async () => {
    expect(await post(tokenless, "token-1")).toMatchObject({ status: 202, body: { id, clientToken: "token-1" } });
  });

  it("may say the same as the body, and is then the same request", async () => {
    const api = createTestApi();
    expect(await post(validAlibabaRequest(), "token-1", api)).toMatchObject({ status: 202 });
    const again = await post(tokenless, "token-1", api);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    const inBody = await api.send("POST", connections, { body: validAlibabaRequest() });
    expect(inBody.headers.get("Idempotent-Replayed")).toBe("true");
  });

  it("may not say another thing than the body", async () => {
    const { status, body, text } = await post(validAlibabaRequest(), "MARKER");
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "invalid_request", errors: [{ pointer: "/clientToken" }] });
    expect(text).not.toContain("MARKER");
    for (const clientToken of [null, 1, "", "TOKEN-1"]) {
      expect(await post({ ...tokenless, clientToken }, "token-1")).toMatchObject({ status: 400 });
    }
  });

  it("means the same in quotes, as its draft standard has it, and without", async () => {
    const api = createTestApi();
    const first = await post(tokenless, '"token-1"', api);
    expect(first).toMatchObject({ status: 202, body: { id, clientToken: "token-1" } });
    const again = await post(validAlibabaRequest(), "token-1", api);
    expect([again.headers.get("Idempotent-Replayed"), again.body["id"]]).toEqual(["true", id]);
    const escaped = await post(tokenless, String.raw`"a\"b\\c"`, api);
    expect(escaped.body["clientToken"]).toBe(String.raw`a"b\c`);
  });

  const notTokens = ["", "two words", "k".repeat(65), "k\u00fc", "first, second", "first,second", '"first,second"'];
  const notStrings = ['""', '"two words"', '"open', '"a"b"', '"a";p=1', String.raw`"a\b"`, `"${"k".repeat(65)}"`];
  it.each([...notTokens, ...notStrings])("must be a token: not '%s'", async (key) => {
    const { status, body } = await post(tokenless, key);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "invalid_request", errors: [{ pointer: "/Idempotency-Key" }] });
    expect(body["detail"]).toContain("Idempotency-Key");
  });

  it.each(["!", "~".repeat(64), 'in"side', "9f1c-2b", "a;b=1"])("may be any token: '%s'", async (key) => {
    expect(await post(tokenless, key)).toMatchObject({ status: 202, body: { clientToken: key } });
  });
});

describe("a request that is not valid", () => {
  it("is answered with 400 and everything that is wrong, and nothing happens", async () => {
    const api = createTestApi();
    const body = edit(validAlibabaRequest(), {
      "/region": undefined,
      "/surprise": 1,
      "/tunnels/0/ike/encryption": "des",
    });
    const answer = await api.send("POST", connections, { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: "invalid_request", detail: "the request has 3 problems; see errors" });
    expect(answer.body["errors"]).toEqual([
      { pointer: "/region", detail: "is required" },
      { pointer: "/surprise", detail: "is not a known field" },
      { pointer: "/tunnels/0/ike/encryption", detail: expect.stringContaining("weak") },
    ]);
    expect(api.workflows.started).toEqual([]);
    expect(await api.store.get(id)).toBeUndefined();
  });

  it("has an unknown member even when its name is one that JavaScript knows", async () => {
    const text = JSON.stringify(validAlibabaRequest()).replace("{", '{"__proto__":{"x":1},"constructor":1,');
    for (const headers of [{}, { "Idempotency-Key": "token-1" }]) {
      const { status, body } = await createTestApi().send("POST", connections, { body: text, headers });
      expect(status).toBe(400);
      const pointers = (body["errors"] as { pointer: string }[]).map(({ pointer }) => pointer);
      expect(pointers.toSorted()).toEqual(["/__proto__", "/constructor"]);
    }
  });

  it("may not call this computer back, unless the local stack allows it", async () => {
    const body = edit(validAlibabaRequest(), { "/callback/url": "http://127.0.0.1:4000/" });
    expect(await createTestApi().send("POST", connections, { body })).toMatchObject({ status: 400 });
    const local = createTestApi({ allowLoopbackCallbacks: true });
    expect(await local.send("POST", connections, { body })).toMatchObject({ status: 202 });
  });
});

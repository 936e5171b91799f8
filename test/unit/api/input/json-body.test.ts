import { describe, expect, it } from "vitest";
import { toConnectionId } from "../../../../functions/domain/record/ids.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";
import { apiKeys, connections, createTestApi, type SendOptions } from "../../../support/test-api.ts";

const bound = 65_536;
const post = (body: string, headers: Record<string, string> = {}) =>
  createTestApi().send("POST", connections, { body, headers });
/** A valid request, padded to so many bytes with what JSON does not count. */
const ofSize = (bytes: number) => JSON.stringify(validAlibabaRequest()).padEnd(bytes, " ");

describe("a body that is too large", () => {
  it.each([bound + 1, 1_000_000, 4_000_000])("is refused at %i bytes, whether it says so or not", async (bytes) => {
    for (const headers of [{}, { "Content-Length": String(bytes) }]) {
      const { status, body } = await post(ofSize(bytes), headers);
      expect(status).toBe(413);
      expect(body).toMatchObject({
        code: "payload_too_large",
        errors: [{ pointer: "", detail: `the body must be at most ${bound} bytes` }],
      });
    }
  });

  it("is refused before it is parsed, and counted in bytes", async () => {
    expect(await post("{".repeat(bound + 1))).toMatchObject({ status: 413 });
    expect(await post("ü".repeat(bound / 2 + 1))).toMatchObject({ status: 413 });
  });

  it("is accepted at the bound", async () => {
    expect(await post(ofSize(bound))).toMatchObject({ status: 202 });
    expect(await post(ofSize(bound), { "Content-Length": String(bound) })).toMatchObject({ status: 202 });
  });
});

describe("a body that does not say it is JSON", () => {
  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/problem+json",
    "text/json",
    "",
    "application/jsonx",
  ])("is refused: '%s'", async (type) => {
    const { status, body } = await post(ofSize(0), { "Content-Type": type });
    expect(status).toBe(415);
    expect(body).toMatchObject({ code: "unsupported_media_type", errors: [{ pointer: "" }] });
  });

  it.each(["application/json", "application/json; charset=utf-8", "Application/JSON ;charset=UTF-8"])(
    "is accepted: '%s'",
    async (type) => {
      expect(await post(ofSize(0), { "Content-Type": type })).toMatchObject({ status: 202 });
    },
  );
});

describe("a body that is not JSON", () => {
  it.each([" ", "{", '{"provider": "alibaba",}', "provider: alibaba", "{}{}", "NaN", "\u0000"])(
    "is refused: %j",
    async (body) => {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({
        code: "invalid_request",
        detail: "the body is not valid JSON",
        errors: [{ pointer: "", detail: "the body is not valid JSON" }],
      });
    },
  );

  it("is taken for an object without members when it has no bytes", async () => {
    const { status, body } = await post("");
    expect(status).toBe(400);
    expect(body["errors"]).toContainEqual({ pointer: "/provider", detail: "is required" });
  });

  it("is refused when a member stands twice, by its pointer, whichever route it goes to", async () => {
    const twice = JSON.stringify(validAlibabaRequest()).replace('"region":', '"n\\u0061me":"other","region":');
    const errors = [{ pointer: "/name", detail: "stands twice" }];
    expect(await post(twice)).toMatchObject({ status: 400, body: { code: "invalid_request", errors } });
    const key = '{"name":"ci","scopes":["connections:read"],"name":"ci"}';
    const options = { key: apiKeys.admin, body: key };
    expect(await createTestApi().send("POST", "/v1/admin/tenants/acme/keys", options)).toMatchObject({
      status: 400,
      body: { errors },
    });
  });

  it("is refused when it is no UTF-8, and nothing is put in place of what cannot be read", async () => {
    const [before = "", after = ""] = JSON.stringify(validAlibabaRequest()).split("hq-shanghai");
    const body = Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc3]), Buffer.from(after)]);
    const api = createTestApi();
    const answer = await api.send("POST", connections, { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: "invalid_request", detail: "the body is not valid UTF-8" });
    expect(api.workflows.started).toEqual([]);
  });

  it("is not repeated in the answer", async () => {
    expect((await post('{"preSharedKey": "MARKER"')).text).not.toContain("MARKER");
  });
});

describe("a body that is JSON but no object", () => {
  it.each(["[]", '"text"', "1", "null", "true"])("is refused: %s", async (body) => {
    const answer = await post(body, { "Idempotency-Key": "token" });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      code: "invalid_request",
      errors: [{ pointer: "", detail: "must be an object" }],
    });
  });
});

describe("where nothing in the body is required", () => {
  const json = { "Content-Type": "application/json" };
  const path = `${connections}/${toConnectionId("acme", "token-1")}/cancel`;

  async function cancel(options: SendOptions) {
    const api = createTestApi();
    await api.send("POST", connections, { body: validAlibabaRequest() });
    return { ...(await api.send("POST", path, options)), audit: api.audit };
  }

  it.each<[string, SendOptions]>([
    ["no body", {}],
    ["no body, said to be JSON", { headers: json }],
    ["no body, said to be something else", { headers: { "Content-Type": "text/plain" } }],
    ["a body of no bytes", { body: "", headers: json }],
    ["an empty object", { body: "{}" }],
  ])("%s is taken for an empty object", async (_, options) => {
    const { status, audit } = await cancel(options);
    expect(status).toBe(200);
    expect(audit.entries).toHaveLength(1);
    expect(audit.entries[0]).not.toHaveProperty("reason");
  });

  it.each<[string, number, string, SendOptions]>([
    ["of another type", 415, "unsupported_media_type", { body: "{}", headers: { "Content-Type": "text/plain" } }],
    ["of no type", 415, "unsupported_media_type", { body: "{}", headers: { "Content-Type": "" } }],
    ["that is blank", 400, "invalid_request", { body: " " }],
    ["that is not JSON", 400, "invalid_request", { body: "{" }],
    ["that is no object", 400, "invalid_request", { body: "[]" }],
    ["that is nothing", 400, "invalid_request", { body: "null" }],
    ["that is too large", 413, "payload_too_large", { body: `{}${" ".repeat(bound)}` }],
    ["with what is not known", 400, "invalid_request", { body: { why: "MARKER" } }],
  ])("a body %s is refused with %i, and nothing happens", async (_, expected, code, options) => {
    const { status, body, text, audit } = await cancel(options);
    expect(status).toBe(expected);
    expect(body).toMatchObject({ code });
    expect(text).not.toContain("MARKER");
    expect(audit.entries).toEqual([]);
  });
});

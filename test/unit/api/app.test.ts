import { describe, expect, it } from "vitest";
import { appOf } from "../../../functions/api/app.ts";
import { toConnectionId } from "../../../functions/domain/record/ids.ts";
import { validAlibabaRequest } from "../../support/create-requests.ts";
import {
  apiKeys,
  connections,
  createTestApi,
  createTestExampleApi,
  createTestSecretsApi,
} from "../../support/test-api.ts";

const id = toConnectionId("acme", "token-1");

describe("every answer", () => {
  it.each(["/healthz", connections, "/v1/nothing", "/nothing"])(
    "of %s names the request and is not kept or sniffed",
    async (path) => {
      const { headers } = await createTestApi().get(path);
      expect(headers.get("X-Request-Id")).toBe("request-1");
      expect(headers.get("Cache-Control")).toBe("no-store");
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    },
  );
});

describe("/healthz", () => {
  it("answers without a key", async () => {
    expect(await createTestApi().get("/healthz", { key: undefined })).toMatchObject({
      status: 200,
      body: { status: "ok" },
    });
  });
});

describe("a path that does not exist", () => {
  it.each(["/", "/v2", "/nothing", "/v1/nothing", "/v1/vpn-connections-x", `${connections}/${id}/nothing`])(
    "is told as 404: %s",
    async (path) => {
      const { status, body, headers } = await createTestApi().get(path);
      expect({ status, code: body["code"] }).toEqual({ status: 404, code: "not_found" });
      expect(headers.get("Content-Type")).toBe("application/problem+json");
    },
  );

  it("is not told to strangers under /v1", async () => {
    expect(await createTestApi().get("/v1/nothing", { key: undefined })).toMatchObject({ status: 401 });
  });
});

describe("a method that a path does not have", () => {
  it.each([
    ["PUT", connections, "GET, POST"],
    ["DELETE", connections, "GET, POST"],
    ["OPTIONS", connections, "GET, POST"],
    ["POST", `${connections}/${id}`, "GET"],
    ["DELETE", `${connections}/${id}`, "GET"],
    ["PATCH", `${connections}/${id}`, "GET"],
    ["POST", `${connections}/${id}/events`, "GET"],
    ["POST", "/healthz", "GET"],
    ["GET", `${connections}/${id}/cancel`, "POST"],
    ["GET", `${connections}/${id}/redrive`, "POST"],
    ["POST", `${connections}/${id}/deliveries`, "GET"],
    ["GET", `${connections}/${id}/deliveries/msg_1/resend`, "POST"],
    ["PUT", "/v1/attention", "GET"],
  ])("is told as 405 with the ones it has: %s %s", async (method, path, allowed) => {
    const { status, headers, body } = await createTestApi().send(method, path);
    expect({ status, code: body["code"] }).toEqual({ status: 405, code: "method_not_allowed" });
    expect(headers.get("Allow")).toBe(allowed);
  });
});

describe("a method that an operator's path does not have", () => {
  it.each([
    ["POST", "/v1/admin/tenants", "GET"],
    ["DELETE", "/v1/admin/tenants/acme", "GET, PUT"],
    ["GET", "/v1/admin/tenants/acme/webhook-secret/rotate", "POST"],
    ["DELETE", "/v1/admin/tenants/acme/keys", "GET, POST"],
    ["GET", "/v1/admin/tenants/acme/keys/key_1/rotate", "POST"],
    ["DELETE", "/v1/admin/tenants/acme/keys/key_1/revoke", "POST"],
    ["POST", "/v1/admin/audit", "GET"],
  ])("is told as 405 with the ones it has, to operators: %s %s", async (method, path, allowed) => {
    const { status, headers } = await createTestApi().send(method, path, { key: apiKeys.admin });
    expect({ status, allowed: headers.get("Allow") }).toEqual({ status: 405, allowed });
    expect(await createTestApi().send(method, path)).toMatchObject({ status: 403 });
  });
});

describe("what opens what is sealed is apart", () => {
  it.each([
    ["/v1/vpn-connections/dry-run", "provider"],
    [`${connections}/${id}/pre-shared-keys`, "secrets"],
    [`${connections}/x/pre-shared-keys`, "secrets"],
    ["/v1/webhooks/example", "examples"],
    [connections, "api"],
    [`${connections}/${id}`, "api"],
    [`${connections}/${id}/x/pre-shared-keys`, "api"],
    [`${connections}/pre-shared-keys`, "api"],
    [`${connections}/${id}/pre-shared-keys/`, "api"],
    ["/v1/webhooks/example/", "api"],
    ["/x/v1/webhooks/example", "api"],
    ["/v1/admin/tenants", "api"],
    ["/healthz", "api"],
  ])("%s is answered by: %s", (path, expected) => {
    expect(appOf(path)).toBe(expected);
  });

  it.each([
    ["POST", `${connections}/${id}/pre-shared-keys`, createTestSecretsApi(), createTestExampleApi()],
    ["POST", "/v1/webhooks/example", createTestExampleApi(), createTestSecretsApi()],
  ])("each app knows its own routes alone: %s %s", async (method, path, own, other) => {
    for (const app of [createTestApi(), other]) {
      expect(await app.send(method, path, { body: {} })).toMatchObject({ status: 404 });
    }
    expect((await own.get(path)).headers.get("Allow")).toBe(method);
    expect(await own.get(connections)).toMatchObject({ status: 404 });
  });
});

describe("HEAD and OPTIONS", () => {
  it.each(["/healthz", connections, `${connections}/${id}`, `${connections}/${id}/events`, "/v1/nothing", "/nothing"])(
    "are no fault of ours at %s, with and without a key",
    async (path) => {
      const api = createTestApi();
      await api.send("POST", connections, { body: validAlibabaRequest() });
      for (const method of ["HEAD", "OPTIONS"]) {
        for (const key of [apiKeys.all, undefined]) {
          const { status } = await api.send(method, path, { key });
          expect(status).toBeLessThan(500);
        }
      }
      expect(api.lines).toEqual([]);
    },
  );

  it("HEAD answers like GET, less the body", async () => {
    const api = createTestApi();
    await api.send("POST", connections, { body: validAlibabaRequest() });
    const { status, text, headers } = await api.send("HEAD", `${connections}/${id}`);
    expect({ status, text, etag: headers.get("ETag") }).toEqual({ status: 200, text: "", etag: '"1"' });
  });
});

import { describe, expect, it } from "vitest";
import { toConnectionId } from "../../../../functions/domain/record/ids.ts";
import { createMemoryConnectionStore } from "../../../fakes/memory-connection-store.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";
import { apiKeys, connections, createTestApi } from "../../../support/test-api.ts";

const id = "a".repeat(26);

describe("each request is one line in the log", () => {
  it("with who asked, by which key, for what, and what came of it", async () => {
    const api = createTestApi();
    const { headers } = await api.send("POST", connections, { body: validAlibabaRequest() });
    expect(headers.get("X-Request-Id")).toBe("request-1");
    expect(api.requestLines).toEqual([
      {
        requestId: "request-1",
        tenant: "acme",
        keyId: `key_${apiKeys.all}`,
        connectionId: toConnectionId("acme", "token-1"),
        method: "POST",
        route: connections,
        status: 202,
        durationMilliseconds: 0,
      },
    ]);
  });

  it.each([
    ["GET", `${connections}/${id}`, `${connections}/:id`, 404],
    ["POST", `${connections}/${id}/deliveries/MARKER/resend`, `${connections}/:id/deliveries/:deliveryId/resend`, 404],
    ["GET", "/v1/admin/tenants/MARKER", "/v1/admin/tenants/:tenant", 403],
    ["GET", "/v1/MARKER", undefined, 404],
    ["GET", "/MARKER", undefined, 404],
    ["GET", `${connections}?MARKER=1`, connections, 400],
  ])("by its route, never by its path: %s %s", async (method, path, route, status) => {
    const api = createTestApi();
    await api.send(method, path);
    expect(api.requestLines).toMatchObject([{ route, status }]);
    expect(JSON.stringify([api.requestLines, api.lines])).not.toContain("MARKER");
  });

  it.each([
    [`${connections}/${id}`, id],
    [`${connections}/${id}/events`, id],
    [`${connections}/MARKER`, undefined],
    [`${connections}/${id}MARKER`, undefined],
    [connections, undefined],
    [`/v1/admin/tenants/${id}`, undefined],
  ])("with the id of what it is about, where it has the form of one: %s", async (path, connectionId) => {
    const api = createTestApi();
    await api.get(path);
    expect(api.requestLines).toMatchObject([{ connectionId }]);
    expect(JSON.stringify(api.requestLines)).not.toContain("MARKER");
  });

  it("without a tenant where nobody was found", async () => {
    const api = createTestApi();
    await api.get(connections, { key: "MARKER" });
    expect(api.requestLines).toMatchObject([{ status: 401, tenant: undefined, keyId: undefined }]);
    expect(JSON.stringify(api.requestLines)).not.toContain("MARKER");
  });

  it("with the time that it took", async () => {
    const store = createMemoryConnectionStore();
    const api = createTestApi({
      store: {
        ...store,
        getOwn: (...of) => {
          api.clock.advance(42);
          return store.getOwn(...of);
        },
      },
    });
    await api.get(`${connections}/${id}`);
    expect(api.requestLines).toMatchObject([{ durationMilliseconds: 42 }]);
  });

  it("also when it broke", async () => {
    const fail = () => Promise.reject(new Error("MARKER"));
    const api = createTestApi({ store: { ...createMemoryConnectionStore(), getOwn: fail } });
    await api.get(`${connections}/${id}`);
    expect(api.requestLines).toMatchObject([{ status: 500, tenant: "acme", route: `${connections}/:id` }]);
    expect(JSON.stringify(api.requestLines)).not.toContain("MARKER");
  });
});

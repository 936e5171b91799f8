import { describe, expect, it } from "vitest";
import { apiKeys, connections, createTestApi } from "../../../support/test-api.ts";
import { validAlibabaRequest } from "../../../support/create-requests.ts";

const id = "a".repeat(26);
const routes = [
  ["POST", connections],
  ["GET", connections],
  ["GET", `${connections}/${id}`],
  ["GET", `${connections}/${id}/events`],
] as const;

describe.each(routes)("%s %s", (method, path) => {
  it.each([
    ["no key", {}],
    ["a wrong key", { Authorization: "Bearer MARKER" }],
    ["another scheme", { Authorization: "Basic MARKER" }],
    ["an empty header", { Authorization: "" }],
    ["a key of another form", { Authorization: `Bearer ${apiKeys.all} MARKER` }],
  ])("with %s is answered with 401 and nothing else", async (_, headers) => {
    const api = createTestApi();
    const answer = await api.send(method, path, {
      key: undefined,
      headers,
      ...(method === "POST" ? { body: {} } : {}),
    });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: "unauthenticated", requestId: "request-1" });
    expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
    expect(answer.text).not.toContain("MARKER");
    expect(api.store.reads()).toBe(0);
  });

  it("with a key that lacks the scope is answered with 403 and names the scope", async () => {
    const [key, scope] =
      method === "POST" ? [apiKeys.reader, "connections:write"] : [apiKeys.writer, "connections:read"];
    const answer = await createTestApi().send(method, path, {
      key,
      ...(method === "POST" ? { body: validAlibabaRequest() } : {}),
    });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: "forbidden", detail: `this API key lacks the scope ${scope}` });
  });

  it("with a key of this scope alone is let in", async () => {
    const key = method === "POST" ? apiKeys.writer : apiKeys.reader;
    const answer = await createTestApi().send(method, path, {
      key,
      ...(method === "POST" ? { body: validAlibabaRequest() } : {}),
    });
    expect([200, 202, 404]).toContain(answer.status);
  });
});

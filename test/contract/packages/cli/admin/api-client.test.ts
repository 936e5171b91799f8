import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createApiClient } from "../../../../../packages/cli/src/admin/api-client.ts";

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

let replies: Reply[];
let seen: IncomingMessage[];
const server = createServer((request, response) => {
  seen.push(request);
  (replies.shift() ?? json(200, {}))(request, response);
});
let base: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  replies = [];
  seen = [];
});
afterAll(() => void server.close());

function json(status: number, body: object, headers: Record<string, string> = {}): Reply {
  return (_request, response) => response.writeHead(status, headers).end(JSON.stringify(body));
}
const problem = (status: number, code: string, detail: string, more = {}) =>
  json(status, { title: "The title", code, detail, requestId: "req-1", ...more });

function client(at = base) {
  const notes: string[] = [];
  const slept: number[] = [];
  const api = createApiClient({
    access: { base: at, key: "vpb_secret", keySource: "VPN_BROKER_API_KEY" },
    note: (text) => void notes.push(text),
    sleep: async (milliseconds) => void slept.push(milliseconds),
  });
  return { api, notes, slept };
}

describe("the client of the admin API", () => {
  it("sends the key, and the body as JSON", async () => {
    replies = [json(200, { items: [] })];
    expect(await client().api.send("PUT", "/tenants/acme", { gateways: [] })).toEqual({ items: [] });
    expect(seen[0]?.url).toBe("/v1/admin/tenants/acme");
    expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer vpb_secret", "content-type": "application/json" });
  });

  it("waits once as long as it is told to, then says that there are still too many", async () => {
    const full = json(429, { code: "rate_limited", detail: "wait" }, { "retry-after": "3" });
    const { api, notes, slept } = client();
    replies = [full, json(200, { done: true })];
    expect(await api.get("/tenants")).toEqual({ done: true });
    expect(slept).toEqual([3000]);
    expect(notes).toEqual(["Too many requests with this key; going on in 3 s."]);
    replies = [full, full];
    await expect(api.get("/tenants")).rejects.toThrow(/still has too many requests of this key: wait/);
    expect(seen).toHaveLength(4);
  });

  it("does not wait for long, or for who knows how long", async () => {
    const headers: Record<string, string>[] = [
      { "retry-after": "3600" },
      { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" },
      {},
    ];
    for (const header of headers) {
      const { api, slept } = client();
      replies = [json(429, { code: "rate_limited", detail: "wait" }, header)];
      await expect(api.get("/tenants")).rejects.toThrow(/too many requests/);
      expect(slept).toEqual([]);
    }
  });

  it.each([
    [problem(401, "unauthenticated", "x"), /does not know the key in VPN_BROKER_API_KEY, or it has ended\.$/],
    [
      problem(403, "forbidden", "this API key lacks the scope admin"),
      /refuses .*: this API key lacks the scope admin\.$/,
    ],
    [problem(404, "not_found", "there is no tenant of this name"), /^The title: there is no tenant of this name\.$/],
    [problem(409, "conflict", "this key is being replaced"), /^The title: this key is being replaced\.$/],
    [problem(503, "unavailable", "try again"), /could not do it: try again\. Its request id is req-1\.$/],
    [json(404, { message: "Not Found" }), /is not the broker \(status 404\)\.$/],
    [(_: unknown, response: ServerResponse) => void response.end("<html>"), /is not the broker \(status 200\)\.$/],
    [json(302, {}, { location: "https://elsewhere.example" }), /answers with a redirect/],
    [(request: IncomingMessage) => void request.socket.destroy(), /did not answer \(\w+\)\.$/],
  ] as [Reply, RegExp][])("says in a sentence what went wrong, %#", async (reply, sentence) => {
    replies = [reply];
    const refused = client().api.get("/tenants/acme");
    await expect(refused).rejects.toThrow(sentence);
    await expect(refused).rejects.not.toThrow(/vpb_/);
    expect(seen).toHaveLength(1);
  });

  it("names the option for each flaw", async () => {
    const errors = [
      { pointer: "/gateways/1", detail: "must be a pattern" },
      { pointer: "/rateLimit/burst", detail: "is too large" },
      { pointer: "", detail: "is odd" },
    ];
    replies = [problem(400, "invalid_request", "see errors", { errors })];
    await expect(client().api.send("PUT", "/tenants/acme", {})).rejects.toThrow(
      "The title: --gateway must be a pattern; --burst is too large; is odd.",
    );
  });

  it("says when it is not known whether a change was made", async () => {
    const doubt = /look before you repeat it\.$/;
    for (const reply of [
      problem(500, "internal", "x"),
      (request: IncomingMessage) => void request.socket.destroy(),
    ] as Reply[]) {
      replies = [reply];
      await expect(client().api.send("POST", "/tenants/acme/keys", {})).rejects.toThrow(doubt);
    }
    replies = [problem(409, "conflict", "x")];
    await expect(client().api.send("POST", "/tenants/acme/keys", {})).rejects.not.toThrow(doubt);
  });

  it("says that nothing listens", async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    await new Promise((resolve) => gone.close(resolve));
    await expect(client(url).api.send("POST", "/x", {})).rejects.toThrow(
      `No broker answers at ${url}: nothing listens there. Is it running?`,
    );
  });
});

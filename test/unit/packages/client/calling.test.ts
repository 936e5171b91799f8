import { readFile } from "node:fs/promises";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { exampleRequest } from "../../../../functions/contract/examples.ts";
import {
  type Client,
  type CreateRequest,
  createClient,
  version,
  VpnBrokerError,
} from "../../../../packages/client/src/index.ts";
import { answer, apiKey, problem, type Reply, scriptBroker, stateOf } from "../../../support/scripted-broker.ts";

const request = exampleRequest as unknown as CreateRequest;
const failureOf = (promise: Promise<unknown>) => promise.then(String, (error: unknown) => error);

describe("a call", () => {
  it("goes to the address with its path, with the key and the client's name", async () => {
    const { client, calls, settle } = scriptBroker([answer(stateOf({}))], { userAgent: "billing/2.1" });
    await settle(client.get("a/b?c"));
    expect(calls[0]).toMatchObject({
      method: "GET",
      url: "https://broker.example/vpn/v1/vpn-connections/a%2Fb%3Fc",
      headers: { authorization: `Bearer ${apiKey}`, "user-agent": `billing/2.1 vpn-broker-client/${version}` },
    });
  });

  it.each(["", ".", ".."])("never becomes another one by the id %j", (id) => {
    const { client, calls } = scriptBroker([]);
    expect(() => client.cancel(id)).toThrow(TypeError);
    expect(calls).toEqual([]);
  });

  it("that changes something says at which revision, if it was told", async () => {
    const { client, calls, settle } = scriptBroker([answer(stateOf({})), answer(stateOf({}))]);
    await settle(client.cancel("a", { reason: "not needed" }, { ifMatch: 7 }));
    await settle(client.redrive("a", { reason: "the quota was raised" }));
    expect(calls.map(({ headers }) => headers["if-match"])).toEqual([`"7"`, undefined]);
    expect(calls.map(({ body }) => body)).toEqual(['{"reason":"not needed"}', '{"reason":"the quota was raised"}']);
  });

  it("ends with the caller's signal and its reason, before it, during it and between attempts", async () => {
    for (const replies of [[], ["silence" as const], [problem(503, "unavailable", { "retry-after": "60" })]]) {
      const { client, calls, settle } = scriptBroker(replies);
      const controller = new AbortController();
      const reason = new Error("the user went away");
      if (replies.length === 0) controller.abort(reason);
      const failure = failureOf(client.get("a", { signal: controller.signal }));
      setImmediate(() => controller.abort(reason));
      expect(await settle(failure)).toBe(reason);
      expect(calls.length).toBe(replies.length);
    }
  });

  it("ends with the signal's reason also where it would not be sent again", async () => {
    const { client, settle } = scriptBroker(["silence"], { maxRetries: 0 });
    const controller = new AbortController();
    const failure = failureOf(client.get("a", { signal: controller.signal }));
    setImmediate(() => controller.abort());
    expect(await settle(failure)).toMatchObject({ name: "AbortError" });
  });

  it("reads every page of a list, empty ones too", async () => {
    const pages = [
      { items: [stateOf({ revision: 1 })], nextCursor: "b+" },
      { items: [], nextCursor: "c" },
      { items: [stateOf({ revision: 2 })] },
    ];
    const { client, calls, settle } = scriptBroker(pages.map((page) => answer(page)));
    const read = async () => {
      const revisions = [];
      for await (const { revision } of client.list({ status: ["failed", "unknown"], limit: 1 }))
        revisions.push(revision);
      return revisions;
    };
    expect(await settle(read())).toEqual([1, 2]);
    expect(calls.map(({ url }) => new URL(url).search)).toEqual([
      "?status=failed&status=unknown&limit=1",
      "?status=failed&status=unknown&limit=1&cursor=b%2B",
      "?status=failed&status=unknown&limit=1&cursor=c",
    ]);
  });

  it("ends when a page leads to itself", async () => {
    const page = answer({ items: [], nextCursor: "same" });
    const { client, calls, settle } = scriptBroker([page, page]);
    const read = async () => {
      for await (const _ of client.list());
    };
    expect(await settle(failureOf(read()))).toMatchObject({ name: "NoAnswerError" });
    expect(calls).toHaveLength(2);
  });
});

describe("an error", () => {
  it("says what the broker said, place by place", async () => {
    const errors = [{ pointer: "/region", detail: "is not a region" }];
    const { client, settle } = scriptBroker([problem(400, "invalid_request", { "retry-after": "3" }, { errors })]);
    const error = await settle(failureOf(client.create(request)));
    expect(error).toBeInstanceOf(VpnBrokerError);
    expect(error).toMatchObject({
      name: "ProblemError",
      message: "400 No: because\n  /region: is not a region",
      code: "invalid_request",
      status: 400,
      requestId: "r-1",
      errors,
      retryAfterSeconds: 3,
      clientToken: "my-first",
    });
  });

  it.each(["[]", "null", "{}", '"text"'])("takes no %s for an answer of the broker", async (text) => {
    const made = () => new Response(text, { headers: { "content-type": "application/json" } });
    const replies: Reply[] = Array.from({ length: 6 }, () => made);
    const calls: ((client: Client) => Promise<unknown>)[] = [
      (client) => client.create(request),
      (client) => client.get("k3x5q7mzj2v4wy6abcdefgh2ij"),
      (client) => client.watch("k3x5q7mzj2v4wy6abcdefgh2ij").next(),
      (client) => client.list().next(),
    ];
    for (const call of calls) {
      const { client, settle } = scriptBroker(replies);
      await expect(settle(call(client))).rejects.toThrow(/^the answer is no (JSON object|connection|page)$/);
    }
  });

  it("sends a clientToken that is none as it was given, for the broker to refuse", async () => {
    const { client, calls, settle } = scriptBroker([problem(400, "invalid_request")]);
    const without = { ...request, clientToken: null } as unknown as CreateRequest;
    await expect(settle(client.create(without))).rejects.toThrow("400");
    expect(JSON.parse(calls[0]?.body ?? "")).toMatchObject({ clientToken: null });
  });

  it("holds the key nowhere, whatever fetch says", async () => {
    const leak = new TypeError(`bad header "Bearer ${apiKey}"`, { cause: new Error(`Bearer ${apiKey}`) });
    const { client, settle } = scriptBroker([leak, new Error(apiKey)], { maxRetries: 1 });
    const error = await settle(failureOf(client.get("a")));
    expect(error).toMatchObject({ name: "NoAnswerError", code: "no_answer" });
    expect(inspect([error, client], { depth: 9, showHidden: true })).not.toContain(apiKey);
  });
});

describe("a client", () => {
  it.each([
    { url: "ftp://broker.example" },
    { url: "broker.example" },
    { url: "https://user:pass@broker.example" },
    { url: "https://broker.example/?a=b" },
    { apiKey: "" },
    { apiKey: "not\nto-be-seen" },
    { timeoutSeconds: 0 },
    { attemptTimeoutSeconds: Number.NaN },
    { userAgent: "a\nb" },
  ])("is not made with %o", (options) => {
    const make = () => createClient({ url: "https://broker.example", apiKey, ...options });
    expect(make).toThrow(TypeError);
    expect(make).not.toThrow(/seen|pass/);
  });

  it("has the version of its package", async () => {
    const manifest = await readFile(new URL("../../../../packages/client/package.json", import.meta.url), "utf8");
    expect(JSON.parse(manifest)).toMatchObject({ version });
  });
});

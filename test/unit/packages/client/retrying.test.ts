import { describe, expect, it } from "vitest";
import { exampleRequest } from "../../../../functions/contract/examples.ts";
import { type CreateRequest, NoAnswerError, ProblemError } from "../../../../packages/client/src/index.ts";
import { answer, networkError, problem, type Reply, scriptBroker, stateOf } from "../../../support/scripted-broker.ts";

const { clientToken: _token, ...request } = exampleRequest as unknown as CreateRequest;
const accepted = answer(stateOf({}), 202);
const reset = networkError("ECONNRESET");
const page = () => new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "content-type": "text/html" } });
const cutOff = () => new Response('{"id":', { headers: { "content-type": "application/json" } });

describe("a call is sent again", () => {
  it.each<[what: string, reply: Reply]>([
    ["no answer", reset],
    ["an answer that never comes", "silence"],
    ["an answer cut off", cutOff],
    ["429", problem(429, "rate_limited")],
    ["500", problem(500, "internal")],
    ["a proxy's page", page],
    ["503", problem(503, "unavailable")],
  ])("after %s, and is the same to the letter", async (_, reply) => {
    const { client, calls, settle } = scriptBroker([reply, reply, accepted]);
    expect(await settle(client.create(request))).toEqual(stateOf({}));
    expect(calls.length).toBe(3);
    expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
    const sent = JSON.parse(calls[0]?.body ?? "") as CreateRequest;
    expect(sent).toEqual({ ...request, clientToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
  });

  it.each([400, 401, 403, 404, 409, 413, 415, 422])("never after %i", async (status) => {
    const { client, calls, settle } = scriptBroker([problem(status, "some_code")]);
    await expect(settle(client.create(request))).rejects.toMatchObject({ status });
    expect(calls.length).toBe(1);
  });

  it("never after a redirect, which is not followed", async () => {
    const { client, calls, settle } = scriptBroker([() => Response.redirect("https://elsewhere.example/", 307)]);
    await expect(settle(client.get("a"))).rejects.toMatchObject({ status: 307, code: "unreadable_answer" });
    expect(calls).toMatchObject([{ redirect: "manual" }]);
  });

  it("half a second later, then twice as long each time, with jitter", async () => {
    const { client, calls, settle } = scriptBroker(Array.from({ length: 6 }, () => reset));
    await expect(settle(client.get("a"))).rejects.toBeInstanceOf(NoAnswerError);
    expect(calls.map(({ at }) => at)).toEqual([0, 375, 1125, 2625, 5625, 11_625]);
  });

  it.each([
    ["7", 7000],
    ["900", 60_000],
    ["Fri, 20 Nov 2026 08:30:09 GMT", 9000],
  ])("after what Retry-After: %s asks for, a minute at most", async (text, milliseconds) => {
    const headers = { "retry-after": text, date: "Fri, 20 Nov 2026 08:30:00 GMT" };
    const { client, calls, settle } = scriptBroker([problem(429, "rate_limited", headers), accepted]);
    await settle(client.create(request));
    expect(calls[1]?.at).toBe(milliseconds);
  });

  it("only while the time of the whole call lasts", async () => {
    const { client, calls, clock, settle } = scriptBroker(["silence", "silence", "silence"], {
      attemptTimeoutSeconds: 4,
      timeoutSeconds: 10,
    });
    await expect(settle(client.get("a"))).rejects.toThrow("https://broker.example/vpn gave no answer within 1 s");
    expect(calls.map(({ at }) => at)).toEqual([0, 4375, 9125]);
    expect(clock.now()).toBe(10_000);
  });

  it("as often as it was said", async () => {
    const { client, calls, settle } = scriptBroker([reset, accepted], { maxRetries: 0 });
    await expect(settle(client.create(request))).rejects.toThrow("gave no answer (ECONNRESET)");
    expect(calls.length).toBe(1);
  });

  it("when it makes a key or a secret only after 429", async () => {
    const settings = { name: "ci", scopes: ["connections:read" as const] };
    const late = scriptBroker([problem(429, "rate_limited"), reset]);
    await expect(late.settle(late.client.admin.keys.create("acme", settings))).rejects.toBeInstanceOf(NoAnswerError);
    expect(late.calls.length).toBe(2);
    const failed = scriptBroker([problem(503, "unavailable")]);
    await expect(failed.settle(failed.client.admin.keys.rotate("acme", "key_1"))).rejects.toBeInstanceOf(ProblemError);
    expect(failed.calls.length).toBe(1);
  });
});

describe("the token of a create", () => {
  it("is the caller's, if there is one", async () => {
    const { client, calls, settle } = scriptBroker([reset, accepted]);
    await settle(client.create({ ...request, clientToken: "order-4713" }));
    expect(calls.map(({ body }) => (JSON.parse(body ?? "") as CreateRequest).clientToken)).toEqual(
      Array.from({ length: 2 }, () => "order-4713"),
    );
    expect(calls.every(({ headers }) => headers["idempotency-key"] === undefined)).toBe(true);
  });

  it("is another one for each call, and stands in what fails", async () => {
    const { client, calls, settle } = scriptBroker([reset, reset], { maxRetries: 0 });
    const failures = [
      await settle(client.create(request).catch((error: unknown) => error as NoAnswerError)),
      await settle(client.create(request).catch((error: unknown) => error as NoAnswerError)),
    ];
    const sent = calls.map(({ body }) => (JSON.parse(body ?? "") as CreateRequest).clientToken);
    expect(failures.map((error) => "clientToken" in error && error.clientToken)).toEqual(sent);
    expect(new Set(sent).size).toBe(2);
  });
});

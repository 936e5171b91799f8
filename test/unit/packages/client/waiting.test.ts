import { describe, expect, it } from "vitest";
import { exampleRequest } from "../../../../functions/contract/examples.ts";
import {
  ConnectionFailedError,
  type CreateRequest,
  type Status,
  WaitTimeoutError,
} from "../../../../packages/client/src/index.ts";
import {
  answer,
  networkError,
  problem,
  type Reply,
  scriptBroker,
  stateOf,
  unchanged,
} from "../../../support/scripted-broker.ts";

const request = exampleRequest as unknown as CreateRequest;
const accepted = stateOf({ status: "accepted", revision: 1 });
const creating = stateOf({ status: "creating", revision: 2 });
const succeeded = stateOf({ status: "succeeded", revision: 3 });
const failureOf = (promise: Promise<unknown>) => promise.then(String, (error: unknown) => error);
const { id } = accepted;

describe("waiting", () => {
  it("asks for the next change at once, held back by the broker", async () => {
    const { client, calls, settle } = scriptBroker([answer(accepted, 202), answer(creating), answer(succeeded)]);
    const seen: Status[] = [];
    const options = { timeoutSeconds: 600, onChange: ({ status }: { status: Status }) => void seen.push(status) };
    expect(await settle(client.createAndWait(request, options))).toEqual(succeeded);
    expect(seen).toEqual(["accepted", "creating", "succeeded"]);
    expect(calls.map(({ method, url, headers }) => [method, new URL(url).search, headers["if-none-match"]])).toEqual([
      ["POST", "", undefined],
      ["GET", "?wait=20", `"1"`],
      ["GET", "?wait=20", `"2"`],
    ]);
    expect(calls.at(-1)?.at).toBe(0);
  });

  it("does not hammer a broker that holds nothing back", async () => {
    const { client, calls, settle } = scriptBroker([
      answer(accepted, 202),
      unchanged({ "retry-after": "5" }),
      unchanged(),
      answer(succeeded),
    ]);
    await settle(client.createAndWait(request, { timeoutSeconds: 600 }));
    expect(calls.map(({ at }) => at)).toEqual([0, 0, 5000, 6000]);
  });

  it("looks at least once a minute, and at most once a second, whatever the broker asks for", async () => {
    const { client, calls, settle } = scriptBroker([
      answer(accepted, 202),
      unchanged({ "retry-after": "99999" }),
      unchanged({ "retry-after": "0" }),
      answer(succeeded),
    ]);
    await settle(client.createAndWait(request, { timeoutSeconds: 600 }));
    expect(calls.map(({ at }) => at)).toEqual([0, 0, 60_000, 61_000]);
  });

  it.each([503, 429])("waits to its end where %i asks for longer", async (status) => {
    const away = problem(status, "unavailable", { "retry-after": "60" });
    const { client, clock, calls, settle } = scriptBroker([answer(accepted, 202), away]);
    const failure = await settle(failureOf(client.createAndWait(request, { timeoutSeconds: 50 })));
    expect(failure).toBeInstanceOf(WaitTimeoutError);
    expect([clock.now(), calls.length]).toEqual([50_000, 2]);
  });

  it("outlasts a broker that is away, for as long as it may", async () => {
    const away: Reply[] = Array.from({ length: 40 }, () => networkError("ECONNREFUSED"));
    const { client, settle } = scriptBroker([answer(accepted, 202), ...away, answer(succeeded)]);
    expect(await settle(client.createAndWait(request, { timeoutSeconds: 600 }))).toEqual(succeeded);
  });

  it.each(["failed", "canceled", "unknown"] as const)("that ends %s is an error with the resource", async (status) => {
    const error = {
      code: "provider_quota",
      message: "the limit is reached",
      retryable: true,
      advice: "Raise it.",
    } as const;
    const ended = stateOf({ status, revision: 3, ...(status === "failed" ? { error } : {}) });
    const { client, settle } = scriptBroker([answer(accepted, 202), answer(ended)]);
    const failure = await settle(failureOf(client.createAndWait(request, { timeoutSeconds: 600 })));
    expect(failure).toBeInstanceOf(ConnectionFailedError);
    expect(failure).toMatchObject({ connection: ended, message: expect.stringContaining(`${id} ended ${status}: `) });
  });

  it("that takes too long says that the request goes on, and which", async () => {
    const held = Array.from({ length: 9 }, (): Reply => "silence");
    const { client, clock, settle } = scriptBroker([answer(accepted, 202), answer(creating), ...held]);
    const failure = await settle(failureOf(client.createAndWait(request, { timeoutSeconds: 90 })));
    expect(failure).toBeInstanceOf(WaitTimeoutError);
    expect(failure).toMatchObject({
      id,
      connection: creating,
      code: "wait_timeout",
      message: `${id} is creating after 90 s of waiting; the request goes on`,
    });
    expect(clock.now()).toBe(90_000);
  });

  it("that may not go on still says which request it was", async () => {
    const { client, settle } = scriptBroker([answer(accepted, 202), problem(403, "forbidden")]);
    const failure = await settle(failureOf(client.createAndWait(request, { timeoutSeconds: 90 })));
    expect(failure).toMatchObject({ code: "forbidden", id });
  });

  it("ends with the signal, and cancels nothing", async () => {
    const { client, calls, settle } = scriptBroker([answer(accepted, 202), "silence"]);
    const controller = new AbortController();
    const waiting = client.createAndWait(request, { timeoutSeconds: 600, signal: controller.signal });
    const failure = failureOf(waiting);
    setImmediate(() => controller.abort());
    expect(await settle(failure)).toMatchObject({ name: "AbortError" });
    expect(calls.some(({ url }) => url.includes("cancel"))).toBe(false);
  });

  it("goes on where it was left, by the id", async () => {
    const { client, calls, settle } = scriptBroker([answer(creating), answer(succeeded)]);
    expect(await settle(client.waitFor(id, { timeoutSeconds: 60 }))).toEqual(succeeded);
    expect(calls.map(({ url }) => new URL(url).search)).toEqual(["", "?wait=20"]);
  });
});

describe("watching", () => {
  it("shows each state once, and ends with the last one", async () => {
    const { client, settle } = scriptBroker([answer(accepted), answer(accepted), answer(creating), answer(succeeded)]);
    const watch = async () => {
      const states = [];
      for await (const { status } of client.watch(id)) states.push(status);
      return states;
    };
    expect(await settle(watch())).toEqual(["accepted", "creating", "succeeded"]);
  });

  it("of a request that is not there is the broker's own answer", async () => {
    const { client, settle } = scriptBroker([problem(404, "not_found")]);
    expect(await settle(failureOf(client.watch(id).next()))).toMatchObject({ code: "not_found" });
  });

  it("without a timeout does not outlast the client's own limits", async () => {
    const { client, settle } = scriptBroker(Array.from({ length: 6 }, () => networkError("ECONNREFUSED")));
    expect(await settle(failureOf(client.watch(id).next()))).toMatchObject({ code: "no_answer" });
  });
});

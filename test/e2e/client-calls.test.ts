import { beforeAll, describe, expect, it } from "vitest";
import { toPattern } from "../../functions/contract/route.ts";
import { operations } from "../../functions/contract/routes.ts";
import { samples } from "../../local/demo/samples.ts";
import {
  type Client,
  createClient,
  type CreateRequest,
  ProblemError,
  WaitTimeoutError,
} from "../../packages/client/src/index.ts";
import { useTestStack } from "../support/use-test-stack.ts";

const stack = useTestStack({ LOCAL_TIME_SCALE: "0.005" });
const called = new Set<string>();
let client: Client;

beforeAll(() => {
  const { url, apiKey } = stack();
  const watched: typeof fetch = (input, init) => {
    called.add(`${init?.method} ${new URL(input).pathname}`);
    return fetch(input, init);
  };
  client = createClient({ url, apiKey, fetch: watched });
});

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "went well",
    (error: unknown) => (error instanceof ProblemError ? error.code : error),
  );

describe("the client against the broker", () => {
  it.each(samples)("$provider: carries the vendor's sample to its end", async (sample) => {
    expect(await client.dryRun(sample)).toMatchObject({ ok: true });
    const seen: string[] = [];
    const options = { timeoutSeconds: 100, onChange: ({ status }: { status: string }) => void seen.push(status) };
    const connection = await client.createAndWait({ ...sample, clientToken: `one-${sample.provider}` }, options);
    expect(seen[0]).toBe("accepted");
    expect(seen.at(-1)).toBe("succeeded");
    const { id } = connection;
    expect(connection).toMatchObject({ provider: sample.provider, status: "succeeded", attempts: 1 });
    expect(await client.get(id)).toMatchObject({ id, status: "succeeded" });
    expect(await client.create({ ...sample, clientToken: connection.clientToken })).toMatchObject({ id });
    expect((await client.events(id)).map(({ type }) => type)).toContain("vendor_call");
    expect(await client.search(connection.providerConnectionId ?? "")).toMatchObject([{ connection: { id } }]);
    const listed = [];
    for await (const one of client.list({ clientToken: connection.clientToken, limit: 1 })) listed.push(one.id);
    expect(listed).toEqual([id]);
    expect(await client.deliveries(id)).toEqual([]);
    expect(await codeOf(client.cancel(id))).toBe("conflict");
    expect(await codeOf(client.redrive(id, { reason: "to see" }))).toBe("conflict");
    expect(await codeOf(client.revealKeys(id))).toBe("conflict");
    expect(await codeOf(client.resend(id, `msg_${id}_1`))).toBe("not_found");
  });

  it("looks at all requests together", async () => {
    expect(await client.stats({ window: "1h" })).toMatchObject({ window: "1h" });
    expect(await client.attention({ limit: 1 })).toMatchObject({ items: [] });
    expect(await client.key()).toMatchObject({
      tenant: "local",
      scopes: expect.arrayContaining(["admin"]) as string[],
    });
  });

  it("tells where a request that goes on can be found", async () => {
    await stack().control("alibaba", "PUT", "/settings", { provisioningMilliseconds: 600_000 });
    const waited = client.createAndWait(
      { ...(samples[0] as CreateRequest), allowDuplicate: true },
      { timeoutSeconds: 1 },
    );
    const error = await waited.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(await client.get((error as WaitTimeoutError).id)).not.toMatchObject({ status: "canceled" });
  });

  it("administers tenants and keys", async () => {
    const { tenants, keys, audit } = client.admin;
    const settings = { gateways: ["alibaba/cn-shanghai/*"] };
    const { revision } = await tenants.set("acme", settings);
    expect(await codeOf(tenants.set("acme", settings, { ifMatch: revision + 1 }))).toBe("conflict");
    expect(await tenants.get("acme")).toMatchObject({ name: "acme", ...settings });
    const names = [];
    for await (const { name } of tenants.list()) names.push(name);
    expect(names).toContain("acme");
    expect(await tenants.suspend("acme", { reason: "to see" })).toHaveProperty("suspended");
    expect(await tenants.resume("acme")).not.toHaveProperty("suspended");
    expect(await tenants.rotateWebhookSecret("acme")).toHaveProperty("webhookSecret");

    const made = await keys.create("acme", { name: "ci", scopes: ["connections:read"] });
    const theirs = createClient({ url: stack().url, apiKey: made.key });
    expect(await codeOf(theirs.admin.keys.list("acme"))).toBe("forbidden");
    const next = await keys.rotate("acme", made.id, { graceSeconds: 0 });
    expect(await keys.revoke("acme", next.id)).toMatchObject({ valid: false });
    expect((await keys.list("acme")).map(({ id }) => id).toSorted()).toEqual([made.id, next.id].toSorted());
    const actions = [];
    for await (const { action } of audit({ tenant: "acme", limit: 2 })) actions.push(action);
    expect(actions.length).toBeGreaterThan(5);
  });

  it("has a call for every operation that needs a key, but the example of a webhook", () => {
    const calls = [...called].map((call) => call.split(" ") as [method: string, path: string]);
    const missing = Object.entries(operations).filter(
      ([, { method, path, scope }]) =>
        scope !== "public" && !calls.some((call) => call[0] === method && toPattern(path).test(call[1])),
    );
    expect(missing.map(([name]) => name)).toEqual(["sendWebhookExample"]);
  });
});

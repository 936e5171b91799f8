import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import type { CreateRequest } from "../../functions/domain/request/create-request.ts";
import { loadSecrets } from "../../local/secrets.ts";
import { alibabaRequest, tencentRequest } from "../support/requests.ts";
import { useTestStack } from "../support/use-test-stack.ts";

/** The broker's own pairs are wrong here: only a tenant's can succeed. */
const stack = useTestStack({ ALIBABA_CLOUD_ACCESS_KEY_SECRET: "wrong", TENCENTCLOUD_SECRET_KEY: "wrong" });

const secretVariables = { alibaba: "ALIBABA_CLOUD_ACCESS_KEY_SECRET", tencent: "TENCENTCLOUD_SECRET_KEY" };

function put({ provider }: CreateRequest, reference: string, text: string): void {
  const folder = join(stack().dataDir, "credentials", provider);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${reference}.json`), text);
}

function rightPair({ provider }: CreateRequest): string {
  const { id, secret } = loadSecrets(stack().dataDir).simulators[provider];
  return JSON.stringify({ accessKeyId: id, accessKeySecret: secret });
}

/** The tenant's reference at this vendor; none = the broker's own pair. The second call has it remembered by the API. */
async function setReference({ provider }: CreateRequest, reference?: string): Promise<void> {
  const path = "/v1/admin/tenants/local";
  const credentials = reference === undefined ? {} : { [provider]: reference };
  expect((await stack().call("PUT", path, { gateways: ["*"], credentials })).status).toBe(200);
  expect((await stack().call("GET", path)).body).toMatchObject({ credentials });
}

async function run(request: CreateRequest): Promise<ConnectionResource> {
  await setReference(request);
  const { body } = await stack().call("POST", "/v1/vpn-connections", request);
  return stack().follow(String(body["id"]));
}

/** Runs a request again, now that its tenant has this reference. */
async function runWith(request: CreateRequest, id: string, reference: string): Promise<ConnectionResource> {
  await setReference(request, reference);
  expect((await stack().call("POST", `/v1/vpn-connections/${id}/redrive`, { reason: "credentials" })).status).toBe(202);
  return stack().follow(id);
}

/** What is called before and for a create; tunnels of earlier requests may still be looked at. */
async function calls({ provider }: CreateRequest) {
  const all = (await stack().control(provider, "GET", "/calls")) as { action: string }[];
  return all.filter(({ action }) => /Gateway|Create/.test(action));
}

describe.each([alibabaRequest, tencentRequest])("a request at $provider", (request) => {
  it("is sent with its tenant's credentials, from the first call to the last", async () => {
    const { id, status, error } = await run(request);
    expect({ status, code: error?.code }).toEqual({ status: "failed", code: "provider_auth" });
    expect(error?.advice).toContain(secretVariables[request.provider]);
    put(request, "team-a", rightPair(request));
    expect(await runWith(request, id, "team-a")).toMatchObject({ status: "succeeded" });
    const watched = ({ type }: { type: string }) => type === "tunnel";
    await expect.poll(async () => (await stack().events(id)).some(watched)).toBe(true);
  });

  it("is refused with its tenant's credentials when those are wrong", async () => {
    const { id } = await run(request);
    put(request, "team-b", JSON.stringify({ accessKeyId: "somebody", accessKeySecret: "wrong" }));
    const { status, error } = await runWith(request, id, "team-b");
    expect({ status, code: error?.code }).toEqual({ status: "failed", code: "provider_auth" });
    expect(error?.advice).toContain('"team-b"');
  });

  it("ends without any call when there are none, and goes on once they are there", async () => {
    const { id, attempts } = await run(request);
    await stack().control(request.provider, "POST", "/reset");
    const missing = await runWith(request, id, "team-c");
    expect(missing).toMatchObject({ status: "failed", attempts, error: { code: "provider_auth", retryable: false } });
    expect(missing.error?.advice).toContain(`credentials/${request.provider}/team-c.json in DATA_DIR`);
    expect(await calls(request)).toEqual([]);
    put(request, "team-c", rightPair(request));
    expect(await runWith(request, id, "team-c")).toMatchObject({ status: "succeeded", attempts: attempts + 1 });
  });
});

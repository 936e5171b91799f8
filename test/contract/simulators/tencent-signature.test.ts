import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { json } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { accessKey, plainCreate, startTencent, type TencentHarness } from "./tencent-harness.ts";

let cloud: TencentHarness | undefined;
afterEach(() => cloud?.close());

it("refuses a wrong secret", async () => {
  cloud = await startTencent({}, { credentials: { ...accessKey, secret: "wrong" } });
  expect(await cloud.refusal("CreateVpnConnection", plainCreate())).toBe("AuthFailure.SignatureFailure");
});

it("does not know another secret id", async () => {
  cloud = await startTencent({}, { credentials: { ...accessKey, id: "AKID-other" } });
  expect(await cloud.refusal("DescribeVpnGateways", {})).toBe("AuthFailure.SecretIdNotFound");
});

it("refuses a request that is more than five minutes old", async () => {
  cloud = await startTencent();
  cloud.clock.advance(4 * 60_000);
  expect(await cloud.refusal("DescribeVpnGateways", {})).toBe("none");
  cloud.clock.advance(2 * 60_000);
  expect(await cloud.refusal("DescribeVpnGateways", {})).toBe("AuthFailure.SignatureExpire");
});

it("answers an unsigned request with HTTP 200 and a code, as always", async () => {
  cloud = await startTencent();
  const response = await fetch(cloud.url, { method: "POST", body: "{}" });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    Response: { Error: { Code: "AuthFailure.InvalidAuthorization" }, RequestId: expect.any(String) },
  });
});

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** The headers of a request as clients in other languages sign it. */
function signHeaders(host: string, signedHeaders: string, body: string): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1_000);
  const date = new Date(timestamp * 1_000).toISOString().slice(0, 10);
  const headers: Record<string, string> = {
    "content-type": "application/json; charset=utf-8",
    host,
    "x-tc-action": "DescribeVpnGateways",
  };
  const lines = signedHeaders.split(";").map((name) => `${name}:${(headers[name] ?? "").toLowerCase()}\n`);
  const canonical = ["POST", "/", "", lines.join(""), signedHeaders, hash(body)].join("\n");
  const scope = `${date}/vpc/tc3_request`;
  const key = hmac(hmac(hmac(`TC3${accessKey.secret}`, date), "vpc"), "tc3_request");
  const signature = hmac(key, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hash(canonical)}`).toString("hex");
  return {
    ...headers,
    "x-tc-version": "2017-03-12",
    "x-tc-region": "ap-shanghai",
    "x-tc-timestamp": String(timestamp),
    authorization: `TC3-HMAC-SHA256 Credential=${accessKey.id}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  };
}

/** A request whose host is signed with its port, and the action too if wanted. */
async function callSigned(url: string, signedHeaders: string, body = "{}", bodySigned = body): Promise<unknown> {
  const headers = signHeaders(new URL(url).host, signedHeaders, bodySigned);
  const response = await fetch(url, { method: "POST", body, headers });
  return response.json();
}

it("accepts the host with its port and a signed action", async () => {
  cloud = await startTencent();
  const listed = { Response: { TotalCount: 28 } };
  expect(await callSigned(cloud.url, "content-type;host")).toMatchObject(listed);
  expect(await callSigned(cloud.url, "content-type;host;x-tc-action")).toMatchObject(listed);
});

it("accepts the host as Tencent's CLI sends and signs it when its endpoint has a scheme", async () => {
  cloud = await startTencent();
  const { url } = cloud;
  const headers = signHeaders(url, "content-type;host", "{}");
  const sent = request(url, { method: "POST", headers }).end("{}");
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  expect(await json(answer)).toMatchObject({ Response: { TotalCount: 28 } });
});

it("names the type of an answer exactly as the vendor's Python SDK compares it", async () => {
  cloud = await startTencent();
  const response = await fetch(cloud.url, { method: "POST", body: "{}" });
  expect(response.headers.get("content-type")).toBe("application/json");
});

it("refuses a body that was changed after signing, and a signature without the host", async () => {
  cloud = await startTencent();
  const refused = { Response: { Error: { Code: "AuthFailure.SignatureFailure" } } };
  expect(await callSigned(cloud.url, "content-type;host", '{"Limit":1}', "{}")).toMatchObject(refused);
  expect(await callSigned(cloud.url, "content-type")).toMatchObject(refused);
});

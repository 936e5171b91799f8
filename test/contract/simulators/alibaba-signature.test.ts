import { createHmac } from "node:crypto";
import { afterEach, expect, it } from "vitest";
import { accessKey, type AlibabaHarness, plainCreate, startAlibaba } from "./alibaba-harness.ts";

let cloud: AlibabaHarness | undefined;
afterEach(() => cloud?.close());

it("refuses a wrong secret without repeating what was signed", async () => {
  cloud = await startAlibaba({}, { ...accessKey, secret: "wrong" });
  const refused = cloud.call("CreateVpnConnection", plainCreate());
  await expect(refused).rejects.toMatchObject({ code: "SignatureDoesNotMatch", statusCode: 400 });
  await expect(cloud.call("CreateVpnConnection", plainCreate())).rejects.not.toThrow(/s3cret/);
});

it("does not know another access key", async () => {
  cloud = await startAlibaba({}, { ...accessKey, id: "LTAI-other" });
  const refused = cloud.call("DescribeRegions", {});
  await expect(refused).rejects.toMatchObject({ code: "InvalidAccessKeyId.NotFound", statusCode: 404 });
});

it("refuses a request that is more than 15 minutes old", async () => {
  cloud = await startAlibaba();
  cloud.clock.advance(14 * 60_000);
  expect(await cloud.refusal("DescribeRegions", {})).toBe("none");
  cloud.clock.advance(2 * 60_000);
  expect(await cloud.refusal("DescribeRegions", {})).toBe("InvalidTimeStamp.Expired");
});

it("refuses a request without any signature", async () => {
  cloud = await startAlibaba();
  const response = await fetch(cloud.url, { method: "POST", headers: { "x-acs-action": "DescribeRegions" } });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ Code: "IncompleteSignature" });
});

/** The classic signature of Terraform's provider and the CLI, parameters split between query and body. */
function rpcRequest(
  secret: string,
  method: "GET" | "POST",
  query: string[][],
  body: string[][] = [],
): RequestInit & { query: string } {
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const join = (pairs: string[][]): string => pairs.map(([k = "", v = ""]) => `${encode(k)}=${encode(v)}`).join("&");
  const common = [
    ["AccessKeyId", accessKey.id],
    ["Format", "JSON"],
    ["SignatureMethod", "HMAC-SHA1"],
    ["SignatureNonce", String(Math.random())],
    ["SignatureVersion", "1.0"],
    ["Timestamp", `${new Date().toISOString().slice(0, 19)}Z`],
    ["Version", "2016-04-28"],
  ];
  const all = [...common, ...query, ...body].toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));
  const toSign = `${method}&%2F&${encode(join(all))}`;
  const signature = createHmac("sha1", `${secret}&`).update(toSign).digest("base64");
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return {
    method,
    query: join([...common, ...query, ["Signature", signature]]),
    headers,
    ...(method === "POST" && { body: join(body) }),
  };
}

it("accepts the classic signature with parameters in the query and in the body", async () => {
  cloud = await startAlibaba();
  const create = Object.entries(plainCreate({ RegionId: "cn-shanghai", "Tags.1.Key": "a*b c" })).map(([k, v]) => [
    k,
    String(v),
  ]);
  const { query, ...post } = rpcRequest(accessKey.secret, "POST", [["Action", "CreateVpnConnection"]], create);
  const created = await fetch(`${cloud.url}/?${query}`, post);
  expect(await created.json()).toMatchObject({ VpnConnectionId: expect.stringMatching(/^vco-/) });

  const list = [
    ["Action", "DescribeVpnConnections"],
    ["RegionId", "cn-shanghai"],
  ];
  const { query: getQuery, ...get } = rpcRequest(accessKey.secret, "GET", list);
  const listed = await fetch(`${cloud.url}/?${getQuery}`, get);
  expect(await listed.json()).toMatchObject({ TotalCount: 1 });
});

it("refuses the classic signature with a wrong secret, and the same request twice", async () => {
  cloud = await startAlibaba();
  const wrong = rpcRequest("wrong", "GET", [["Action", "DescribeRegions"]]);
  expect(await (await fetch(`${cloud.url}/?${wrong.query}`)).json()).toMatchObject({ Code: "SignatureDoesNotMatch" });
  const right = rpcRequest(accessKey.secret, "GET", [["Action", "DescribeRegions"]]);
  expect((await fetch(`${cloud.url}/?${right.query}`)).status).toBe(200);
  expect(await (await fetch(`${cloud.url}/?${right.query}`)).json()).toMatchObject({ Code: "SignatureNonceUsed" });
});

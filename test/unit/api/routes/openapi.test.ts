import { expect, it } from "vitest";
import { createTestApi } from "../../../support/test-api.ts";

const document = { openapi: "3.1.0", info: { title: "VPN broker", version: "0.1.0" } };

it("answers the document to anybody, and reads it once", async () => {
  let reads = 0;
  const loadOpenApi = async () => {
    reads += 1;
    return JSON.stringify(document);
  };
  const { get } = createTestApi({ loadOpenApi });
  const { status, headers, body } = await get("/openapi.json", { key: undefined });
  expect({ status, body }).toEqual({ status: 200, body: document });
  expect(headers.get("Content-Type")).toBe("application/json");
  expect(headers.get("Cache-Control")).toBe("no-cache");
  const ETag = headers.get("ETag") ?? "";
  expect(await get("/openapi.json", { headers: { "If-None-Match": ETag } })).toMatchObject({ status: 304, text: "" });
  expect(await get("/openapi.json", { headers: { "If-None-Match": `"x", W/${ETag}` } })).toMatchObject({ status: 304 });
  expect(await get("/openapi.json", { headers: { "If-None-Match": '"x"' } })).toMatchObject({ status: 200 });
  expect(reads).toBe(1);
});

it("reads it anew after a failure", async () => {
  const found = [undefined, JSON.stringify(document)];
  const loadOpenApi = async () => {
    const text = found.shift();
    if (text === undefined) throw new Error("gone");
    return text;
  };
  const { get } = createTestApi({ loadOpenApi });
  expect(await get("/openapi.json")).toMatchObject({ status: 500, body: { code: "internal" } });
  expect(await get("/openapi.json")).toMatchObject({ status: 200, body: document });
});

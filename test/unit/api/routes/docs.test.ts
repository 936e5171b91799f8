import { describe, expect, it } from "vitest";
import { docsPages } from "../../../../functions/api/routes/docs.ts";
import { fakeAsset } from "../../../fakes/fake-asset.ts";
import { askWithoutKeys } from "../../../support/ask-without-keys.ts";

const html = "text/html; charset=utf-8";
const built = fakeAsset([
  { path: "/docs", type: html, text: "start", encodings: ["br", "gzip"] },
  { path: "/docs/webhooks", type: html, text: "webhooks" },
  { path: "/docs/not-found", type: html, text: "nothing here" },
  { path: "/docs/routes/not-found", type: html, text: "nothing here, deeper" },
  { path: "/docs/assets/style.0123.css", type: "text/css", text: "style", immutable: true },
  { path: "/llms.txt", type: "text/plain; charset=utf-8", text: "for programs" },
]);

const createDocs = (readAsset = built) => askWithoutKeys([docsPages({ readAsset })]);

describe("the docs", () => {
  it("are served with a policy that lets a page load its own parts only, and are asked for anew each time", async () => {
    const { status, headers, text } = await createDocs()("/docs/webhooks");
    expect([status, text, headers.get("Content-Type")]).toEqual([200, "webhooks", html]);
    expect(headers.get("Cache-Control")).toBe("no-cache");
    expect(headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
  });

  it("may be kept for good where the name changes with the content", async () => {
    const { headers } = await createDocs()("/docs/assets/style.0123.css");
    expect(headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    expect(headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'; frame-ancestors/);
  });

  it.each([
    ["gzip, deflate, br", "br", "br start"],
    ["gzip", "gzip", "gzip start"],
    ["br;q=0, gzip;q=0.5", "gzip", "gzip start"],
    ["identity", null, "start"],
    ["zstd", null, "start"],
  ])("are compressed for who takes %s", async (accepted, encoding, text) => {
    const answer = await createDocs()("/docs", { "Accept-Encoding": accepted });
    expect([answer.headers.get("Content-Encoding"), answer.text]).toEqual([encoding, text]);
    expect(answer.headers.get("Vary")).toBe("Accept-Encoding");
  });

  it("are 304 for who has them, one tag for each way that they are compressed", async () => {
    const get = createDocs();
    const plain = await get("/docs");
    const small = await get("/docs", { "Accept-Encoding": "br" });
    const tag = plain.headers.get("ETag") ?? "";
    expect(small.headers.get("ETag")).not.toBe(tag);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
      const again = await get("/docs", { "If-None-Match": known });
      expect([again.status, again.text, again.headers.get("ETag")]).toEqual([304, "", tag]);
    }
    expect((await get("/docs", { "If-None-Match": '"other"' })).status).toBe(200);
    expect((await get("/docs", { "If-None-Match": tag, "Accept-Encoding": "br" })).status).toBe(200);
  });

  it("answer HEAD without a body, and no other method", async () => {
    const head = await createDocs()("/docs", {}, "HEAD");
    expect([head.status, head.text, head.headers.get("Content-Type")]).toEqual([200, "", html]);
    const post = await createDocs()("/docs", {}, "POST");
    expect([post.status, post.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
    expect(JSON.parse(post.text)).toMatchObject({ code: "method_not_allowed" });
  });

  it("lead from a slash at the end to the page, also under a sub-path", async () => {
    const { status, headers } = await createDocs()("/docs/");
    expect([status, headers.get("Location")]).toEqual([308, "../docs"]);
  });

  it.each(["/docs/nothing", "/docs/manifest.json", "/docs/%2fmanifest.json", "/docs/not-found", "/docs/constructor"])(
    "have nothing at %s: a page for a browser, a problem for a program",
    async (path) => {
      const page = await createDocs()(path, { Accept: "text/html,*/*;q=0.8" });
      expect([page.status, page.text]).toEqual([404, "nothing here"]);
      const { status, headers } = await createDocs()(path);
      expect([status, headers.get("Content-Type")]).toEqual([404, "application/problem+json"]);
    },
  );

  it("have a page for nothing whose links lead back from where it is", async () => {
    const accept = { Accept: "text/html" };
    expect((await createDocs()("/docs/routes/nothing", accept)).text).toBe("nothing here, deeper");
    const { status, headers } = await createDocs()("/docs/much/deeper/nothing", accept);
    expect([status, headers.get("Content-Type")]).toEqual([404, "application/problem+json"]);
  });

  it("that were not built are a problem that says what builds them", async () => {
    for (const path of ["/docs", "/docs/webhooks", "/llms.txt"]) {
      const { status, text } = await createDocs(async () => undefined)(path, { Accept: "text/html" });
      expect(status).toBe(404);
      expect(JSON.parse(text)).toMatchObject({
        code: "not_found",
        detail: expect.stringContaining("npm start") as string,
      });
    }
  });

  it("that were built anew meanwhile are found again", async () => {
    let isGone = false;
    const anew = fakeAsset([
      { path: "/docs/webhooks", type: html, text: "" },
      { path: "/docs", type: html, text: "new" },
    ]);
    // What the manifest of before names is not there any more.
    const get = createDocs((asset, file) =>
      isGone ? (file === "file-0" ? Promise.resolve(undefined) : anew(asset, file)) : built(asset, file),
    );
    expect((await get("/docs")).text).toBe("start");
    isGone = true;
    expect((await get("/docs")).text).toBe("new");
  });
});

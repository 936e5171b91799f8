import { describe, expect, it } from "vitest";
import { dashboardPages } from "../../../../functions/api/routes/dashboard.ts";
import { fakeAsset } from "../../../fakes/fake-asset.ts";
import { askWithoutKeys } from "../../../support/ask-without-keys.ts";

const built = fakeAsset([
  { path: "/dashboard", type: "text/html; charset=utf-8", text: "page", encodings: ["br", "gzip"] },
  { path: "/dashboard/assets/index-0123.js", type: "text/javascript; charset=utf-8", text: "script", immutable: true },
]);
const createDashboard = (readAsset = built) => askWithoutKeys([dashboardPages({ readAsset })]);

describe("the dashboard", () => {
  it("is served without a key, and may load and call what is beside it only", async () => {
    const { status, headers, text } = await createDashboard()("/dashboard", { "Accept-Encoding": "br" });
    expect([status, text, headers.get("Content-Encoding")]).toEqual([200, "br page", "br"]);
    expect(headers.get("Cache-Control")).toBe("no-cache");
    expect(headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
  });

  it("has parts that may be kept for good", async () => {
    const { status, headers } = await createDashboard()("/dashboard/assets/index-0123.js");
    expect([status, headers.get("Cache-Control")]).toEqual([200, "public, max-age=31536000, immutable"]);
  });

  it("has its relative links at one path only, under a path of any API", async () => {
    const { status, headers } = await createDashboard()("/dashboard/");
    expect([status, headers.get("Location")]).toEqual([308, "../dashboard"]);
  });

  it("is nothing else, and takes no other method", async () => {
    const ask = createDashboard();
    expect((await ask("/dashboard/assets/other.js")).status).toBe(404);
    const posted = await ask("/dashboard", {}, "POST");
    expect([posted.status, posted.headers.get("Allow")]).toEqual([405, "GET, HEAD"]);
    expect((await ask("/dashboard/assets/other.js", {}, "POST")).status).toBe(404);
  });

  it("says how it is made where it was not", async () => {
    const { status, text } = await createDashboard(async () => undefined)("/dashboard");
    expect(status).toBe(404);
    expect(text).toContain("npm run build");
  });
});

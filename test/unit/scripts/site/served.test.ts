import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { loadErrorTables } from "../../../../functions/providers/error-tables.ts";
import { buildSite } from "../../../../scripts/site/build-site.ts";
import { fakeAsset } from "../../../fakes/fake-asset.ts";
import { createTestApi } from "../../../support/test-api.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

let api: ReturnType<typeof createTestApi>;
beforeAll(async () => {
  const files = (await buildSite(root)).map(({ body, ...file }) => ({ ...file, text: String(body) }));
  api = createTestApi({ readAsset: fakeAsset(files), loadErrorTables });
});

const get = (path: string, headers: Record<string, string> = {}) => api.ask(path, headers);

describe("the API that serves the site", () => {
  it.each(["/llms.txt", "/docs/llms.txt"])("answers every link of %s with what it is said to be", async (list) => {
    const links = [...(await (await get(list)).text()).matchAll(/\]\(([^)]+)\)/g)].map(([, href]) => {
      return new URL(href ?? "", `https://site${list}`).pathname;
    });
    expect(links).toContain("/docs/errors/not_found.md");
    for (const path of links.filter((link) => link !== "/openapi.json")) {
      for (const Accept of ["*/*", "text/markdown", "text/html,*/*;q=0.8"]) {
        const answer = await get(path, { Accept });
        expect([path, answer.status, answer.headers.get("Content-Type")]).toEqual([
          path,
          200,
          "text/markdown; charset=utf-8",
        ]);
        expect(await answer.text()).toMatch(/^# /);
      }
    }
  });

  it("leads a browser from the root to the docs, and tells a program that nothing is there", async () => {
    const { status, headers } = await get("/", { Accept: "text/html,*/*;q=0.8" });
    expect([status, headers.get("Location"), headers.get("Vary")]).toEqual([302, "docs", "Accept"]);
    expect((await get("/")).status).toBe(404);
  });
});

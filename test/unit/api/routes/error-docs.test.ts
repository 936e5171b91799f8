import { describe, expect, it } from "vitest";
import { errorDocsRoutes } from "../../../../functions/api/routes/error-docs.ts";
import { createErrorCatalogue } from "../../../../functions/contract/error-catalogue.ts";
import { providerErrors as alibaba } from "../../../../functions/providers/alibaba/error-table.ts";
import { providerErrors as tencent } from "../../../../functions/providers/tencent/error-table.ts";
import { fakeAsset } from "../../../fakes/fake-asset.ts";
import { askWithoutKeys } from "../../../support/ask-without-keys.ts";

const catalogue = createErrorCatalogue({ alibaba, tencent });

const pages = fakeAsset(
  ["/docs/errors", ...catalogue.map(({ code }) => `/docs/errors/${code}`)].map((path) => ({
    path,
    type: "text/html; charset=utf-8",
    text: `<h1>${path}</h1>`,
  })),
);

/** Nobody has a key here: the documentation asks for none. */
function createDocs(readAsset = pages) {
  const ask = askWithoutKeys(errorDocsRoutes({ loadErrorTables: async () => ({ alibaba, tencent }), readAsset }));
  return (path: string, accept?: string) => ask(path, accept === undefined ? {} : { Accept: accept });
}

describe("/docs/errors", () => {
  it("is a page for a browser, and data for a program that asks for it", async () => {
    const page = await createDocs()("/docs/errors", "text/html,*/*;q=0.8");
    expect(page.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(page.text).toBe("<h1>/docs/errors</h1>");
    const { headers, text } = await createDocs()("/docs/errors", "application/json");
    expect(headers.get("Content-Type")).toBe("application/json");
    expect(JSON.parse(text)).toEqual({ items: catalogue });
  });
});

describe("/docs/errors/{code}", () => {
  it.each(catalogue)("$code is data for a program, and a page", async (entry) => {
    const { text } = await createDocs()(`/docs/errors/${entry.code}`, "application/json");
    expect(JSON.parse(text)).toEqual(entry);
    const page = await createDocs()(`/docs/errors/${entry.code}`);
    expect(page.text).toBe(`<h1>/docs/errors/${entry.code}</h1>`);
  });

  it("has each code of both vendors behind one code", () => {
    const shown = catalogue.flatMap(({ vendorCodes }) =>
      vendorCodes.map(({ provider, code }) => `${provider} ${code}`),
    );
    const known = [
      ...Object.keys(alibaba).map((code) => `alibaba ${code}`),
      ...Object.keys(tencent).map((code) => `tencent ${code}`),
    ];
    expect(shown.toSorted()).toEqual(known.toSorted());
  });

  it("is data for everybody where no pages were built", async () => {
    const { status, headers, text } = await createDocs(async () => undefined)("/docs/errors/conflict", "text/html");
    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("application/json");
    expect(JSON.parse(text)).toMatchObject({ code: "conflict" });
  });

  it.each([
    [undefined, "text/html"],
    ["*/*", "text/html"],
    ["text/html,application/xhtml+xml,*/*;q=0.8", "text/html"],
    ["application/json;q=0.9, text/html;q=0.1", "application/json"],
    ["application/json, text/html;q=0.9", "application/json"],
    ["image/png", "text/html"],
  ])("asked for %s it is %s, and caches are told that this depends", async (accept, type) => {
    const { headers } = await createDocs()("/docs/errors/conflict", accept);
    expect(headers.get("Content-Type")).toContain(type);
    expect(headers.get("Vary")).toMatch(/^Accept\b/);
  });

  it("of an unknown code is a problem that does not repeat it", async () => {
    const { status, headers, text } = await createDocs()("/docs/errors/%3Cscript%3E");
    expect(status).toBe(404);
    expect(headers.get("Content-Type")).toBe("application/problem+json");
    expect(JSON.parse(text)).toMatchObject({ code: "not_found", type: "/docs/errors/not_found" });
    expect(text).not.toContain("script");
  });
});

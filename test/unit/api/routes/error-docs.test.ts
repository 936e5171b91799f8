import { describe, expect, it } from "vitest";
import { createBaseApp } from "../../../../functions/api/base-app.ts";
import { errorDocsRoutes } from "../../../../functions/api/routes/error-docs.ts";
import { createErrorCatalogue } from "../../../../functions/contract/error-catalogue.ts";
import type { ErrorTables } from "../../../../functions/domain/provider/provider-code.ts";
import { createRateLimiter } from "../../../../functions/domain/tenants/rate-limit.ts";
import { providerErrors as alibaba } from "../../../../functions/providers/alibaba/error-table.ts";
import { providerErrors as tencent } from "../../../../functions/providers/tencent/error-table.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

const catalogue = createErrorCatalogue({ alibaba, tencent });

/** Nobody has a key here: the documentation asks for none. */
function createDocs(tables: ErrorTables = { alibaba, tencent }) {
  const clock = createFakeClock();
  const deps = {
    keys: { find: async () => undefined },
    rateLimiter: createRateLimiter(clock),
    clock,
    log: () => undefined,
    createRequestId: () => "request-1",
    addressOf: () => undefined,
  };
  const app = createBaseApp(deps, errorDocsRoutes({ loadErrorTables: async () => tables }));
  return async (path: string, accept?: string) => {
    const response = await app.request(path, accept === undefined ? {} : { headers: { Accept: accept } });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
}

/** The words of a page, as a reader sees them. */
function read(page: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return page
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? "")
    .replaceAll(/\s+/g, " ");
}

describe("/docs/errors", () => {
  it("lists every code with a link to its page and what it means", async () => {
    const { status, headers, text } = await createDocs()("/docs/errors");
    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("text/html; charset=UTF-8");
    for (const { code, meaning } of catalogue) {
      expect(text).toContain(`<a href="/docs/errors/${code}">`);
      expect(read(text)).toContain(meaning);
    }
  });

  it("is data for a program that asks for it", async () => {
    const { headers, text } = await createDocs()("/docs/errors", "application/json");
    expect(headers.get("Content-Type")).toBe("application/json");
    expect(JSON.parse(text)).toEqual({ items: catalogue });
  });
});

describe("/docs/errors/{code}", () => {
  it.each(catalogue)(
    "$code tells what it means, whether to send it again, what to do, and who said so",
    async (entry) => {
      const { status, text } = await createDocs()(`/docs/errors/${entry.code}`);
      expect(status).toBe(200);
      const words = read(text);
      for (const told of [entry.code, entry.meaning, entry.fix]) expect(words).toContain(told);
      expect(words).toContain({ safe: "Safe.", useless: "useless until", "check-first": "Only after" }[entry.retry]);
      for (const { provider, code, advice } of entry.vendorCodes) {
        expect(words).toContain(`${provider === "alibaba" ? "Alibaba Cloud" : "Tencent Cloud"} ${code} ${advice}`);
      }
    },
  );

  it("shows each code of both vendors on one page", () => {
    const shown = catalogue.flatMap(({ vendorCodes }) =>
      vendorCodes.map(({ provider, code }) => `${provider} ${code}`),
    );
    const known = [
      ...Object.keys(alibaba).map((code) => `alibaba ${code}`),
      ...Object.keys(tencent).map((code) => `tencent ${code}`),
    ];
    expect(shown.toSorted()).toEqual(known.toSorted());
  });

  it("is data for a program that asks for it", async () => {
    const { text } = await createDocs()("/docs/errors/provider_quota", "application/json");
    expect(JSON.parse(text)).toEqual(catalogue.find(({ code }) => code === "provider_quota"));
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
    expect(headers.get("Vary")).toBe("Accept");
  });

  it("of an unknown code is a problem that does not repeat it", async () => {
    const { status, headers, text } = await createDocs()("/docs/errors/%3Cscript%3E");
    expect(status).toBe(404);
    expect(headers.get("Content-Type")).toBe("application/problem+json");
    expect(JSON.parse(text)).toMatchObject({ code: "not_found", type: "/docs/errors/not_found" });
    expect(text).not.toContain("script");
  });
});

describe("the pages", () => {
  it("have no script and may load nothing", async () => {
    const get = createDocs();
    for (const path of ["", ...catalogue.map(({ code }) => `/${code}`)]) {
      const { headers, text } = await get(`/docs/errors${path}`);
      expect(text).not.toMatch(/<script|javascript:|\son\w+=|<link|<img/i);
      expect(headers.get("Content-Security-Policy")).toMatch(/^default-src 'none';(?!.*script-src)/);
    }
  });

  it("show what looks like markup as the text it is", async () => {
    const hostile = `"><img src=x onerror=alert(1)>'&`;
    const page = createDocs({ alibaba: { [hostile]: { class: "quota", advice: hostile } }, tencent: {} });
    const { text } = await page("/docs/errors/provider_quota");
    expect(text).not.toContain("<img");
    expect(text).toContain("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&amp;");
  });

  it("have each id once", async () => {
    const { text } = await createDocs()("/docs/errors/provider_internal");
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toContain("alibaba-InternalError");
    expect(new Set(ids).size).toBe(ids.length);
  });
});

import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { createErrorCatalogue } from "../../../../functions/contract/error-catalogue.ts";
import { routes } from "../../../../functions/contract/routes.ts";
import { capabilities } from "../../../../functions/domain/provider/capabilities.ts";
import { statuses } from "../../../../functions/domain/record/status.ts";
import { loadErrorTables } from "../../../../functions/providers/error-tables.ts";
import type { AssetFile } from "../../../../scripts/assets/asset.ts";
import { readDocument } from "../../../../scripts/site/openapi.ts";
import { read, useSite } from "../../../support/use-site.ts";

const hasBash = spawnSync("bash", ["--version"]).status === 0;

const { root, files, textOf, ofType } = useSite();
const idsIn = (page: string) => [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");

/** What a page refers to, as the path and the anchor that a browser would ask for. */
function linksIn({ path, body }: AssetFile) {
  const found = [...String(body).matchAll(/ (?:href|src|data-index)="([^"]*)"/g)].map(([, href]) => href ?? "");
  return found.map((href) => ({ href, target: new URL(href, `https://site${path}`) }));
}

describe("the site", () => {
  it("leads nowhere that is not there, on pages of any depth", () => {
    const dead = ofType("text/html").flatMap((page) =>
      linksIn(page).flatMap(({ href, target: { host, pathname, hash } }) => {
        if (host !== "site" || pathname === "/openapi.json") return [];
        const target = files().get(pathname);
        const isThere = target && (hash === "" || idsIn(String(target.body)).includes(hash.slice(1)));
        return isThere ? [] : [`${page.path}: ${href}`];
      }),
    );
    expect(dead).toEqual([]);
  });

  it("has links that work under a sub-path, and loads nothing from elsewhere", () => {
    for (const page of ofType("text/html")) {
      for (const { href } of linksIn(page)) expect(href).not.toMatch(/^\//);
      expect(String(page.body)).not.toMatch(/<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?\/\//);
    }
    for (const { body } of [...ofType("text/css"), ...ofType("text/javascript"), ...ofType("image/svg")]) {
      expect(String(body).replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\/|@import|url\(/);
    }
  });

  it("has no script and no style inside a page, which its policy would refuse", () => {
    for (const { body } of ofType("text/html")) {
      expect(String(body)).not.toMatch(/<style| style=|\son\w+=|javascript:/i);
      expect(String(body)).not.toMatch(/<script(?![^>]* src=)/);
    }
    const script = ofType("text/javascript")
      .map(({ body }) => String(body))
      .join("\n");
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/);
  });

  it("names each id once a page, and each page by its heading", () => {
    for (const { path, body } of ofType("text/html")) {
      const ids = idsIn(String(body));
      expect(
        ids.filter((id, index) => ids.indexOf(id) !== index),
        path,
      ).toEqual([]);
      expect([...String(body).matchAll(/<h1>/g)], path).toHaveLength(1);
    }
  });

  it("has no heading that skips a level", () => {
    for (const { path, body } of ofType("text/html")) {
      const article = String(body).split("<article>")[1] ?? "";
      const levels = [...article.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
      const skips = levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1);
      expect(skips, path).toEqual([]);
    }
  });

  it("is small: no file is near what a function may answer", () => {
    for (const { path, body } of files().values()) expect(body.length, path).toBeLessThan(500_000);
  });
});

describe("the reference", () => {
  it("has a page for each route of the API, with its method, path and scope", () => {
    const pages = ofType("text/html").filter(({ path }) => /^\/docs\/routes\/(?!not-found)/.test(path));
    const words = pages.map(({ body }) => read(String(body).split("<article>")[1] ?? ""));
    for (const { method, path, scope } of routes) {
      const call = `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")} `;
      const page = words.find((text) => text.includes(call));
      expect(page, call).toBeDefined();
      const told = { public: "No API key is needed.", any: "Any API key that is valid." };
      expect(page, call).toContain(scope === "public" || scope === "any" ? told[scope] : `Scope ${scope}`);
    }
    expect(pages).toHaveLength(routes.length);
  });

  it("begins with the create, and has webhooks behind the connections", () => {
    const groups = [...textOf("/docs/routes.md").matchAll(/^## (.*)$/gm)].map(([, name]) => name);
    expect(groups).toEqual(["Connections", "Webhooks", "Administration", "Access", "Operations", "Service"]);
    expect(textOf("/docs/routes.md")).toMatch(/^## Connections\n\n.*\n\n- \[`POST \/v1\/vpn-connections`\]/m);
  });

  it("says what counts where nothing is given", () => {
    for (const [id, told] of [
      ["listConnections", "`limit` (in the query, optional; whole number 1 to 100; default `20`)"],
      ["getStats", "; default `24h`)"],
      ["getConnection", "`wait` (in the query, optional; number 0 to 20; default `0`)"],
      ["sendWebhookExample", "; default `succeeded`)"],
    ] as const) {
      expect(textOf(`/docs/routes/${id}.md`)).toContain(told);
    }
  });

  it.skipIf(!hasBash)("has examples that are programs of the shell, and ask for data where there is a page too", () => {
    const pages = ofType("text/markdown").filter(({ path }) => /^\/docs\/routes\/./.test(path));
    const blocks = pages.flatMap(({ body }) =>
      [...String(body).matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block),
    );
    expect(blocks).toHaveLength(routes.length);
    const { status, stderr } = spawnSync("bash", ["-n"], { input: blocks.join("\n"), encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
    for (const id of ["getErrorDoc", "listErrorDocs"]) {
      expect(textOf(`/docs/routes/${id}.md`)).toContain("-H 'Accept: application/json'");
    }
  });

  it("shows a pattern as it is, whatever it is made of", () => {
    const [, pattern = ""] =
      /pattern":"((?:[^"\\]|\\.)*`(?:[^"\\]|\\.)*)"/.exec(
        JSON.stringify(readDocument(root).components.schemas["Tunnel"]),
      ) ?? [];
    const shown = String(JSON.parse(`"${pattern}"`)).replaceAll(/\s+/g, " ");
    expect(shown).toContain("`");
    expect(read(textOf("/docs/fields"))).toContain(shown);
    expect(read(textOf("/docs/schemas"))).toContain(shown);
  });

  it("says of a field every kind of value that it takes", () => {
    expect(textOf("/docs/fields.md")).toContain("- Optional: an object, or `vendor-default`.");
  });

  it("has every status, with what to do", () => {
    for (const status of statuses)
      expect(textOf("/docs/statuses.md")).toMatch(new RegExp(`^\\| \`${status}\` +\\|`, "m"));
  });
});

describe("the pages of errors", () => {
  it("say of each code what it means, whether to send it again, what to do, and which vendor codes are behind it", async () => {
    const catalogue = createErrorCatalogue(await loadErrorTables());
    const list = read(textOf("/docs/errors"));
    for (const { code, meaning, fix, retry, vendorCodes } of catalogue) {
      const page = read(textOf(`/docs/errors/${code}`));
      for (const told of [code, meaning, fix]) expect(page).toContain(told);
      expect(page).toContain({ safe: "Safe.", useless: "Useless", "check-first": "Check first:" }[retry]);
      expect(list).toContain(`${code} `);
      expect(list).toContain(meaning);
      for (const { provider, code: vendorCode, advice } of vendorCodes) {
        expect(page).toContain(capabilities[provider].title);
        expect(page).toContain(`${vendorCode} # ${advice}`);
        expect(list).toContain(vendorCode);
      }
    }
  });

  it("have a page for every vendor code that an example shows", async () => {
    const known = createErrorCatalogue(await loadErrorTables()).flatMap((entry) =>
      entry.vendorCodes.map(({ code }) => code),
    );
    const shown = ofType("text/markdown").flatMap(({ body }) =>
      [...String(body).matchAll(/"(?:providerCode|code)": "([A-Z][^"]+)"/g)].map(([, code]) => code),
    );
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((code) => !known.includes(code ?? ""))).toEqual([]);
  });
});

describe("for programs", () => {
  it("every page is there as Markdown, whose links lead to Markdown", () => {
    const pages = ofType("text/html").map(({ path }) => (path === "/docs" ? "/docs/index.md" : `${path}.md`));
    expect(
      ofType("text/markdown")
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(pages.toSorted());
    for (const { path, body } of ofType("text/markdown")) {
      const links = [...String(body).matchAll(/\]\(([^)\s]+)\)/g)].map(
        ([, href]) => new URL(href ?? "", `https://site${path}`),
      );
      const dead = links.filter(
        ({ host, pathname }) => host === "site" && pathname !== "/openapi.json" && !files().has(pathname),
      );
      expect(dead.map(String), path).toEqual([]);
    }
  });

  it.each(["/llms.txt", "/docs/llms.txt"])("%s lists the Markdown of each page that the navigation has", (path) => {
    const listed = [...textOf(path).matchAll(/\]\(([^)]+)\)/g)].map(
      ([, href]) => new URL(href ?? "", `https://site${path}`).pathname,
    );
    expect(listed.filter((one) => one !== "/openapi.json" && !files().has(one))).toEqual([]);
    const pages = ofType("text/markdown")
      .map((page) => page.path)
      .filter((page) => !/index|not-found/.test(page));
    expect(pages.filter((page) => !listed.includes(page))).toEqual([]);
  });

  it("the search has every heading of every page", () => {
    const index = [...files().values()].find(({ path }) => path.includes("/assets/search."));
    const rows = JSON.parse(String(index?.body)) as [string, string, string, string][];
    for (const [place] of rows) {
      const [path = "", anchor] = place.split("#");
      const page = textOf(`/docs${path}`);
      expect(page, place).not.toBe("");
      if (anchor !== undefined) expect(idsIn(page), place).toContain(anchor);
    }
    expect(rows.some(([place]) => place === "/fields#tunnels-ike-version")).toBe(true);
    expect(rows.some(([place]) => place.startsWith("/errors/provider_quota#alibaba-"))).toBe(true);
  });
});

import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { html } from "hono/html";
import { type CatalogueEntry, createErrorCatalogue } from "../../contract/error-catalogue.ts";
import type { Retry } from "../../contract/error-meaning.ts";
import { getErrorDoc, listErrorDocs } from "../../contract/routes/error-docs.ts";
import { DomainError } from "../../domain/errors.ts";
import { capabilities } from "../../domain/provider/capabilities.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { route } from "../route.ts";

type Html = ReturnType<typeof html>;

const { path } = listErrorDocs;
/** Nothing but the page itself and its own style. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const retryText: Record<Retry, string> = {
  safe: "Safe. The same request may be sent or redriven as it is.",
  useless: "Harmless, but useless until something has changed.",
  "check-first": "Only after a look at the vendor.",
};
const kinds: Record<CatalogueEntry["kind"], string> = {
  problem: "Problems: the code of an answer",
  job: "Job errors: the error.code of a request",
};

/** The `type` of problem documents: what a code means and what to do about it. */
export function errorDocsRoutes({ loadErrorTables }: Pick<ApiDeps, "loadErrorTables">) {
  const load = async () => createErrorCatalogue(await loadErrorTables());
  return [
    route(listErrorDocs, async (c) => {
      const catalogue = await load();
      return send(c, { items: catalogue }, "Error codes", listOf(catalogue));
    }),
    route(getErrorDoc, async (c) => {
      const entry = (await load()).find(({ code }) => code === c.req.param("code"));
      if (!entry) throw new DomainError("not_found", `there is no such error code; ${path} lists them all`);
      return send(c, entry, entry.code, describe(entry));
    }),
  ];
}

function send(c: Context<ApiEnv>, data: object, title: string, body: Html) {
  c.header("Vary", "Accept");
  const supports = ["text/html", "application/json"];
  if (accepts(c, { header: "Accept", supports, default: "text/html" }) === "application/json") return c.json(data);
  c.header("Content-Security-Policy", policy);
  return c.html(page(title, body));
}

function page(title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} – VPN broker</title>
        <style>
          body {
            max-width: 60rem;
            margin: 2rem auto;
            padding: 0 1rem;
            font:
              1rem/1.5 system-ui,
              sans-serif;
          }
          td,
          th {
            padding: 0.25rem 1rem 0.25rem 0;
            text-align: left;
            vertical-align: top;
          }
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        ${body}
      </body>
    </html>`;
}

function listOf(catalogue: readonly CatalogueEntry[]): Html {
  const sections = (["problem", "job"] as const).map(
    (kind) =>
      html`<h2>${kinds[kind]}</h2>
        <dl>
          ${catalogue
            .filter((entry) => entry.kind === kind)
            .map(
              ({ code, meaning }) =>
                html`<dt>
                    <a href="${path}/${code}"><code>${code}</code></a>
                  </dt>
                  <dd>${meaning}</dd>`,
            )}
        </dl>`,
  );
  return html`${sections}`;
}

function describe({ meaning, retry, fix, vendorCodes }: CatalogueEntry): Html {
  return html`<p>${meaning}</p>
    <h2>What to do</h2>
    <p>${fix}</p>
    <h2>Sending it again</h2>
    <p>${retryText[retry]}</p>
    ${vendorCodes.length > 0 ? providerCodesTable(vendorCodes) : ""}
    <p><a href="${path}">All error codes</a></p>`;
}

function providerCodesTable(vendorCodes: CatalogueEntry["vendorCodes"]): Html {
  const rows = vendorCodes.map(
    ({ provider, code, advice }) =>
      html`<tr id="${provider}-${code}">
        <td>${capabilities[provider].title}</td>
        <td><code>${code}</code></td>
        <td>${advice}</td>
      </tr>`,
  );
  return html`<h2>The vendors' codes behind it (error.providerCode)</h2>
    <table>
      <tr>
        <th>vendor</th>
        <th>code</th>
        <th>advice</th>
      </tr>
      ${rows}
    </table>`;
}

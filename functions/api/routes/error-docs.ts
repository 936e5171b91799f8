import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { createErrorCatalogue } from "../../contract/error-catalogue.ts";
import { getErrorDoc, listErrorDocs } from "../../contract/routes/error-docs.ts";
import { DomainError } from "../../domain/errors.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { openAsset, type SentAsset } from "../output/send-asset.ts";
import { route } from "../route.ts";

/** The `type` of problem documents: what a code means and what to do about it. */
export function errorDocsRoutes({ loadErrorTables, readAsset }: Pick<ApiDeps, "loadErrorTables" | "readAsset">) {
  const load = async () => createErrorCatalogue(await loadErrorTables());
  const docs = openAsset(readAsset, "docs");
  return [
    route(listErrorDocs, async (c) => send(c, docs, { items: await load() })),
    route(getErrorDoc, async (c) => {
      const entry = (await load()).find(({ code }) => code === c.req.param("code"));
      if (entry) return send(c, docs, entry);
      // A page's Markdown is beside it, where the path takes it for a code.
      const file = await docs.send(c, c.req.path, { tagged: false });
      if (file) return file;
      throw new DomainError("not_found", `there is no such error code; ${listErrorDocs.path} lists them all`);
    }),
  ];
}

/** The page; the same as data for a program that asks for it, and where no pages were built. */
async function send(c: Context<ApiEnv>, docs: SentAsset, data: object): Promise<Response> {
  c.header("Vary", "Accept");
  const supports = ["text/html", "application/json"];
  const wantsData = accepts(c, { header: "Accept", supports, default: "text/html" }) === "application/json";
  return (wantsData ? undefined : await docs.send(c, c.req.path, { tagged: false })) ?? c.json(data);
}

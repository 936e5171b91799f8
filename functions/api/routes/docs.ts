import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import { createMiddleware } from "hono/factory";
import { DomainError } from "../../domain/errors.ts";
import type { ApiDeps, ApiEnv } from "../env.ts";
import { problemResponse } from "../output/problem.ts";
import { openAsset } from "../output/send-asset.ts";

/** The pages that a person gets where there is none, by the depth of the path: their links are relative. */
const notFoundPages: Readonly<Record<number, string>> = { 2: "/docs/not-found", 3: "/docs/routes/not-found" };
const depthOf = (path: string) => path.split("/").length - 1;
const notBuilt = "the documentation has not been built here: npm start or npm run build makes it";

/**
 * The documentation, as scripts/site made it: beside the declared routes, because a page is no answer of the API's. Public, and
 * nothing but what the manifest lists.
 */
export function docsPages({ readAsset }: Pick<ApiDeps, "readAsset">) {
  const docs = openAsset(readAsset, "docs");
  const serve = createMiddleware<ApiEnv>(async function serve(c, next) {
    const { path } = c.req;
    const isThere = await docs.has(path);
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      if (!isThere) return next();
      c.header("Allow", "GET, HEAD");
      return problemResponse(c, "method_not_allowed", "this path answers GET, HEAD");
    }
    if (path === "/docs/") return c.redirect("../docs", 308);
    if (isThere === undefined) throw new DomainError("not_found", notBuilt);
    const notFoundPage = notFoundPages[depthOf(path)];
    if (isThere && path !== notFoundPage) return (await docs.send(c, path)) ?? next();
    return (wantsPage(c) && notFoundPage ? await docs.send(c, notFoundPage, { status: 404 }) : undefined) ?? next();
  });
  const start = createMiddleware<ApiEnv>(async function start(c, next) {
    if (!["GET", "HEAD"].includes(c.req.method) || !wantsPage(c)) return next();
    c.header("Vary", "Accept");
    return c.redirect("docs", 302);
  });
  return new Hono<ApiEnv>().use("/", start).use("/docs/*", serve).use("/llms.txt", serve);
}

/** Whether it is a browser: a program that takes anything is told what it can read. */
function wantsPage(c: Context<ApiEnv>): boolean {
  const supports = ["text/html", "application/json"];
  return accepts(c, { header: "Accept", supports, default: "application/json" }) === "text/html";
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import type { AssetFile } from "../assets/asset.ts";
import type { Parts } from "./layout.ts";

const kinds = {
  style: { source: "site.css", type: "text/css; charset=utf-8", extension: "css" },
  script: { source: "site.js", type: "text/javascript; charset=utf-8", extension: "js" },
  theme: { source: "theme.js", type: "text/javascript; charset=utf-8", extension: "js" },
  icon: { source: "icon.svg", type: "image/svg+xml", extension: "svg" },
} as const;

/** The parts that every page loads, each at a path with its content's hash, and the search's index with them. */
export async function bundleBrowser(searchIndex: string): Promise<{ parts: Parts; files: AssetFile[] }> {
  const files: AssetFile[] = [];
  const add = (name: string, extension: string, type: string, body: string) => {
    const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
    const path = `/docs/assets/${name}.${hash}.${extension}`;
    files.push({ path, type, body, immutable: true });
    return path;
  };
  const bundle = async (name: keyof typeof kinds) => {
    const { source, type, extension } = kinds[name];
    const text = readFileSync(join(import.meta.dirname, "browser", source), "utf8");
    const small = extension === "svg" ? text : (await minify(text, extension)).code;
    return add(name, extension, type, small);
  };
  const parts: Parts = {
    style: await bundle("style"),
    script: await bundle("script"),
    theme: await bundle("theme"),
    icon: await bundle("icon"),
    search: add("search", "json", "application/json", searchIndex),
  };
  return { parts, files };
}

const minify = (text: string, loader: "css" | "js") =>
  transform(text, { loader, minify: true, target: ["chrome110", "firefox115", "safari16"], charset: "utf8" });

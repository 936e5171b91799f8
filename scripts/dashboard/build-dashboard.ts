import { extname, join } from "node:path";
import { build } from "vite";
import type { AssetFile } from "../assets/asset.ts";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The dashboard's page and its parts, whose links are relative: it works wherever the API is. */
export async function buildDashboard(root: string): Promise<AssetFile[]> {
  const result = await build({
    configFile: false,
    root: join(root, "packages/dashboard"),
    base: "./",
    publicDir: false,
    logLevel: "warn",
    // Whatever NODE_ENV says.
    mode: "production",
    // Children as arguments are shorter than as properties: half a kilobyte of the whole.
    oxc: {
      jsx: { runtime: "classic", pragma: "toElement", pragmaFrag: "Parts", development: false },
      jsxInject: 'import { createElement as toElement, Fragment as Parts } from "preact"',
    },
    build: {
      write: false,
      target: "es2023",
      // Younger ones know light-dark(), which is long when it is lowered.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      assetsDir: "dashboard/assets",
      // The page's policy takes neither data: URLs nor what is inline.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  });
  if (!("output" in result)) throw new Error("Vite made no single bundle");
  return result.output.map((part) => toFile(part.fileName, part.type === "chunk" ? part.code : part.source));
}

function toFile(name: string, body: string | Uint8Array): AssetFile {
  const type = types[extname(name)];
  if (type === undefined) throw new Error(`${name}: the dashboard has no content type for it`);
  return name === "index.html" ? { path: "/dashboard", type, body } : { path: `/${name}`, type, body, immutable: true };
}

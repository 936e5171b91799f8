import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { type AssetManifest, assetManifest, encodingSuffixes, type ServedFile } from "../../contract/asset-manifest.ts";
import type { ApiEnv } from "../env.ts";
import { matchesTag } from "./matches-tag.ts";

/** Reads one file of an asset's folder; undefined when it is not there. `file` comes from our own manifest only. */
export type ReadAsset = (asset: string, file: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** A page may load its own parts from here, and nothing else from anywhere. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

export interface SendOptions {
  status?: 200 | 404;
  /** Absent = true. Without a tag the whole file is sent each time: for a declared route, whose answers are listed. */
  tagged?: boolean;
}

export interface SentAsset {
  /** Answers the file at this path; undefined when the asset has none. */
  send(c: Context<ApiEnv>, path: string, options?: SendOptions): Promise<Response | undefined>;
  /** Whether there is a file at this path; undefined when the asset has not been built. */
  has(path: string): Promise<boolean | undefined>;
}

/** An asset to be served: nothing of it is read before somebody asks, and only what its manifest names is. */
export function openAsset(readAsset: ReadAsset, asset: string): SentAsset {
  let known: AssetManifest | undefined;
  const readManifest = async () => {
    const bytes = await readAsset(asset, "manifest.json");
    return bytes && assetManifest.parse(JSON.parse(new TextDecoder().decode(bytes)));
  };
  const load = async () => (known ??= await readManifest());
  return {
    async has(path) {
      const manifest = await load();
      return manifest && Object.hasOwn(manifest.files, path);
    },
    async send(c, path, options = {}) {
      const encoding = (file: ServedFile) => file.encodings.find((one) => acceptsEncoding(c, one));
      for (let tries = 0; tries < 2; tries += 1) {
        const manifest = await load();
        const file = manifest && Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
        if (!file) return undefined;
        const chosen = encoding(file);
        const name = chosen === undefined ? file.file : `${file.file}${encodingSuffixes[chosen]}`;
        const body = await readAsset(asset, name);
        if (body) return answer(c, { file, chosen, body, ...options });
        // Built anew meanwhile.
        known = undefined;
      }
      return undefined;
    },
  };
}

interface Answer extends SendOptions {
  file: ServedFile;
  chosen: "br" | "gzip" | undefined;
  body: Uint8Array<ArrayBuffer>;
}

function answer(c: Context<ApiEnv>, { file, chosen, body, status = 200, tagged = true }: Answer): Response {
  const tag = `"${file.hash}${chosen === undefined ? "" : `-${chosen}`}"`;
  if (tagged) c.header("ETag", tag);
  c.header("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  c.header("Vary", "Accept-Encoding", { append: true });
  if (file.type.startsWith("text/html")) c.header("Content-Security-Policy", pagePolicy);
  if (tagged && status === 200 && matchesTag(c.req.header("If-None-Match"), tag)) return c.body(null, 304);
  if (chosen !== undefined) c.header("Content-Encoding", chosen);
  return c.body(body, status, { "Content-Type": file.type });
}

/** `*` and `identity` aside: a client that takes a compression says its name. */
function acceptsEncoding(c: Context<ApiEnv>, encoding: string): boolean {
  return accepts(c, { header: "Accept-Encoding", supports: [encoding], default: "" }) === encoding;
}

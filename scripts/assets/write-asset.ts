import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { type AssetManifest, encodingSuffixes } from "../../functions/contract/asset-manifest.ts";
import type { AssetFile } from "./asset.ts";

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);
/** What no manifest names and is older was left by a build that is over; another one may be under way. */
const leftoverMilliseconds = 60_000;

/**
 * Writes the files, each under a name that has its content's hash, and then, in one step, the manifest that names them: whoever
 * reads meanwhile, or builds the same, or finds what a killed build left, has a whole asset.
 */
export async function writeAsset(folder: string, inputs: string, files: readonly AssetFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const written = await Promise.all(files.map((file) => writeOne(folder, file)));
  const manifest: AssetManifest = { inputs, files: Object.fromEntries(written) };
  await writeWhole(folder, "manifest.json", JSON.stringify(manifest));
  await removeLeftovers(folder, manifest);
}

async function writeOne(folder: string, { path, type, body, immutable = false }: AssetFile) {
  const plain = Buffer.from(body);
  const hash = createHash("sha256").update(plain).digest("hex").slice(0, 32);
  const extension = extname(path) || (type.startsWith("text/html") ? ".html" : "");
  const name = path.slice(1, extname(path) ? -extension.length : undefined).replaceAll(/[^\w-]/g, "-");
  const file = `${name}.${hash.slice(0, 12)}${extension}`;
  const compressed = {
    br: await toBrotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    gzip: await toGzip(plain, { level: 9 }),
  };
  const encodings = (["br", "gzip"] as const).filter((encoding) => compressed[encoding].length < plain.length);
  await writeWhole(folder, file, plain);
  for (const encoding of encodings) {
    await writeWhole(folder, `${file}${encodingSuffixes[encoding]}`, compressed[encoding]);
  }
  return [path, { file, type, hash, immutable, encodings }] as const;
}

async function writeWhole(folder: string, name: string, body: string | Uint8Array): Promise<void> {
  const part = join(folder, `.${randomUUID()}.part`);
  await writeFile(part, body);
  await rename(part, join(folder, name));
}

async function removeLeftovers(folder: string, manifest: AssetManifest): Promise<void> {
  const named = new Set(["manifest.json", ...namesIn(manifest)]);
  for (const name of await readdir(folder)) {
    if (named.has(name)) continue;
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > leftoverMilliseconds) await rm(join(folder, name), { force: true });
  }
}

/** Every file that a manifest names. */
export function namesIn({ files }: AssetManifest): string[] {
  return Object.values(files).flatMap(({ file, encodings }) => [
    file,
    ...encodings.map((encoding) => `${file}${encodingSuffixes[encoding]}`),
  ]);
}

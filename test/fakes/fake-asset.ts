import type { ApiDeps } from "../../functions/api/env.ts";
import type { AssetManifest, ServedFile } from "../../functions/contract/asset-manifest.ts";

interface FakeFile extends Partial<Pick<ServedFile, "immutable" | "encodings">> {
  path: string;
  type: string;
  text: string;
}

/** A built asset in memory: compressed files have the text with the encoding's name before it. */
export function fakeAsset(files: readonly FakeFile[]): ApiDeps["readAsset"] {
  const manifest: AssetManifest = {
    inputs: "inputs",
    files: Object.fromEntries(
      files.map(({ path, type, immutable = false, encodings = [] }, index) => {
        return [path, { file: `file-${index}`, type, hash: "0123456789abcdef", immutable, encodings }];
      }),
    ),
  };
  const contents = new Map([["manifest.json", JSON.stringify(manifest)]]);
  for (const [index, { text }] of files.entries()) {
    contents.set(`file-${index}`, text);
    contents.set(`file-${index}.br`, `br ${text}`);
    contents.set(`file-${index}.gz`, `gzip ${text}`);
  }
  return async (_asset, file) => {
    const text = contents.get(file);
    return text === undefined ? undefined : new TextEncoder().encode(text);
  };
}

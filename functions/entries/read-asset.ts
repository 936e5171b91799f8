import { readFile } from "node:fs/promises";
import type { ApiDeps } from "../api/env.ts";

/** Reads built files from the folders in this one, which is beside the bundle in the cloud, and `dist/api` on a computer. */
export function createAssetReader(folder: URL): ApiDeps["readAsset"] {
  return async (asset, file) => {
    try {
      return await readFile(new URL(`${asset}/${file}`, folder));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
  };
}

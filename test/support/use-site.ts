import { fileURLToPath } from "node:url";
import { beforeAll } from "vitest";
import type { AssetFile } from "../../scripts/assets/asset.ts";
import { buildSite } from "../../scripts/site/build-site.ts";

/** The docs site as it is made of this checkout, for the tests of a file. */
export function useSite() {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  let files: ReadonlyMap<string, AssetFile> = new Map();
  beforeAll(async () => {
    files = new Map((await buildSite(root)).map((file) => [file.path, file]));
  });
  return {
    root,
    files: () => files,
    textOf: (path: string) => String(files.get(path)?.body ?? ""),
    ofType: (type: string) => [...files.values()].filter((file) => file.type.startsWith(type)),
  };
}

/** The words of a page, as a reader sees them. */
export function read(page: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return page
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? "")
    .replaceAll(/\s+/g, " ");
}

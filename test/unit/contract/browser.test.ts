import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

it("the contract loads in a browser: nothing that it stands on is Node's", async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL("../../../functions/contract/routes.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
    minify: true,
    logLevel: "silent",
  });
  const packages = Object.keys(metafile.inputs).flatMap((file) => /node_modules\/([^/]+)/.exec(file)?.[1] ?? []);
  expect([...new Set(packages)].toSorted()).toEqual(["ipaddr.js", "zod"]);
});

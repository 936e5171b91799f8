import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assetManifest } from "../../../../functions/contract/asset-manifest.ts";
import type { Asset } from "../../../../scripts/assets/asset.ts";
import { ensureAssets } from "../../../../scripts/assets/ensure-assets.ts";

const long = "a text that is worth compressing, said again and again; ".repeat(40);

let root: string;
let builds: number;
let said: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vpn-broker-assets-"));
  mkdirSync(join(root, "source", "deeper"), { recursive: true });
  writeFileSync(join(root, "source", "page.md"), "one");
  writeFileSync(join(root, "source", "deeper", "part.md"), "two");
  lockTool("1.0.0");
  builds = 0;
  said = "";
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const asset: Asset = {
  name: "docs",
  inputs: ["source"],
  tools: ["tool"],
  build: async (from) => {
    builds += 1;
    const text = readFileSync(join(from, "source", "page.md"), "utf8");
    return [
      { path: "/docs", type: "text/html; charset=utf-8", body: `${text} ${long}` },
      { path: "/docs/assets/style.0123.css", type: "text/css", body: "small", immutable: true },
    ];
  },
};

const lockTool = (version: string) =>
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: { "node_modules/tool": { version } } }));
const ensure = (one = asset) =>
  ensureAssets(root, [one], (text) => {
    said += text;
  });
const folder = () => join(root, "dist", "api", "docs");
const names = () => readdirSync(folder()).toSorted();
const manifest = () => assetManifest.parse(JSON.parse(readFileSync(join(folder(), "manifest.json"), "utf8")));

/** What a reader of the manifest gets for a path, however it is compressed. */
function contentsOf(path: string): string[] {
  const { file = "", encodings = [] } = manifest().files[path] ?? {};
  const read = (suffix: string) => readFileSync(join(folder(), `${file}${suffix}`));
  return [
    read("").toString(),
    ...(encodings.includes("br") ? [brotliDecompressSync(read(".br")).toString()] : []),
    ...(encodings.includes("gzip") ? [gunzipSync(read(".gz")).toString()] : []),
  ];
}

describe("an asset", () => {
  it("is built when it is not there, which one line says, and written plain and compressed", async () => {
    await ensure();
    expect(said).toMatch(/^Building the docs … \d+\.\d s\n$/);
    expect(contentsOf("/docs")).toEqual([`one ${long}`, `one ${long}`, `one ${long}`]);
    // What compression makes no smaller is left as it is.
    expect(contentsOf("/docs/assets/style.0123.css")).toEqual(["small"]);
    expect(manifest().files["/docs/assets/style.0123.css"]).toMatchObject({ immutable: true, encodings: [] });
  });

  it("is left as it is when nothing has changed, whatever the files' times say", async () => {
    await ensure();
    said = "";
    utimesSync(join(root, "source", "page.md"), new Date(), new Date());
    await ensure();
    expect([builds, said]).toEqual([1, ""]);
  });

  const changes: readonly [what: string, change: () => void][] = [
    ["the content of an input", () => writeFileSync(join(root, "source", "page.md"), "ONE")],
    ["a file in a folder of an input", () => writeFileSync(join(root, "source", "deeper", "part.md"), "TWO")],
    ["a new input", () => writeFileSync(join(root, "source", "new.md"), "")],
    ["an input that is gone", () => rmSync(join(root, "source", "deeper"), { recursive: true })],
    ["a tool's version", () => lockTool("1.0.1")],
    ["a file that is lost", () => rmSync(join(folder(), names().find((name) => name.endsWith(".br")) ?? ""))],
    ["a manifest that is damaged", () => writeFileSync(join(folder(), "manifest.json"), "{")],
  ];

  it.each(changes)("is built again after %s", async (_, change) => {
    await ensure();
    change();
    await ensure();
    expect(builds).toBe(2);
    expect(contentsOf("/docs")[0]).toMatch(/^one|^ONE/i);
  });

  it("is whole for two that build it at once", async () => {
    await Promise.all([ensure(), ensure()]);
    expect(contentsOf("/docs")).toHaveLength(3);
    expect(names().filter((name) => name.endsWith(".part"))).toEqual([]);
    expect(names()).toHaveLength(5);
  });

  it("takes no harm from a build that was killed, whose leftovers go when no build can be at them any more", async () => {
    mkdirSync(folder(), { recursive: true });
    const old = new Date(Date.now() - 3_600_000);
    for (const name of [".1.part", ".2.part", "docs.000000000000.html"]) writeFileSync(join(folder(), name), "half");
    for (const name of [".1.part", "docs.000000000000.html"]) utimesSync(join(folder(), name), old, old);
    await ensure();
    expect(contentsOf("/docs")).toHaveLength(3);
    expect(names().filter((name) => /part|0{12}/.test(name))).toEqual([".2.part"]);
  });

  it("stays as it was while its build fails", async () => {
    await ensure();
    writeFileSync(join(root, "source", "page.md"), "ONE");
    const failing = { ...asset, build: () => Promise.reject(new Error("a page has a dead link")) };
    await expect(ensure(failing)).rejects.toThrow("a page has a dead link");
    expect(contentsOf("/docs")[0]).toBe(`one ${long}`);
  });

  it.skipIf(process.getuid?.() === 0)("that cannot be written says why", async () => {
    mkdirSync(join(root, "dist"));
    chmodSync(join(root, "dist"), 0o500);
    await expect(ensure()).rejects.toThrow("EACCES");
  });

  it("whose folder is taken by a file says why", async () => {
    writeFileSync(join(root, "dist"), "");
    await expect(ensure()).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});

import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import type { AssetFile } from "../../../../scripts/assets/asset.ts";
import { buildDashboard } from "../../../../scripts/dashboard/build-dashboard.ts";

const maxBytes = 40 * 1024;

let files: AssetFile[] = [];
beforeAll(async () => {
  files = await buildDashboard(fileURLToPath(new URL("../../../..", import.meta.url)));
});

const textOf = (path: string) => String(files.find((file) => file.path === path)?.body ?? "");

describe("the built dashboard", () => {
  it("is a page, and parts whose names change with their content", () => {
    expect(files.filter(({ immutable }) => !immutable).map(({ path }) => path)).toEqual(["/dashboard"]);
    for (const { path, immutable } of files) {
      if (immutable) expect(path).toMatch(/^\/dashboard\/assets\/[\w-]+-[\w-]{8}\.(js|css|svg)$/);
    }
  });

  it("is small", () => {
    const bytes = files.reduce((sum, { body }) => sum + gzipSync(body, { level: 9 }).length, 0);
    expect(bytes).toBeLessThanOrEqual(maxBytes);
  });

  it("links its parts relative to the page, so that it works under any path", () => {
    const links = [...textOf("/dashboard").matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? "");
    expect(links).toHaveLength(3);
    for (const link of links) {
      expect(link).toMatch(/^\.\//);
      expect(textOf(link.slice(1))).not.toBe("");
    }
  });

  it("has nothing inline, and nothing that its policy refuses", () => {
    const page = textOf("/dashboard");
    expect(page).not.toMatch(/<style|style=|<script(?![^>]* src=)|\son\w+=/);
    const parts = files.filter(({ immutable }) => immutable).map(({ body }) => String(body));
    for (const part of parts) expect(part).not.toMatch(/\beval\(|new Function\(|document\.write|url\((?!#)|@import/);
  });

  it("names no address but the vendors' consoles and namespaces", () => {
    const hosts = files.flatMap(({ body }) =>
      [...String(body).matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host = ""]) => host),
    );
    const expected = ["console.cloud.tencent.com", "vpc.console.aliyun.com", "www.w3.org"];
    expect(new Set(hosts)).toEqual(new Set(expected));
  });
});

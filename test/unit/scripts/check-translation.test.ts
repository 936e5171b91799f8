import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const script = fileURLToPath(new URL("../../../scripts/check-docs.mjs", import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vpn-broker-docs-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const original = [
  "# A page",
  "[中文](page.zh-CN.md)",
  "Started by `npm start`, configured by `PORT`.",
  "```sh",
  "npm start",
  "```",
  "## Commands",
  "- `npm test`: the tests.",
  "- `npm run demo`: the demo of [this](https://one.example/).",
].join("\n");
const translation = [
  "# 页面",
  "[English](page.md)",
  "用 `PORT` 配置，用 `npm start` 启动。",
  "```sh",
  "npm start",
  "```",
  "## 命令",
  "- `npm test`：测试。",
  "- `npm run demo`：[这里](https://one.example/)的演示。",
].join("\n");

/** What the check says of the second text as a translation of the first, less its place. */
function check(english: string, chinese: string): string[] {
  const file = join(folder, "page.zh-CN.md");
  writeFileSync(join(folder, "page.md"), english);
  writeFileSync(file, chinese);
  const { stdout } = spawnSync(process.execPath, [script, file], { encoding: "utf8" });
  const flaws = stdout.trim().split("\n").slice(0, -1);
  return flaws.map((line) => line.replace(/^.*page\.zh-CN\.md:\d+: /, ""));
}

const outdated = /^page\.md has changed: .*"(<!-- page\.md [0-9a-f]{12} -->)" here$/;

/** The translation with the mark that the check asks for. */
function lookedAt(): string {
  const [, mark = ""] = check(original, translation)[0]?.match(outdated) ?? [];
  return `${translation}\n\n${mark}\n`;
}

it("takes a translation that was looked at since the original changed, whatever the order in a sentence", () => {
  const marked = lookedAt();
  expect(check(original, marked)).toEqual([]);
  expect(check(original.replace("the demo", "a demo"), marked)).toEqual([expect.stringMatching(outdated)]);
});

it.each([
  { what: "a heading's level", from: "## Commands", to: "### Commands", line: 7 },
  { what: "a line of a block", from: "\nnpm start", to: "\nnpm start # up", line: 5 },
  { what: "a block's language", from: "```sh", to: "```bash", line: 4 },
  { what: "an item more", from: "- `npm test`", to: "- New.\n- `npm test`", line: 10 },
])("refuses $what that the original alone has", ({ from, to, line }) => {
  expect(check(original.replace(from, to), lookedAt())).toEqual([`does not go with line ${line} of page.md`]);
});

it.each([
  { what: "an item more", from: "- `npm test`", to: "- 新的。\n- `npm test`", flaw: "is more than page.md has" },
  { what: "a line of a block", from: "\nnpm start", to: "\nnpm test", flaw: "does not go with line 5 of page.md" },
  { what: "a name", from: "`PORT`", to: "`HOST`", flaw: "the section has `HOST`, unlike page.md" },
  { what: "a name too few", from: "`PORT`", to: "端口", flaw: "the section lacks `PORT`, unlike page.md" },
  { what: "a link", from: "one", to: "two", flaw: "the section has a link to https://two.example/, unlike page.md" },
])("refuses $what that the translation alone has", ({ from, to, flaw }) => {
  expect(check(original, lookedAt().replace(from, to))).toContain(flaw);
});

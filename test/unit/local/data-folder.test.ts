import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareDataFolder } from "../../../local/data-folder.ts";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "vpn-broker-"));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe("a data folder behind a link", () => {
  it("is that folder", () => {
    symlinkSync(base, join(base, "link"));
    expect(prepareDataFolder(join(base, "link", "data"))).toBe(join(base, "link", "data"));
  });

  it.each(["nowhere", "link"])("that leads to %s is told as the link", (target) => {
    const link = join(base, "link");
    symlinkSync(join(base, target), link);
    const sentence = `${link} is a link that leads nowhere; remove it, or set DATA_DIR to another folder`;
    expect(() => prepareDataFolder(link)).toThrow(sentence);
    expect(() => prepareDataFolder(join(link, "data"))).toThrow(sentence);
  });
});

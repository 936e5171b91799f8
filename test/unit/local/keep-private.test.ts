import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { prepareDataFolder } from "../../../local/data-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpn-broker-"));
  return () => rmSync(folder, { recursive: true, force: true });
});

/** Whether others may do anything with it, by its own mode or because a folder on the way is closed to them. */
function isOpen(path: string): boolean {
  const way = path.slice(folder.length + 1).split("/");
  return way.every((_, index) => (statSync(join(folder, ...way.slice(0, index + 1))).mode & 0o077) !== 0);
}
const everything = () => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));

describe.skipIf(process.platform === "win32")("a data folder that was there before", () => {
  it.each([0o755, 0o777])("has a table that nobody else can read, whatever its mode: %o", (mode) => {
    chmodSync(folder, mode);
    prepareDataFolder(folder);
    expect(everything()).toEqual([join(folder, "table")]);
    expect(statSync(join(folder, "table")).mode & 0o777).toBe(0o700);
    expect(statSync(folder).mode & 0o777).toBe(mode);
  });

  it("has what an earlier release left open closed, and what is not the broker's left alone", () => {
    for (const name of ["table", "credentials", "credentials/tencent"]) mkdirSync(join(folder, name));
    const names = ["table/CURRENT", "credentials/tencent/a.json", "secrets.json", "broker.log", "alibaba.json"];
    for (const name of [...names, "tencent.json", "schema-version", "somebody-elses"]) {
      writeFileSync(join(folder, name), "");
    }
    for (const path of [folder, ...everything()]) chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644);
    prepareDataFolder(folder);
    expect(everything().filter(isOpen)).toEqual([join(folder, "somebody-elses")]);
  });
});

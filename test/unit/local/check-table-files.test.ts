import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { checkTableFiles } from "../../../local/check-table-files.ts";

const { Level } = createRequire(fileURLToPath(import.meta.resolve("dynalite")))("level") as {
  Level: new (folder: string) => { put: (key: string, value: string) => Promise<void>; close: () => Promise<void> };
};

let folder: string;
beforeEach(async () => {
  const base = mkdtempSync(join(tmpdir(), "vpn-broker-"));
  folder = join(base, "table");
  const database = new Level(folder);
  await database.put("key", "value");
  await database.close();
  return () => rmSync(base, { recursive: true, force: true });
});

const manifest = () => join(folder, readdirSync(folder).find((name) => name.startsWith("MANIFEST-")) ?? "none");
const failure = () =>
  checkTableFiles(folder).then(
    () => "none",
    (error: Error) => error.message,
  );

describe("the table's files", () => {
  it("are fine as they are, twice, and where they are still to be made", async () => {
    expect(await failure()).toBe("none");
    expect(await failure()).toBe("none");
    rmSync(folder, { recursive: true });
    expect(await failure()).toBe("none");
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    expect(await failure()).toBe("none");
  });

  it.each([
    ["no CURRENT", () => rmSync(join(folder, "CURRENT"))],
    ["a garbage CURRENT", () => writeFileSync(join(folder, "CURRENT"), "x")],
    ["a CURRENT of elsewhere", () => writeFileSync(join(folder, "CURRENT"), "MANIFEST-999999\n")],
    ["no MANIFEST", () => rmSync(manifest())],
    ["a garbage MANIFEST", () => writeFileSync(manifest(), "garbage")],
    ["an empty MANIFEST", () => truncateSync(manifest())],
  ])("are damaged with %s, and are left as they are", async (_case, damage) => {
    damage();
    const log = readdirSync(folder).find((name) => name.endsWith(".log")) ?? "none";
    const before = readFileSync(join(folder, log));
    expect(await failure()).toBe(
      `the table's files in ${folder} are damaged; remove that folder to start afresh, without its records`,
    );
    expect(readFileSync(join(folder, log))).toEqual(before);
  });

  it("are no file", async () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "");
    expect(await failure()).toBe(`${folder} is not a folder; move it away, or set DATA_DIR to another folder`);
  });

  it("cannot be used for any other reason, which is told", async () => {
    rmSync(join(folder, "LOCK"));
    mkdirSync(join(folder, "LOCK"));
    expect(await failure()).toBe(
      `the files in ${folder} cannot be used (Is a directory); set DATA_DIR to another folder`,
    );
  });

  it("are in use by a process, which is told where the system tells it", async () => {
    // LevelDB's lock is the process's own: only another one is kept out.
    const check = new URL("../../../local/check-table-files.ts", import.meta.url).href;
    const script = `const { checkTableFiles } = await import(${JSON.stringify(check)});
      await checkTableFiles(process.argv[1]).catch((error) => console.log(error.message));`;
    const database = new Level(folder);
    await database.put("key", "value");
    const printed = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script, folder], {
      encoding: "utf8",
    });
    await database.close();
    const who = process.platform === "linux" ? ` (process ${process.ppid})` : "";
    expect(printed.trim()).toBe(
      `${folder} is in use by another broker with the same DATA_DIR${who}; stop that one, or set DATA_DIR to another folder`,
    );
  });
});

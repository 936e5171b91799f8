import { mkdirSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { schemaVersion } from "../../../functions/aws/schema.ts";
import { requireDataVersion } from "../../../local/data-version.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpn-broker-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const named = () => readFileSync(join(folder, "schema-version"), "utf8");

describe("the data folder", () => {
  it("is new where there is nothing in it, and says what version its data is of", () => {
    const below = join(folder, "a", "b");
    mkdirSync(below, { recursive: true });
    requireDataVersion(below);
    expect(readFileSync(join(below, "schema-version"), "utf8")).toBe(`${schemaVersion}\n`);
    requireDataVersion(below);
    expect(readdirSync(below)).toEqual(["schema-version"]);
  });

  it.each([
    ["before versions were written", "secrets.json", "{}"],
    ["of version 1", "schema-version", "1\n"],
  ])("of a release %s is taken over, nothing removed", (_, name, text) => {
    write(name, text);
    write("kept", "as it is");
    requireDataVersion(folder);
    expect(named()).toBe(`${schemaVersion}\n`);
    expect(readFileSync(join(folder, "kept"), "utf8")).toBe("as it is");
  });

  it.each([
    [
      "of a newer release",
      `${schemaVersion + 1}\n`,
      new RegExp(
        `is of schema version ${schemaVersion + 1}, .* knows ${schemaVersion}: start the newer release, or remove`,
      ),
    ],
    ["that names no version", "two", /schema-version names no version; remove the folder/],
    ["that names none at all", "", /schema-version names no version; remove the folder/],
  ])("%s is refused with what to do, and left as it is", (_, text, message) => {
    write("schema-version", text);
    expect(() => requireDataVersion(folder)).toThrow(message);
    expect(named()).toBe(text);
    expect(existsSync(join(folder, "secrets.json"))).toBe(false);
  });

  it.each([
    ["read", "schema-version"],
    ["written", "schema-version.new"],
  ])("whose version cannot be %s is refused with the file in the way", (_, name) => {
    mkdirSync(join(folder, name));
    const sentence = `${join(folder, name)} is a folder where a file should be; move it away`;
    expect(() => requireDataVersion(folder)).toThrow(sentence);
  });
});

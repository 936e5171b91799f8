import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { loadSecrets, replaceApiKey } from "../../../local/secrets.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpn-broker-"));
  file = join(folder, "secrets.json");
  return () => rmSync(folder, { recursive: true, force: true });
});

it("are made once", () => {
  expect(loadSecrets(folder)).toEqual(loadSecrets(folder));
});

it("are the same but for an API key that is made anew", () => {
  const { apiKey, ...rest } = loadSecrets(folder);
  const made = replaceApiKey(folder, { apiKey, ...rest });
  expect(made).not.toBe(apiKey);
  expect(loadSecrets(folder)).toEqual({ ...rest, apiKey: made });
});

it.each(["", "{", "{}", '{"apiKey": 1}', "null"])("that are %j are damaged, which is told without them", (text) => {
  writeFileSync(file, text);
  const sentence = `${file} is damaged, or of another version; remove the folder ${folder} to start afresh`;
  expect(() => loadSecrets(folder)).toThrow(new Error(sentence));
});

it("that cannot be read are told from damaged ones", () => {
  mkdirSync(file);
  expect(() => loadSecrets(folder)).toThrow(
    `${file} is a folder where a file should be; move it away, or set DATA_DIR to another folder`,
  );
});

it("that cannot be written are told", () => {
  mkdirSync(`${file}.new`);
  expect(() => loadSecrets(folder)).toThrow(/secrets\.json is a folder where a file should be/);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfig } from "../../../../functions/entries/config.ts";
import { findAccess } from "../../../../packages/cli/src/access.ts";
import { KeyMissingError } from "../../../../packages/cli/src/failure.ts";

const DATA_DIR = mkdtempSync(join(tmpdir(), "vpn-broker-"));
writeFileSync(join(DATA_DIR, "secrets.json"), JSON.stringify({ apiKey: "vpb_local", other: 1 }));
afterAll(() => rmSync(DATA_DIR, { recursive: true }));

const access = (environment: Record<string, string>, options = {}) =>
  findAccess(readConfig("cli", { DATA_DIR, ...environment }), options);

describe("the broker that is spoken to", () => {
  it("is this computer's own, with its own key, unless another is named", () => {
    expect(access({})).toMatchObject({ base: "http://127.0.0.1:3000", key: "vpb_local" });
    expect(access({ PORT: "8080" })).toMatchObject({ base: "http://127.0.0.1:8080", key: "vpb_local" });
    expect(access({}, { url: "http://127.0.0.1:3000/" })).toMatchObject({ key: "vpb_local" });
  });

  it("is where the local stack wrote down that it listens", () => {
    writeFileSync(join(DATA_DIR, "url"), "http://127.0.0.1:4567\n");
    expect(access({})).toMatchObject({ base: "http://127.0.0.1:4567", key: "vpb_local" });
    expect(access({ PORT: "8080" })).toMatchObject({ base: "http://127.0.0.1:8080", key: "vpb_local" });
    expect(() => access({}, { url: "http://127.0.0.1:3000" })).toThrow(/Set VPN_BROKER_API_KEY/);
    rmSync(join(DATA_DIR, "url"));
  });

  it("is the one of the option, then of the environment, with the environment's key", () => {
    const environment = { VPN_BROKER_URL: "https://broker.example/stage/", VPN_BROKER_API_KEY: "vpb_given" };
    expect(access(environment)).toEqual({
      base: "https://broker.example/stage",
      key: "vpb_given",
      keySource: "VPN_BROKER_API_KEY",
    });
    expect(access(environment, { url: "http://[::1]:4000" })).toMatchObject({ base: "http://[::1]:4000" });
    expect(access({ VPN_BROKER_API_KEY: "vpb_given" })).toMatchObject({ key: "vpb_given" });
  });

  it.each([
    "https://broker.example",
    "https://127.0.0.1:3000",
    "http://localhost:3000",
    "http://127.0.0.1:3001",
    "http://127.0.0.1:3000/stage",
    "http://127.0.0.1",
  ])("never gets this computer's key at %s", (url) => {
    expect(() => access({}, { url })).toThrow(/Set VPN_BROKER_API_KEY/);
    expect(() => access({ VPN_BROKER_URL: url })).toThrow(/Set VPN_BROKER_API_KEY/);
  });

  it("is reached by http on this computer only, unless it is said", () => {
    const environment = { VPN_BROKER_API_KEY: "vpb_given" };
    for (const url of [
      "http://broker.example",
      "http://10.0.0.1",
      "http://127.0.0.1.example",
      "http://localhost.example",
    ]) {
      expect(() => access(environment, { url })).toThrow(/in the clear/);
      expect(access(environment, { url, insecureHttp: true })).toMatchObject({ base: url });
    }
  });

  it.each([
    "",
    "broker.example",
    "ftp://broker.example",
    "https://user:vpb_x@broker.example",
    "https://b.example/?k=vpb_x",
  ])("is none at %j", (url) => {
    expect(() => access({ VPN_BROKER_API_KEY: "vpb_given" }, { url })).toThrow(/^--url must be (?!.*vpb_x)/);
    if (url !== "")
      expect(() => access({ VPN_BROKER_URL: url, VPN_BROKER_API_KEY: "vpb_given" })).toThrow(
        /^(?!.*vpb_x).*VPN_BROKER_URL must be/,
      );
  });

  it("is shown the key in the file that is named, before any other", () => {
    const keyFile = join(DATA_DIR, "key");
    writeFileSync(keyFile, "vpb_of-file\n");
    const url = "https://broker.example";
    expect(access({}, { keyFile })).toEqual({ base: "http://127.0.0.1:3000", key: "vpb_of-file", keySource: keyFile });
    expect(access({}, { url, keyFile })).toMatchObject({ base: url, key: "vpb_of-file" });
    expect(access({ VPN_BROKER_API_KEY: "vpb_given" }, { keyFile })).toMatchObject({ key: "vpb_of-file" });
    expect(() => access({}, { url: "http://broker.example", keyFile })).toThrow(/in the clear/);
  });

  it("is shown no key that a file does not hold, and what is in it is not repeated", () => {
    const given = { VPN_BROKER_API_KEY: "vpb_given" };
    expect(() => access(given, { keyFile: join(DATA_DIR, "none") })).toThrow(/none cannot be read \(ENOENT\)/);
    expect(() => access(given, { keyFile: DATA_DIR })).toThrow(/cannot be read \(EISDIR\)/);
    for (const text of ["", "short", "two MARKER", "MARKER\nMARKER", "MARKER-é-MARKER", "MARKER".repeat(40)]) {
      const keyFile = join(DATA_DIR, "wrong");
      writeFileSync(keyFile, text);
      expect(() => access(given, { keyFile })).toThrow(KeyMissingError);
      expect(() => access(given, { keyFile })).toThrow(/^What is in \S+wrong is no key(?!.*MARKER)/);
    }
  });

  it("needs a key", () => {
    expect(() => access({ DATA_DIR: join(DATA_DIR, "none") })).toThrow(KeyMissingError);
    expect(() => access({ DATA_DIR: join(DATA_DIR, "none") })).toThrow(/There is no key: set VPN_BROKER_API_KEY/);
  });
});

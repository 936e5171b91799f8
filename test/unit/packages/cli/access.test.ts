import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfig } from "../../../../../functions/entries/config.ts";
import { findAccess } from "../../../../../packages/cli/src/admin/access.ts";

const DATA_DIR = mkdtempSync(join(tmpdir(), "vpn-broker-"));
writeFileSync(join(DATA_DIR, "secrets.json"), JSON.stringify({ apiKey: "vpb_local", other: 1 }));
afterAll(() => rmSync(DATA_DIR, { recursive: true }));

const access = (environment: Record<string, string>, options = {}) =>
  findAccess(readConfig("admin", { DATA_DIR, ...environment }), options);

describe("the broker that is spoken to", () => {
  it("is this computer's own, with its own key, unless another is named", () => {
    expect(access({})).toMatchObject({ base: "http://127.0.0.1:3000", key: "vpb_local" });
    expect(access({ PORT: "8080" })).toMatchObject({ base: "http://127.0.0.1:8080", key: "vpb_local" });
    expect(access({}, { url: "http://127.0.0.1:3000/" })).toMatchObject({ key: "vpb_local" });
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
      expect(access(environment, { url, "insecure-http": true })).toMatchObject({ base: url });
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
  });

  it("needs a key", () => {
    expect(() => access({ DATA_DIR: join(DATA_DIR, "none") })).toThrow(/There is no key: set VPN_BROKER_API_KEY/);
  });
});

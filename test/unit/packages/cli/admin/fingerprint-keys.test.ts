import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptConnection } from "../../../../../functions/domain/connections/accept-connection.ts";
import type { CreateRequest } from "../../../../../functions/domain/request/create-request.ts";
import { fingerprintKeyOf } from "../../../../../functions/domain/request/pre-shared-keys.ts";
import { fingerprintKeysSchema } from "../../../../../functions/entries/config.ts";
import { toFingerprintKeys } from "../../../../../functions/entries/wiring.ts";
import { loadSecrets } from "../../../../../local/secrets.ts";
import {
  addFingerprintKey,
  createFingerprintKeys,
  rotateInFolder,
  rotateJson,
} from "../../../../../packages/cli/src/admin/fingerprint-keys.ts";
import { edit } from "../../../../generators/json-edit.ts";
import { createAcceptDeps, testActor, testSettings } from "../../../../support/accepting.ts";
import { validAlibabaRequest } from "../../../../support/create-requests.ts";
import { refusalOf } from "../../../../support/refusal.ts";

const now = new Date("2026-11-22T23:59:59Z");
const before = { current: "one", keys: { one: Buffer.alloc(32, 1).toString("base64") } };

describe("a deployment's first fingerprint key", () => {
  it("is one that the API takes, and that can be rotated", () => {
    const first = createFingerprintKeys(now);
    expect(fingerprintKeysSchema.parse(first)).toEqual(first);
    expect(Object.keys(first.keys)).toEqual(["2026-11-22"]);
    expect(Object.keys(rotateJson(JSON.stringify(first), now).keys)).toEqual(["2026-11-22", "2026-11-22-2"]);
  });
});

describe("a rotation of the fingerprint keys", () => {
  it("adds 32 random bytes named by the day, and keeps the rest", () => {
    const after = addFingerprintKey(before, now);
    expect(after.current).toBe("2026-11-22");
    expect(after.keys).toMatchObject(before.keys);
    expect(Buffer.from(after.keys[after.current] ?? "", "base64")).toHaveLength(32);
    expect(addFingerprintKey(before, now).keys[after.current]).not.toBe(after.keys[after.current]);
  });

  it("finds another name for the second and the third of a day", () => {
    const twice = addFingerprintKey(addFingerprintKey(before, now), now);
    expect(twice.current).toBe("2026-11-22-2");
    expect(Object.keys(addFingerprintKey(twice, now).keys)).toEqual([
      "one",
      "2026-11-22",
      "2026-11-22-2",
      "2026-11-22-3",
    ]);
  });

  it("leaves an old record replayable, and still tells another pre-shared key apart", async () => {
    const deps = { ...createAcceptDeps(), fingerprintKeys: toFingerprintKeys(before) };
    const input = (request: CreateRequest) => ({ actor: testActor, settings: testSettings, request });
    const { record } = await acceptConnection(deps, input(validAlibabaRequest()));
    expect(fingerprintKeyOf(record.request)).toBe("one");

    const rotated = { ...deps, fingerprintKeys: toFingerprintKeys(addFingerprintKey(before, now)) };
    expect(await acceptConnection(rotated, input(validAlibabaRequest()))).toMatchObject({
      replayed: true,
      record: { id: record.id },
    });
    const changed = edit(validAlibabaRequest(), { "/tunnels/0/preSharedKey": "another-key" }) as CreateRequest;
    expect((await refusalOf(() => acceptConnection(rotated, input(changed)))).code).toBe("idempotency_mismatch");

    const later = edit(validAlibabaRequest(), { "/clientToken": "token-9" }) as CreateRequest;
    const { record: young } = await acceptConnection(rotated, input(later));
    expect(fingerprintKeyOf(young.request)).toBe("2026-11-22");
  });

  it.each([
    ["SECRET", /is not JSON/],
    ["null", /is not \{"current"/],
    ['{"current":"SECRET"}', /is not \{"current"/],
    ['{"current":"two","keys":{"one":"SECRETSECRETSECRETSECRET"}}', /with the current key in it/],
    ['{"current":"one","keys":{"one":"SECRET"}}', /is not \{"current"/],
  ])("refuses %s without repeating it", (json, sentence) => {
    expect(() => rotateJson(json, now)).toThrow(sentence);
    expect(() => rotateJson(json, now)).not.toThrow(/SECRET/);
  });
});

describe("a rotation in the folder of a local stack", () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), "vpn-broker-"));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it("replaces the file, readable by its owner only, and leaves every other secret as it was", () => {
    const secrets = loadSecrets(dataDir);
    expect(rotateInFolder(dataDir, now)).toEqual({ current: "2026-11-22", keys: ["local-1", "2026-11-22"] });
    const after = loadSecrets(dataDir);
    expect({ ...after, fingerprintKeys: secrets.fingerprintKeys }).toEqual(secrets);
    expect(after.fingerprintKeys.keys).toMatchObject(secrets.fingerprintKeys.keys);
    expect(statSync(join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(["secrets.json"]);
  });

  it("refuses a folder without secrets, and leaves a file that is none as it is", () => {
    expect(() => rotateInFolder(dataDir, now)).toThrow(/cannot be read \(ENOENT\)/);
    writeFileSync(join(dataDir, "secrets.json"), '{"apiKey":"vpb_x"}');
    expect(() => rotateInFolder(dataDir, now)).toThrow(/is not \{"current"/);
    expect(readFileSync(join(dataDir, "secrets.json"), "utf8")).toBe('{"apiKey":"vpb_x"}');
    expect(readdirSync(dataDir)).toEqual(["secrets.json"]);
  });
});

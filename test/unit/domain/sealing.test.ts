import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createKeyPairOpener, createSealer, localKeyId, parseSealed } from "../../../functions/domain/sealing.ts";
import { describeOpener } from "../../conformance/opener.ts";

const pair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });

const { publicKey, privateKey } = pair();
const sealer = createSealer({ keyId: localKeyId, publicKey });
const opener = createKeyPairOpener(privateKey);
const id = "abcdefghijklmnopqrstuvwxyz";

describeOpener("with a key pair of this computer", () => ({ opener, sealer }));

describe("a sealed secret", () => {
  it("is sealed differently each time, as its key and base64, without the secret in it", () => {
    const seals = [sealer.seal(id, "MARKER"), sealer.seal(id, "MARKER")];
    expect(new Set(seals).size).toBe(2);
    for (const sealed of seals) {
      expect(sealed).toMatch(/^local:[A-Za-z0-9+/]{342}==$/);
      expect(parseSealed(sealed).ciphertext.toString("latin1")).not.toContain("MARKER");
    }
  });

  it("does not open when it was changed, or with another key", async () => {
    const sealed = sealer.seal(id, "secret");
    const [at, other] = ["local:".length, sealed.startsWith("local:A") ? "B" : "A"];
    const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
    await expect(opener.open(id, changed)).rejects.toThrow();
    await expect(createKeyPairOpener(pair().privateKey).open(id, sealed)).rejects.toThrow();
  });

  it("does not open under the name of another key, or of none", async () => {
    const elsewhere = createSealer({ keyId: "arn:aws:kms:us-east-1:1:key/2", publicKey }).seal(id, "secret");
    await expect(opener.open(id, elsewhere)).rejects.toThrow("sealed with the key arn:aws:kms:us-east-1:1:key/2,");
    const ciphertext = sealer.seal(id, "secret").slice("local:".length);
    for (const nameless of [ciphertext, `:${ciphertext}`, ""]) {
      await expect(opener.open(id, nameless)).rejects.toThrow("does not name its key");
    }
  });
});

describe("the parts of a sealed text", () => {
  it.each(["local", "1234abcd-12ab-34cd-56ef-1234567890ab", "arn:aws:kms:us-east-1:111122223333:key/1234abcd"])(
    "are divided by the last colon: %s",
    (keyId) => {
      const { ciphertext, ...rest } = parseSealed(createSealer({ keyId, publicKey }).seal(id, "secret"));
      expect(rest).toEqual({ keyId });
      expect(ciphertext).toHaveLength(256);
    },
  );
});

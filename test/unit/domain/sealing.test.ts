import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createKeyPairOpener, createSealer } from "../../../functions/domain/sealing.ts";

const pair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });

const { publicKey, privateKey } = pair();
const sealer = createSealer(publicKey);
const opener = createKeyPairOpener(privateKey);
const id = "abcdefghijklmnopqrstuvwxyz";

describe("a sealed secret", () => {
  it.each(["k", "k".repeat(100), "~!`@#$%^&*()_-+={}[]|;:',.<>/?", "whsec_".padEnd(94, "A")])(
    "opens for its context: %s",
    async (secret) => {
      expect(await opener.open(id, sealer.seal(id, secret))).toBe(secret);
    },
  );

  it("does not open for another context", async () => {
    const sealed = sealer.seal(id, "secret");
    await expect(opener.open("another", sealed)).rejects.toThrow("another context");
    await expect(opener.open(id.slice(1), sealed)).rejects.toThrow("another context");
    await expect(opener.open(id.slice(0, -1), sealed)).rejects.toThrow("another context");
    await expect(opener.open("", sealed)).rejects.toThrow("another context");
  });

  it("does not tell the secret when it is opened wrongly", async () => {
    const error: unknown = await opener.open("another", sealer.seal(id, "MARKER")).catch((thrown: unknown) => thrown);
    expect(String(error)).not.toContain("MARKER");
  });

  it("is sealed differently each time, in base64, without the secret in it", () => {
    const seals = [sealer.seal(id, "MARKER"), sealer.seal(id, "MARKER")];
    expect(new Set(seals).size).toBe(2);
    for (const sealed of seals) {
      expect(sealed).toMatch(/^[A-Za-z0-9+/]{342}==$/);
      expect(Buffer.from(sealed, "base64").toString("latin1")).not.toContain("MARKER");
    }
  });

  it("does not open when it was changed, or with another key", async () => {
    const sealed = sealer.seal(id, "secret");
    const changed = `${sealed.startsWith("A") ? "B" : "A"}${sealed.slice(1)}`;
    await expect(opener.open(id, changed)).rejects.toThrow();
    await expect(createKeyPairOpener(pair().privateKey).open(id, sealed)).rejects.toThrow();
  });
});

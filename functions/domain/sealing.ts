import { constants, createPrivateKey, createPublicKey, privateDecrypt, publicEncrypt } from "node:crypto";
import type { Opener, Sealer } from "./ports.ts";

const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };

/** The id of a key pair that is in no KMS. */
export const localKeyId = "local";

/**
 * Seals with RSA-OAEP and SHA-256 over the context, a NUL and the secret: the form that an asymmetric KMS key opens.
 * The context stands inside the seal because KMS has no OAEP label, and so a sealed text cannot be moved elsewhere.
 * The text names its key, `<key id>:<base64>`, so that it still opens when newer ones are sealed with another key.
 */
export function createSealer({ keyId, publicKey }: { keyId: string; publicKey: string }): Sealer {
  const key = createPublicKey(publicKey);
  return {
    seal(context, secret) {
      const ciphertext = publicEncrypt({ key, ...padding }, Buffer.from(`${context}\0${secret}`));
      return `${keyId}:${ciphertext.toString("base64")}`;
    },
  };
}

/** Opens with the private half in this process: for the local stack. */
export function createKeyPairOpener(privateKeyPem: string): Opener {
  const key = createPrivateKey(privateKeyPem);
  return {
    async open(context, sealed) {
      const { keyId, ciphertext } = parseSealed(sealed);
      if (keyId !== localKeyId)
        throw new Error(`the text was sealed with the key ${keyId}, which is not on this computer`);
      return secretOf(context, privateDecrypt({ key, ...padding }, ciphertext));
    },
  };
}

/** The parts of a sealed text. The last colon divides them: the ARN of a key has colons, base64 has none. */
export function parseSealed(sealed: string): { keyId: string; ciphertext: Buffer } {
  const colon = sealed.lastIndexOf(":");
  if (colon < 1) throw new Error("the sealed text does not name its key");
  return { keyId: sealed.slice(0, colon), ciphertext: Buffer.from(sealed.slice(colon + 1), "base64") };
}

/** The secret in what a key has opened. Throws when it was sealed for another context. */
export function secretOf(context: string, opened: Uint8Array): string {
  const text = Buffer.from(opened.buffer, opened.byteOffset, opened.byteLength).toString();
  const prefix = `${context}\0`;
  if (!text.startsWith(prefix)) throw new Error("the sealed text belongs to another context");
  return text.slice(prefix.length);
}

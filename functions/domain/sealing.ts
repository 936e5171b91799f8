import { constants, createPrivateKey, createPublicKey, privateDecrypt, publicEncrypt } from "node:crypto";
import type { Opener, Sealer } from "./ports.ts";

const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };

/**
 * Seals with RSA-OAEP and SHA-256 over the context, a NUL and the secret: the form that an asymmetric KMS key opens.
 * The context stands inside the seal because KMS has no OAEP label, and so a sealed text cannot be moved elsewhere.
 */
export function createSealer(publicKeyPem: string): Sealer {
  const key = createPublicKey(publicKeyPem);
  return {
    seal: (context, secret) =>
      publicEncrypt({ key, ...padding }, Buffer.from(`${context}\0${secret}`)).toString("base64"),
  };
}

/** Opens with the private half in this process: for the local stack. */
export function createKeyPairOpener(privateKeyPem: string): Opener {
  const key = createPrivateKey(privateKeyPem);
  return {
    async open(context, sealed) {
      return secretOf(context, privateDecrypt({ key, ...padding }, Buffer.from(sealed, "base64")).toString());
    },
  };
}

function secretOf(context: string, opened: string): string {
  const prefix = `${context}\0`;
  if (!opened.startsWith(prefix)) throw new Error("the sealed text belongs to another context");
  return opened.slice(prefix.length);
}

import { DecryptCommand, type KMSClient } from "@aws-sdk/client-kms";
import type { Opener } from "../domain/ports.ts";
import { parseSealed, secretOf } from "../domain/sealing.ts";

/** Opens with the KMS key that each text names; the private half stays in KMS. What KMS refuses is an error of the SDK. */
export function createKmsOpener({ client }: { client: KMSClient }): Opener {
  return {
    async open(context, sealed) {
      const { keyId, ciphertext } = parseSealed(sealed);
      const { Plaintext } = await client.send(
        new DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: ciphertext,
          EncryptionAlgorithm: "RSAES_OAEP_SHA_256",
        }),
      );
      if (!Plaintext) throw new Error("KMS answered without a plaintext");
      return secretOf(context, Plaintext);
    },
  };
}

import { createPublicKey } from "node:crypto";
import {
  AlreadyExistsException,
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  GetPublicKeyCommand,
  type KMSClient,
  NotFoundException,
} from "@aws-sdk/client-kms";
import { createKmsClient } from "../functions/aws/clients.ts";
import { createKmsOpener } from "../functions/aws/kms-opener.ts";
import type { Opener, Sealer } from "../functions/domain/ports.ts";
import { createKeyPairOpener, createSealer, localKeyId } from "../functions/domain/sealing.ts";
import type { LocalSecrets } from "./secrets.ts";

const alias = "alias/vpn-broker";

/** The key that seals, and what opens: the key pair of this folder, or the KMS at an endpoint, where the key is made once. */
export async function openSealingKey(
  secrets: LocalSecrets,
  endpoint: string | undefined,
): Promise<{ sealer: Sealer; opener: Opener }> {
  if (!endpoint) {
    return {
      sealer: createSealer({ keyId: localKeyId, publicKey: secrets.sealingPublicKey }),
      opener: createKeyPairOpener(secrets.sealingPrivateKey),
    };
  }
  const client = createKmsClient({ endpoint });
  const keyId = (await findKey(client)) ?? (await createKey(client));
  return {
    sealer: createSealer({ keyId, publicKey: await readPublicKey(client, keyId) }),
    opener: createKmsOpener({ client }),
  };
}

/** The ARN of the key behind the alias. */
async function findKey(client: KMSClient): Promise<string | undefined> {
  try {
    return (await client.send(new DescribeKeyCommand({ KeyId: alias }))).KeyMetadata?.Arn;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

async function createKey(client: KMSClient): Promise<string> {
  const { KeyMetadata } = await client.send(
    new CreateKeyCommand({ KeySpec: "RSA_3072", KeyUsage: "ENCRYPT_DECRYPT", Description: "Seals secrets" }),
  );
  let keyId = KeyMetadata?.Arn;
  try {
    await client.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: keyId }));
  } catch (error) {
    if (!(error instanceof AlreadyExistsException)) throw error;
    // Another start was quicker, or an answer was lost: the alias knows which key it is. One made in vain stays.
    keyId = await findKey(client);
  }
  if (keyId === undefined) throw new Error(`KMS does not show ${alias} yet; start again`);
  return keyId;
}

async function readPublicKey(client: KMSClient, keyId: string): Promise<string> {
  const { PublicKey, EncryptionAlgorithms } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (!PublicKey || !EncryptionAlgorithms?.includes("RSAES_OAEP_SHA_256")) {
    throw new Error(`${alias} is not an RSA key that encrypts; point it at one, or delete it`);
  }
  const key = createPublicKey({ key: Buffer.from(PublicKey), format: "der", type: "spki" });
  return key.export({ type: "spki", format: "pem" }).toString();
}

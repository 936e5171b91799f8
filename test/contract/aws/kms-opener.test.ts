import { generateKeyPairSync } from "node:crypto";
import {
  CreateAliasCommand,
  CreateKeyCommand,
  GetPublicKeyCommand,
  InvalidCiphertextException,
  KMSInternalException,
  NotFoundException,
} from "@aws-sdk/client-kms";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createKmsClient } from "../../../functions/aws/clients.ts";
import { createKmsOpener } from "../../../functions/aws/kms-opener.ts";
import type { Opener, Sealer } from "../../../functions/domain/ports.ts";
import { createSealer } from "../../../functions/domain/sealing.ts";
import { prepareEnvironment } from "../../../local/environment.ts";
import { openSealingKey } from "../../../local/sealing-key.ts";
import type { LocalSecrets } from "../../../local/secrets.ts";
import { describeOpener } from "../../conformance/opener.ts";
import { type KmsServer, startKmsServer } from "../../fakes/kms-server.ts";

const context = "abcdefghijklmnopqrstuvwxyz";
const alias = "alias/vpn-broker";
const secrets = {} as LocalSecrets;

let kms: KmsServer;
let client: ReturnType<typeof createKmsClient>;
let opener: Opener;
/** Two keys of one KMS: one before and one after a rotation. */
let earlier: Awaited<ReturnType<typeof createKey>>;
let later: Awaited<ReturnType<typeof createKey>>;

async function createKey(): Promise<{ keyId: string; publicKey: string; sealer: Sealer }> {
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ KeySpec: "RSA_3072", KeyUsage: "ENCRYPT_DECRYPT" }));
  const keyId = KeyMetadata?.Arn ?? "";
  const { PublicKey = [] } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  const base64 = Buffer.from(PublicKey).toString("base64");
  const publicKey = `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`;
  return { keyId, publicKey, sealer: createSealer({ keyId, publicKey }) };
}

beforeAll(async () => {
  prepareEnvironment();
  kms = await startKmsServer();
  client = createKmsClient({ endpoint: kms.url });
  opener = createKmsOpener({ client });
  [earlier, later] = await Promise.all([createKey(), createKey()]);
  return () => kms.close();
});
beforeEach(() => {
  kms.failing = false;
  kms.calls.length = 0;
});

const rejected = (opened: Promise<string>) =>
  opened.then(
    () => undefined,
    (error: unknown) => error,
  );

describeOpener("in KMS", () => ({ opener, sealer: later.sealer }));

describe("a secret sealed for a KMS key", () => {
  it("is opened by one call that names the key and the algorithm", async () => {
    const sealed = later.sealer.seal(context, "secret");
    await opener.open(context, sealed);
    const input = {
      KeyId: later.keyId,
      CiphertextBlob: sealed.slice(`${later.keyId}:`.length),
      EncryptionAlgorithm: "RSAES_OAEP_SHA_256",
    };
    expect(kms.calls).toEqual([{ operation: "Decrypt", input }]);
  });

  it("is opened whatever the key is called: its ARN, its id or an alias", async () => {
    await client.send(new CreateAliasCommand({ AliasName: "alias/called", TargetKeyId: later.keyId }));
    for (const keyId of [later.keyId.split("/")[1] ?? "", "alias/called", later.keyId]) {
      const sealed = createSealer({ keyId, publicKey: later.publicKey }).seal(context, "secret");
      expect(await opener.open(context, sealed)).toBe("secret");
    }
  });

  it("is not opened when it was changed or cut", async () => {
    const sealed = later.sealer.seal(context, "secret");
    const at = later.keyId.length + 1;
    const changed = `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
    for (const garbled of [changed, sealed.slice(0, -8), `${later.keyId}:AAAA`]) {
      expect(await rejected(opener.open(context, garbled))).toBeInstanceOf(InvalidCiphertextException);
    }
    for (const nameless of [sealed.slice(at), sealed.slice(at - 1), ""]) {
      await expect(opener.open(context, nameless)).rejects.toThrow("does not name its key");
    }
  });

  it("is not opened under the name of another key, or of none", async () => {
    const ciphertext = later.sealer.seal(context, "secret").slice(later.keyId.length);
    expect(await rejected(opener.open(context, earlier.keyId + ciphertext))).toBeInstanceOf(InvalidCiphertextException);
    expect(await rejected(opener.open(context, `local${ciphertext}`))).toBeInstanceOf(NotFoundException);
  });

  it("still opens after the sealing key was rotated, by the same opener", async () => {
    const texts = [earlier, later].map(({ sealer }) => sealer.seal(context, "secret"));
    for (const sealed of texts) expect(await opener.open(context, sealed)).toBe("secret");
    expect(kms.calls.map(({ input }) => input["KeyId"])).toEqual([earlier.keyId, later.keyId]);
  });
});

describe("a KMS that is down", () => {
  const sealed = () => later.sealer.seal(context, "secret");

  it("is an error of the SDK, which the API knows by its metadata", async () => {
    kms.failing = true;
    const error = await rejected(opener.open(context, sealed()));
    expect(error).toBeInstanceOf(KMSInternalException);
    expect(error).toHaveProperty("$metadata");
    kms.failing = false;
    expect(await opener.open(context, sealed())).toBe("secret");
  });

  it("is one too when nothing listens", async () => {
    const gone = await startKmsServer();
    await gone.close();
    const error = await rejected(
      createKmsOpener({ client: createKmsClient({ endpoint: gone.url }) }).open(context, sealed()),
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).toHaveProperty("$metadata");
  });
});

describe("the sealing key of the local stack", () => {
  const keyOf = ({ sealer }: { sealer: Sealer }) => sealer.seal("", "").replace(/:[^:]*$/, "");
  const made = () => kms.calls.filter(({ operation }) => operation === "CreateKey").map(({ input }) => input);

  it("is made in KMS once, also by two that start at once, and found again", async () => {
    const [one, other] = await Promise.all([openSealingKey(secrets, kms.url), openSealingKey(secrets, kms.url)]);
    // Each makes one; on a busy computer the SDK may ask again. The alias decides which is used.
    expect(made().length).toBeGreaterThanOrEqual(2);
    expect(made()[0]).toMatchObject({ KeySpec: "RSA_3072", KeyUsage: "ENCRYPT_DECRYPT" });
    kms.calls.length = 0;
    const again = await openSealingKey(secrets, kms.url);
    expect(made()).toEqual([]);
    expect(new Set([one, other, again].map(keyOf)).size).toBe(1);
    expect(keyOf(again)).toMatch(/^arn:aws:kms:/);
    expect(await again.opener.open(context, one.sealer.seal(context, "secret"))).toBe("secret");
    expect(await one.opener.open(context, other.sealer.seal(context, "secret"))).toBe("secret");
  });

  it("is refused when the alias is another kind of key's", async () => {
    const other = await startKmsServer();
    const otherClient = createKmsClient({ endpoint: other.url });
    const { KeyMetadata } = await otherClient.send(
      new CreateKeyCommand({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }),
    );
    await otherClient.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: KeyMetadata?.KeyId }));
    await expect(openSealingKey(secrets, other.url)).rejects.toThrow(`${alias} is not an RSA key that encrypts`);
    await other.close();
  });

  it("is the key pair of the folder without a KMS", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const pair = { ...secrets, sealingPublicKey: publicKey, sealingPrivateKey: privateKey };
    const key = await openSealingKey(pair, undefined);
    expect(keyOf(key)).toBe("local");
    expect(await key.opener.open(context, key.sealer.seal(context, "secret"))).toBe("secret");
    expect(kms.calls).toEqual([]);
  });
});

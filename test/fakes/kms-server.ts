import { constants, generateKeyPair, type KeyObject, privateDecrypt, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { listenOnLoopback } from "../../local/loopback-server.ts";

type Input = Record<string, string | undefined>;

interface Key {
  id: string;
  arn: string;
  spec: string;
  usage: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
}

export interface KmsServer {
  url: string;
  /** Every request, as it came. */
  calls: { operation: string; input: Input }[];
  /** While true, KMS answers that it failed. */
  failing: boolean;
  close: () => Promise<void>;
}

class KmsError extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

const prefix = "arn:aws:kms:us-east-1:111122223333:";
const moduli: Readonly<Record<string, number>> = { RSA_2048: 2048, RSA_3072: 3072, RSA_4096: 4096 };
const hashes: Readonly<Record<string, string>> = { RSAES_OAEP_SHA_1: "sha1", RSAES_OAEP_SHA_256: "sha256" };
const makePair = promisify(generateKeyPair);

/**
 * The part of the KMS API (AWS JSON 1.1) that an asymmetric key needs, with real keys, on a free loopback port. On a busy
 * computer making a key takes longer than a client waits for it, which then asks again: so many RSA_3072 ones are ready.
 */
export async function startKmsServer(readyKeys = 0): Promise<KmsServer> {
  const ready = await Promise.all(Array.from({ length: readyKeys }, () => makePair("rsa", { modulusLength: 3072 })));
  const keys = new Map<string, Key>();
  const aliases = new Map<string, Key>();

  /** By id, ARN, alias or the alias's ARN, as KMS finds it. */
  function find(keyId = ""): Key {
    const name = keyId.startsWith(prefix) ? keyId.slice(prefix.length) : keyId;
    const key = name.startsWith("alias/") ? aliases.get(name) : keys.get(name.replace(/^key\//, ""));
    if (key) return key;
    throw new KmsError(
      "NotFoundException",
      name.startsWith("alias/") ? `Alias ${prefix}${name} is not found.` : `Invalid keyId '${keyId}'`,
    );
  }

  const describe = ({ id, arn, spec, usage }: Key) => ({
    AWSAccountId: "111122223333",
    KeyId: id,
    Arn: arn,
    Enabled: true,
    KeyState: "Enabled",
    KeySpec: spec,
    KeyUsage: usage,
    EncryptionAlgorithms: usage === "ENCRYPT_DECRYPT" ? Object.keys(hashes) : undefined,
  });

  const operations: Readonly<Record<string, (input: Input) => object | Promise<object>>> = {
    async CreateKey({ KeySpec: spec = "SYMMETRIC_DEFAULT", KeyUsage: usage = "ENCRYPT_DECRYPT" }) {
      const modulusLength = moduli[spec];
      if (!modulusLength) throw new KmsError("UnsupportedOperationException", `${spec} is not offered here`);
      const id = randomUUID();
      const pair = (modulusLength === 3072 ? ready.pop() : undefined) ?? (await makePair("rsa", { modulusLength }));
      const key = { id, arn: `${prefix}key/${id}`, spec, usage, ...pair };
      keys.set(id, key);
      return { KeyMetadata: describe(key) };
    },

    CreateAlias({ AliasName: name = "", TargetKeyId }) {
      if (!/^alias\/[\w/-]+$/.test(name)) throw new KmsError("InvalidAliasNameException", `Invalid alias ${name}`);
      const key = find(TargetKeyId);
      if (aliases.has(name)) {
        throw new KmsError("AlreadyExistsException", `An alias with the name ${prefix}${name} already exists`);
      }
      aliases.set(name, key);
      return {};
    },

    DescribeKey: ({ KeyId }) => ({ KeyMetadata: describe(find(KeyId)) }),

    GetPublicKey({ KeyId }) {
      const key = find(KeyId);
      const { Arn, KeySpec, KeyUsage, EncryptionAlgorithms } = describe(key);
      const PublicKey = key.publicKey.export({ type: "spki", format: "der" }).toString("base64");
      return { KeyId: Arn, PublicKey, KeySpec, KeyUsage, EncryptionAlgorithms };
    },

    Decrypt({ KeyId, CiphertextBlob = "", EncryptionAlgorithm = "SYMMETRIC_DEFAULT" }) {
      const key = find(KeyId);
      const oaepHash = hashes[EncryptionAlgorithm];
      if (key.usage !== "ENCRYPT_DECRYPT" || !oaepHash) {
        throw new KmsError("InvalidKeyUsageException", `${key.arn} cannot be used for ${EncryptionAlgorithm}`);
      }
      if (CiphertextBlob === "") throw new KmsError("ValidationException", "Value at 'ciphertextBlob' is too short");
      const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
      try {
        const plaintext = privateDecrypt({ key: key.privateKey, ...padding }, Buffer.from(CiphertextBlob, "base64"));
        return { KeyId: key.arn, Plaintext: plaintext.toString("base64"), EncryptionAlgorithm };
      } catch {
        throw new KmsError("InvalidCiphertextException", "");
      }
    },
  };

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(body));
    };
    try {
      const [, operation = ""] = String(request.headers["x-amz-target"]).split("TrentService.");
      const input = JSON.parse(await text(request)) as Input;
      server.calls.push({ operation, input });
      if (server.failing) throw new KmsError("KMSInternalException", "", 500);
      const run = operations[operation];
      if (!run) throw new KmsError("UnknownOperationException", "");
      answer(200, await run(input));
    } catch (error) {
      if (!(error instanceof KmsError)) throw error;
      answer(error.status, { __type: error.type, message: error.message });
    }
  }

  const server: KmsServer = { ...(await listenOnLoopback(respond)), calls: [], failing: false };
  return server;
}

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { createApiKey } from "../functions/domain/tenants/api-keys.ts";
import { explainFileError } from "./explain-file-error.ts";

const accessKey = z.object({ id: z.string(), secret: z.string() });
const schema = z.object({
  sealingPublicKey: z.string(),
  sealingPrivateKey: z.string(),
  fingerprintKeys: z.object({ current: z.string(), keys: z.record(z.string(), z.string()) }),
  apiKey: z.string(),
  webhookSecret: z.string(),
  simulators: z.object({ alibaba: accessKey, tencent: accessKey }),
});

/** What the local stack keeps secret. Made once, and kept beside the table, readable by its owner only. */
export type LocalSecrets = z.infer<typeof schema>;

/** The secrets in this folder, which exists, made at the first start. Throws a sentence when they cannot be used. */
export function loadSecrets(dataDir: string): LocalSecrets {
  const file = join(dataDir, "secrets.json");
  const kept = read(file);
  if (kept !== undefined) return parse(kept, file, dataDir);
  const made = makeSecrets();
  write(file, made);
  return made;
}

/** Makes another API key and keeps it in place of the one in this folder; answers it. */
export function replaceApiKey(dataDir: string, secrets: LocalSecrets): string {
  const apiKey = createApiKey();
  write(join(dataDir, "secrets.json"), { ...secrets, apiKey });
  return apiKey;
}

function write(file: string, secrets: LocalSecrets): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(secrets, undefined, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw explainFileError(error, file);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw explainFileError(error, file);
  }
}

/** The rest of the folder is sealed with these: without them there is nothing to go on with. */
function parse(text: string, file: string, dataDir: string): LocalSecrets {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} is damaged, or of another version; remove the folder ${dataDir} to start afresh`);
  }
}

function makeSecrets(): LocalSecrets {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 3072,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return {
    sealingPublicKey: publicKey,
    sealingPrivateKey: privateKey,
    fingerprintKeys: { current: "local-1", keys: { "local-1": randomBytes(32).toString("base64") } },
    apiKey: createApiKey(),
    webhookSecret: `whsec_${randomBytes(32).toString("base64")}`,
    simulators: {
      alibaba: { id: "LTAI-local", secret: randomBytes(24).toString("base64url") },
      tencent: { id: "AKID-local", secret: randomBytes(24).toString("base64url") },
    },
  };
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createSecretsReader } from "../functions/aws/credentials.ts";
import { createCredentialsReader, type ReadCredentials } from "../functions/domain/provider/credentials.ts";

/** What is named so stays unreadable until a person does something about it. */
const definite = new Set(["ENOENT", "ENOTDIR", "EISDIR", "EACCES", "EPERM"]);

/** Reads `credentials/<vendor>/<reference>.json` in the data folder, or the Secrets Manager at this URL. */
export function createLocalReader({ dataDir, url }: { dataDir: string; url: string | undefined }): ReadCredentials {
  if (url) return createSecretsReader({ prefix: "vpn-broker/local/credentials", endpoint: url });
  return createCredentialsReader({
    place: (path) => `credentials/${path}.json in DATA_DIR`,

    async load(path) {
      try {
        return await readFile(join(dataDir, "credentials", `${path}.json`), "utf8");
      } catch (error) {
        if (definite.has(String((error as NodeJS.ErrnoException).code))) return undefined;
        throw error;
      }
    },
  });
}

import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createCredentialsReader, type ReadCredentials } from "../domain/provider/credentials.ts";

/** Milliseconds. Two tries leave the API's function time for the vendor. */
const limits = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
};

/** Refusals that stay what they are until a person does something about the secret or the function's role. */
const definite = new Set([
  "AccessDeniedException",
  "DecryptionFailure",
  "InvalidParameterException",
  "InvalidRequestException",
  "ResourceNotFoundException",
]);

/** Reads from Secrets Manager, from the secret `<prefix>/<vendor>/<reference>`. */
export function createSecretsReader({ prefix, endpoint }: { prefix: string; endpoint?: string }): ReadCredentials {
  let client: SecretsManagerClient | undefined;
  return createCredentialsReader({
    place: (path) => `the secret ${prefix}/${path} of AWS Secrets Manager`,

    async load(path) {
      // On demand, so that a function in which nobody has a reference never loads the SDK.
      const { GetSecretValueCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
      client ??= new SecretsManagerClient({ ...limits, ...(endpoint ? { endpoint } : {}) });
      try {
        const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: `${prefix}/${path}` }));
        // A binary secret is there, but has no text.
        return SecretString ?? "";
      } catch (error) {
        if (error instanceof Error && definite.has(error.name)) return undefined;
        throw error;
      }
    },
  });
}

import * as z from "zod";
import { credentialsReferencePattern, type ProviderName } from "../values.ts";
import { capabilities } from "./capabilities.ts";
import { type ErrorClass, ProviderError } from "./provider-error.ts";

/** A key pair of a vendor's API; a temporary one has a security token. */
export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string;
}

/**
 * Reads the vendor credentials that a tenant names. Throws only `ProviderError`, without any value: of class `auth` when
 * a person has to store them first, `retry` when the store is out of reach.
 */
export type ReadCredentials = (provider: ProviderName, reference: string) => Promise<Credentials>;

/** Where credentials are kept, each at `<vendor>/<reference>`. */
export interface CredentialsStore {
  /** Where a person puts what belongs at this path. */
  place: (path: string) => string;
  /** The text there; undefined where there is none that may be read. Rejects when the store is out of reach. */
  load: (path: string) => Promise<string | undefined>;
}

export function createCredentialsReader({ place, load }: CredentialsStore): ReadCredentials {
  return async function readCredentials(provider, reference) {
    const fail = (meaning: ErrorClass, what: string, advice: string) =>
      new ProviderError({
        class: meaning,
        action: "ReadCredentials",
        beforehand: `the tenant's credentials for ${capabilities[provider].title} ${what}; it was not asked`,
        advice,
      });
    // Everything that becomes a path or a secret's name passes here.
    if (!credentialsReferencePattern.test(reference)) {
      const form = "1 to 63 lower-case letters, digits and hyphens, the first no hyphen";
      throw fail("auth", "have no reference that could be one", `Name them by a reference of ${form}.`);
    }
    const path = `${provider}/${reference}`;
    let text: string | undefined;
    try {
      text = await load(path);
    } catch {
      const advice = `Check the way to ${place(path)}: it could not be read just now.`;
      throw fail("retry", `("${reference}") are out of reach`, advice);
    }
    const credentials = text === undefined ? undefined : parseCredentials(text);
    if (credentials) return credentials;
    const what = text === undefined ? "cannot be read" : "are not in the form they should have";
    const form = '{"accessKeyId": "…", "accessKeySecret": "…"}, for a temporary key also "securityToken"';
    throw fail("auth", `("${reference}") ${what}`, `Store ${form}, in ${place(path)}, and let the broker read it.`);
  };
}

/** No spaces and no line ends, which are pasted with a key now and then. */
const value = z.string().regex(/^[\x21-\x7e]+$/);
const schema = z.strictObject({ accessKeyId: value, accessKeySecret: value, securityToken: value.exactOptional() });

function parseCredentials(text: string): Credentials | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

import { createHmac, randomInt } from "node:crypto";
import { DomainError } from "../errors.ts";
import type { CreateRequest } from "./create-request.ts";

const generatedAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
const generatedLength = 32;

/** A key nobody will guess (32 characters, 185 bits) and nobody will misread: no 0, O, 1, l or I. */
export function createPreSharedKey(): string {
  return Array.from({ length: generatedLength }, () => generatedAlphabet[randomInt(generatedAlphabet.length)]).join("");
}

/**
 * Keyed fingerprints, so that two keys can be compared without either being stored: a plain hash of a short key could
 * be guessed. Old HMAC keys stay in `keys` while a record names them.
 */
export interface FingerprintKeys {
  /** Id of the HMAC key that new fingerprints are made with. */
  current: string;
  /** HMAC keys by id. */
  keys: Readonly<Record<string, Uint8Array>>;
}

function fingerprint(keys: FingerprintKeys, keyId: string, id: string, preSharedKey: string): string {
  const key = keys.keys[keyId];
  // While a new key is rolled out, a process may meet a record of one that already has it.
  if (!key)
    throw new DomainError("unavailable", "the key that this request is compared by is not here yet; send it again");
  return `hmac:${keyId}:${createHmac("sha256", key).update(`${id}\0${preSharedKey}`).digest("hex")}`;
}

/** A create request in which a fingerprint (`hmac:<key id>:<hex>`) stands for each pre-shared key. */
export type StoredRequest = CreateRequest;

/** The request as it is stored and compared: without its token, and with fingerprints for its keys. */
export function toStoredRequest(
  keys: FingerprintKeys,
  id: string,
  request: CreateRequest,
  keyId = keys.current,
): StoredRequest {
  const { clientToken: _token, ...rest } = request;
  return {
    ...rest,
    tunnels: request.tunnels.map(({ preSharedKey, ...tunnel }) =>
      preSharedKey === undefined ? tunnel : { ...tunnel, preSharedKey: fingerprint(keys, keyId, id, preSharedKey) },
    ),
  };
}

/** The id of the HMAC key that a stored request's fingerprints were made with; undefined when it has none. */
export function fingerprintKeyOf(request: StoredRequest): string | undefined {
  return request.tunnels.find((tunnel) => tunnel.preSharedKey !== undefined)?.preSharedKey?.split(":")[1];
}

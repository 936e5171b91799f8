import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { VendorProblem } from "../rules.ts";
import type { AccessKey } from "../simulator.ts";
import { decodePairs, type WireRequest } from "../wire-request.ts";
import type { Parameters } from "./parameters.ts";

const maxSkew = 15 * 60_000;
const acs3Form = /^ACS3-HMAC-SHA256 Credential=([^,]*), ?SignedHeaders=([^,]*), ?Signature=([0-9a-f]{64})$/;
/** Headers that decide what is done: a signature that leaves one of them out is worth nothing. */
const mustBeSigned = ["host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-version"];

/**
 * Refuses requests that are not the account's, in the current scheme (ACS3-HMAC-SHA256 in the
 * Authorization header) or the classic RPC one (`Signature` parameter), which Terraform uses.
 */
export class SignatureCheck {
  readonly #accessKey: AccessKey;
  readonly #now: () => number;
  readonly #nonces = new Map<string, number>();

  constructor(accessKey: AccessKey, now: () => number) {
    this.#accessKey = accessKey;
    this.#now = now;
  }

  /** Throws the documented problem of a request that is not to be trusted. */
  verify(request: WireRequest, parameters: Parameters): void {
    const authorization = request.headers.get("authorization");
    const now = this.#now();
    if (authorization !== null) {
      verifyAcs3(request, authorization, this.#accessKey, now);
    } else if (parameters["Signature"] !== undefined) {
      verifyRpc(request, parameters, this.#accessKey, now);
    } else {
      throw new VendorProblem({ code: "IncompleteSignature" });
    }
    const nonce = request.headers.get("x-acs-signature-nonce") ?? parameters["SignatureNonce"];
    this.#useNonce(nonce ?? "", now);
  }

  /** A request that comes twice, byte for byte, was repeated by something that cannot sign. */
  #useNonce(nonce: string, now: number): void {
    for (const [old, usedAt] of this.#nonces) {
      if (usedAt > now - 2 * maxSkew) break;
      this.#nonces.delete(old);
    }
    if (this.#nonces.has(nonce)) throw new VendorProblem({ code: "SignatureNonceUsed" });
    if (nonce !== "") this.#nonces.set(nonce, now);
  }
}

/** Source: "Request structure and signature, V3" of the OpenAPI documentation, as the Node SDK does it. */
function verifyAcs3(request: WireRequest, authorization: string, accessKey: AccessKey, now: number): void {
  const [, keyId, signedHeaderList = "", signature = ""] = acs3Form.exec(authorization) ?? [];
  if (keyId === undefined) throw new VendorProblem({ code: "IncompleteSignature" });
  requireKnownKey(keyId, accessKey);
  requireFresh(request.headers.get("x-acs-date"), now);

  const signedHeaders = signedHeaderList.split(";");
  if (mustBeSigned.some((name) => !signedHeaders.includes(name))) {
    throw new VendorProblem({ code: "IncompleteSignature" });
  }
  const hashedBody = sha256(request.body);
  if (request.headers.get("x-acs-content-sha256") !== hashedBody) refuse();
  const headerLines = signedHeaders.map((name) => `${name}:${(request.headers.get(name) ?? "").trim()}\n`);
  const canonicalRequest = [
    request.method,
    request.path,
    canonicalPairs(decodePairs(request.query)),
    headerLines.join(""),
    signedHeaderList,
    hashedBody,
  ].join("\n");
  const toSign = `ACS3-HMAC-SHA256\n${sha256(canonicalRequest)}`;
  const expected = createHmac("sha256", accessKey.secret).update(toSign).digest("hex");
  if (!equal(expected, signature)) refuse();
}

/** Source: "Request structure and signature, V2": the secret's suffix `&` is part of the key. */
function verifyRpc(request: WireRequest, parameters: Parameters, accessKey: AccessKey, now: number): void {
  requireKnownKey(parameters["AccessKeyId"] ?? "", accessKey);
  requireFresh(parameters["Timestamp"] ?? null, now);
  const hash = { "HMAC-SHA1": "sha1", "HMAC-SHA256": "sha256" }[parameters["SignatureMethod"] ?? ""];
  if (hash === undefined) throw new VendorProblem({ code: "IncompleteSignature" });
  const signed = Object.entries(parameters).filter(([name]) => name !== "Signature");
  const toSign = `${request.method}&%2F&${encode(canonicalPairs(signed))}`;
  const expected = createHmac(hash, `${accessKey.secret}&`).update(toSign).digest("base64");
  if (!equal(expected, parameters["Signature"] ?? "")) refuse();
}

/** The answer never repeats what was to be signed, as the real one does: it can hold a key. */
function refuse(): never {
  throw new VendorProblem({ code: "SignatureDoesNotMatch" });
}

function requireKnownKey(keyId: string, accessKey: AccessKey): void {
  if (keyId !== accessKey.id) throw new VendorProblem({ code: "InvalidAccessKeyId.NotFound" });
}

function requireFresh(date: string | null, now: number): void {
  const skew = Math.abs(now - Date.parse(date ?? ""));
  if (!(skew <= maxSkew)) throw new VendorProblem({ code: "InvalidTimeStamp.Expired" });
}

function canonicalPairs(pairs: readonly (readonly [string, string])[]): string {
  return pairs
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
}

/** Percent-encoding of everything but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

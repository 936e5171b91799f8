import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createPreSharedKey,
  fingerprintKeyOf,
  type FingerprintKeys,
  toStoredRequest,
} from "../../../../functions/domain/request/pre-shared-keys.ts";
import { edit } from "../../../generators/json-edit.ts";
import { validAlibabaRequest, validDualTunnelRequest, validPairsRequest } from "../../../support/create-requests.ts";
import { flawsOf } from "../../../support/flaws.ts";
import { refusalOf } from "../../../support/refusal.ts";

const id = "a".repeat(26);
const before: FingerprintKeys = { current: "old", keys: { old: Buffer.from("old hmac key") } };
const after: FingerprintKeys = { current: "new", keys: { ...before.keys, new: Buffer.from("new hmac key") } };

function store(preSharedKey: string, options: { keys?: FingerprintKeys; forId?: string; keyId?: string } = {}) {
  const { keys = before, forId = id, keyId = keys.current } = options;
  const request = validAlibabaRequest();
  const tunnels = request.tunnels.map((tunnel) => ({ ...tunnel, preSharedKey }));
  return toStoredRequest(keys, forId, { ...request, tunnels }, keyId);
}
const fingerprintOf = (...given: Parameters<typeof store>) => store(...given).tunnels[0]?.preSharedKey;

describe("createPreSharedKey", () => {
  it("makes keys that the request itself accepts, 32 characters, none of them easily misread", () => {
    const keys = Array.from({ length: 200 }, createPreSharedKey);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[A-HJ-NP-Za-km-z2-9]{32}$/);
    expect(flawsOf(edit(validAlibabaRequest(), { "/tunnels/0/preSharedKey": keys[0] }))).toEqual([]);
  });
});

describe("toStoredRequest", () => {
  it("keeps everything but the token and the keys", () => {
    const { clientToken: _token, ...rest } = validAlibabaRequest();
    const [tunnel] = rest.tunnels;
    const stored = toStoredRequest(before, id, validAlibabaRequest());
    expect(stored).toEqual({
      ...rest,
      tunnels: [{ ...tunnel, preSharedKey: expect.stringMatching(/^hmac:old:[0-9a-f]{64}$/) }],
    });
  });

  it("leaves a key absent that was not given", () => {
    const [first, second] = toStoredRequest(before, id, validDualTunnelRequest()).tunnels;
    expect(first).toHaveProperty("preSharedKey");
    expect(second).not.toHaveProperty("preSharedKey");
  });

  it("has the same fingerprint for the same key only, and only within one request", () => {
    const key = fc.string({ minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(fingerprintOf(a) === fingerprintOf(b)).toBe(a === b);
        expect(fingerprintOf(a)).not.toBe(fingerprintOf(a, { forId: "b".repeat(26) }));
        expect(fingerprintOf(a)).not.toBe(fingerprintOf(a, { keys: after }));
      }),
    );
  });

  it("holds no key", () => {
    const key = fc.string({ minLength: 6, maxLength: 100, unit: fc.constantFrom("G", "H", "K", "x", "y") });
    fc.assert(fc.property(key, (secret) => !JSON.stringify(store(secret)).includes(secret)));
  });
});

describe("a rotation of the HMAC key", () => {
  it("leaves old fingerprints comparable", () => {
    const stored = store("secret-key");
    const keyId = fingerprintKeyOf(stored);
    expect(keyId).toBe("old");
    expect(store("secret-key", { keys: after, keyId: keyId ?? "" })).toEqual(stored);
    expect(store("another-key", { keys: after, keyId: keyId ?? "" })).not.toEqual(stored);
  });

  it("makes new fingerprints with the new key", () => {
    expect(fingerprintKeyOf(store("secret-key", { keys: after }))).toBe("new");
  });

  it("is noticed where a key that a record names is not, without telling anything else", async () => {
    const gone: FingerprintKeys = { current: "new", keys: { new: Buffer.from("new hmac key") } };
    const refusal = await refusalOf(() => store("secret-key", { keys: gone, keyId: "old" }));
    expect(refusal).toMatchObject({
      code: "unavailable",
      message: "the key that this request is compared by is not here yet; send it again",
      errors: [],
    });
  });

  it("does not concern a request without keys", () => {
    expect(fingerprintKeyOf(validPairsRequest())).toBeUndefined();
  });

  it("is known by the first key there is", () => {
    const [first, second] = validDualTunnelRequest().tunnels;
    const request = { ...validDualTunnelRequest(), tunnels: [second, { ...first, preSharedKey: "x" }] } as never;
    expect(fingerprintKeyOf(toStoredRequest(after, id, request))).toBe("new");
  });
});

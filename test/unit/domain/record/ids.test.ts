import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createClientToken,
  findOperationId,
  isConnectionId,
  toConnectionId,
  toDeliveryId,
  toExecutionName,
  toOperationId,
  toProviderConnectionName,
} from "../../../../functions/domain/record/ids.ts";

/** Base32 by way of one big number: another road to the same text. */
function base32(bytes: Uint8Array, length: number): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  const bits = BigInt(`0x${Buffer.from(bytes).toString("hex")}`) >> BigInt(bytes.length * 8 - length * 5);
  return Array.from({ length }, (_, index) => alphabet[Number((bits >> BigInt((length - 1 - index) * 5)) & 31n)]).join(
    "",
  );
}

const text = fc.string({ minLength: 1, maxLength: 64 });

describe("toConnectionId", () => {
  it("is the first 130 bits of SHA-256 over tenant, NUL and token, in base32", () => {
    fc.assert(
      fc.property(text, text, (tenant, token) => {
        const digest = createHash("sha256").update(tenant).update(Buffer.of(0)).update(token).digest();
        const id = toConnectionId(tenant, token);
        expect(id).toBe(base32(digest, 26));
        expect(id).toMatch(/^[a-z2-7]{26}$/);
        expect(isConnectionId(id)).toBe(true);
      }),
    );
  });

  it("is what it has always been", () => {
    expect(toConnectionId("t", "tok")).toBe("jx4xztp5w56g5ifdj7ufyf6o5g");
  });

  it("belongs to one tenant and one token", () => {
    const ids = [
      toConnectionId("a", "b"),
      toConnectionId("b", "a"),
      toConnectionId("ab", ""),
      toConnectionId("", "ab"),
      toConnectionId("a", "c"),
      toConnectionId("c", "b"),
      toConnectionId("a", "B"),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("isConnectionId", () => {
  const id = toConnectionId("a", "b");
  it.each(["", id.slice(1), `${id}a`, id.toUpperCase(), `${id}\n`, `${id.slice(1)}1`, `${id.slice(1)}=`])(
    "is not %j",
    (other) => {
      expect(isConnectionId(other)).toBe(false);
    },
  );
});

describe("the name at the vendor", () => {
  it("ends in the first 12 characters of the id and has at most 60", () => {
    const id = toConnectionId("a", "b");
    expect(toProviderConnectionName("hq", id)).toBe(`hq-${id.slice(0, 12)}`);
    expect(toProviderConnectionName("n".repeat(47), id)).toHaveLength(60);
  });
});

describe("createClientToken", () => {
  it("makes tokens that a caller could have sent, each another one", () => {
    const tokens = Array.from({ length: 100 }, createClientToken);
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(token).toMatch(/^[\x21-\x7e]{1,64}$/);
  });
});

describe("the names of a run", () => {
  const id = toConnectionId("a", "b");

  it("are its webhook's, by request and run, and the same at every attempt", () => {
    expect(toDeliveryId({ id, generation: 2 })).toBe(`msg_${id}_2`);
  });

  it.each([
    [undefined, "-2"],
    [0, "-2"],
    [1, "-2-1"],
    [12, "-2-12"],
  ])("are its execution's, another one each time it is started anew: %s", (restarts, ending) => {
    const run = { id, generation: 2, ...(restarts === undefined ? {} : { restarts }) };
    expect(toExecutionName(run)).toBe(`${id}${ending}`);
    // Step Functions' own bound.
    expect(toExecutionName({ id, generation: 1e9, restarts: 1e9 }).length).toBeLessThanOrEqual(80);
  });
});

describe("findOperationId", () => {
  const id = toConnectionId("a", "b");
  const operationId = toOperationId(id);
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 47 });
  const changes: ((text: string) => string)[] = [
    (text) => text,
    (text) => text.trim(),
    (text) => ` ${text}\t`,
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    ...(["NFC", "NFD", "NFKC", "NFKD"] as const).map((form) => (text: string) => text.normalize(form)),
    (text) => text.replaceAll(/\s+/g, " "),
  ];

  it("is at the end of every name that the broker gives, whatever a vendor does to the rest", () => {
    fc.assert(
      fc.property(name, fc.subarray(changes), fc.nat(60), (text, some, cut) => {
        const kept = some.reduce((form, change) => change(form), toProviderConnectionName(text, id)).trimEnd();
        expect(findOperationId(kept)).toBe(operationId);
        expect(findOperationId(kept.slice(Math.min(cut, kept.length - 12)))).toBe(operationId);
      }),
    );
  });

  it.each([
    "",
    "office",
    `x${operationId}`,
    `office-${operationId}a`,
    `office-${operationId}-`,
    `${operationId}-office`,
    `office-${id}`,
    `office-${operationId.slice(1)}`,
    `office-1${operationId.slice(1)}`,
  ])("is not in %j", (text) => {
    expect(findOperationId(text)).toBeUndefined();
  });

  it("is the last one, where the request's own name ends like one", () => {
    const other = toOperationId(toConnectionId("c", "d"));
    expect(findOperationId(toProviderConnectionName(`office-${other}`, id))).toBe(operationId);
  });
});

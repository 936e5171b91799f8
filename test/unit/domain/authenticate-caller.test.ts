import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { authenticateCaller, hashApiKey, rememberCallers } from "../../../functions/domain/authenticate-caller.ts";
import type { Caller, CallerDirectory } from "../../../functions/domain/ports.ts";
import { createFakeClock } from "../../support/fake-clock.ts";

const caller: Caller = { tenant: "acme", scopes: ["connections:read"] };

/** A directory that counts how often it is asked and answers as it is told. */
function createDirectory(answer: () => Promise<Caller | undefined> = async () => caller) {
  const asked: string[] = [];
  const directory: CallerDirectory = {
    findByKeyHash(hash) {
      asked.push(hash);
      return answer();
    },
  };
  return { directory, asked };
}

describe("hashApiKey", () => {
  it("is the SHA-256 of the key in hex", () => {
    expect(hashApiKey("vpb_key")).toBe(createHash("sha256").update("vpb_key").digest("hex"));
  });
});

describe("authenticateCaller", () => {
  it.each(["Bearer vpb_key", "bearer vpb_key", "BEARER  vpb_key"])(
    "finds the caller of '%s' by the key's hash",
    async (header) => {
      const { directory, asked } = createDirectory();
      expect(await authenticateCaller({ callers: directory }, header)).toEqual(caller);
      expect(asked).toEqual([hashApiKey("vpb_key")]);
    },
  );

  it.each([
    undefined,
    "",
    "vpb_key",
    "Bearer",
    "Bearer ",
    "Basic dXNlcjpwYXNz",
    "Bearer a b",
    "Bearer k\u00fc",
    `Bearer ${"k".repeat(201)}`,
  ])("refuses %j without asking anybody", async (header) => {
    const { directory, asked } = createDirectory();
    await expect(authenticateCaller({ callers: directory }, header)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(asked).toEqual([]);
  });

  it("refuses a key that nobody has, without repeating it", async () => {
    const { directory } = createDirectory(async () => undefined);
    const error: unknown = await authenticateCaller({ callers: directory }, "Bearer MARKER").catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: "unauthenticated" });
    expect(String(error)).not.toContain("MARKER");
  });
});

describe("rememberCallers", () => {
  it("asks once a minute for a caller it knows", async () => {
    const clock = createFakeClock();
    const { directory, asked } = createDirectory();
    const remembering = rememberCallers(directory, clock);
    for (let count = 0; count < 3; count += 1) expect(await remembering.findByKeyHash("hash")).toEqual(caller);
    clock.advance(59_999);
    expect(await remembering.findByKeyHash("hash")).toEqual(caller);
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(await remembering.findByKeyHash("hash")).toEqual(caller);
    expect(asked).toHaveLength(2);
  });

  it("asks once for many at the same time", async () => {
    const { directory, asked } = createDirectory();
    const remembering = rememberCallers(directory, createFakeClock());
    const found = await Promise.all(Array.from({ length: 20 }, () => remembering.findByKeyHash("hash")));
    expect(found).toEqual(Array.from({ length: 20 }, () => caller));
    expect(asked).toHaveLength(1);
  });

  it("keeps callers apart", async () => {
    const { directory, asked } = createDirectory();
    const remembering = rememberCallers(directory, createFakeClock());
    await remembering.findByKeyHash("one");
    await remembering.findByKeyHash("two");
    expect(asked).toEqual(["one", "two"]);
  });

  it("does not remember strangers: a key made just now works at once", async () => {
    let known = false;
    const { directory } = createDirectory(async () => (known ? caller : undefined));
    const remembering = rememberCallers(directory, createFakeClock());
    expect(await remembering.findByKeyHash("hash")).toBeUndefined();
    known = true;
    expect(await remembering.findByKeyHash("hash")).toEqual(caller);
  });

  it("does not remember a failure", async () => {
    let broken = true;
    const { directory } = createDirectory(async () => {
      if (broken) throw new Error("no directory");
      return caller;
    });
    const remembering = rememberCallers(directory, createFakeClock());
    await expect(remembering.findByKeyHash("hash")).rejects.toThrow("no directory");
    broken = false;
    expect(await remembering.findByKeyHash("hash")).toEqual(caller);
  });

  it("forgets rather than grow without bound", async () => {
    const { directory, asked } = createDirectory();
    const remembering = rememberCallers(directory, createFakeClock());
    for (let index = 0; index <= 1000; index += 1) await remembering.findByKeyHash(`hash-${index}`);
    await remembering.findByKeyHash("hash-0");
    expect(asked.filter((hash) => hash === "hash-0")).toHaveLength(2);
  });
});

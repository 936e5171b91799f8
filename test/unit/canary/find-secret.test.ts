import { describe, expect, it } from "vitest";
import { encodings } from "../../canary/encodings.ts";
import { findSecret } from "../../canary/find-secret.ts";

/** Something of everything that an encoding could trip over, and what looks encoded itself. */
const secret = `Canary~!\`@#$%^&*()_-+={}[]|;:',.<>/? "quoted" back\\slash %41 &lt; \\u0041 7f3a9c`;
const surround = (bytes: Buffer) => Buffer.concat([Buffer.from("before %zz \\ & "), bytes, Buffer.from(" after")]);
const found = (bytes: Uint8Array, text = secret) => findSecret(text, bytes).map(({ encoding }) => encoding);

describe("a secret", () => {
  it.each([
    ["raw", ["raw"]],
    ["base64, first alignment", ["base64"]],
    ["base64, second alignment", ["base64"]],
    ["base64, third alignment", ["base64"]],
    ["base64url, first alignment", ["base64url"]],
    ["base64url, second alignment", ["base64url"]],
    ["base64url, third alignment", ["base64url"]],
    ["hex, lower case", ["hex"]],
    ["hex, upper case", ["hex"]],
    ["URL component", ["URL"]],
    ["URL component, twice", ["URL"]],
    ["form", ["form"]],
    ["every byte percent-encoded", ["URL"]],
    ["every byte percent-encoded, upper case", ["URL"]],
    ["JSON string", ["JSON"]],
    ["JSON string, twice", ["JSON"]],
    ["JSON string with escaped slashes", ["JSON"]],
    ["JSON string safe in HTML", ["JSON"]],
    ["every character a \\u escape", ["JSON"]],
    ["every character a \\u escape, twice", ["JSON"]],
    ["HTML, named", ["HTML"]],
    ["HTML, every character a number", ["HTML"]],
    ["HTML, every character a hex number", ["HTML"]],
    ["UTF-16, little endian", ["UTF-16"]],
    ["UTF-16, big endian", ["UTF-16"]],
    ["JSON in a form", ["fragment"]],
    ["twelve characters of it", ["fragment"]],
  ])("is found in this form: %s", (name, expected) => {
    const bytes = surround(encodings[name]?.(secret) ?? Buffer.alloc(0));
    expect(found(bytes)).toEqual(expect.arrayContaining(expected));
  });

  it("has a test for each form", () => {
    expect(Object.keys(encodings)).toHaveLength(27);
  });

  it("is found in one encoding inside another", () => {
    const plain = "Canary~!#%&+/<>'7f3a9c";
    const escaped = encodings["every character a \\u escape"]?.(plain).toString() ?? "";
    expect(found(Buffer.from(encodeURIComponent(escaped)), plain)).toEqual(["nested"]);
    const base64 = Buffer.from(`${plain}>>>???`).toString("base64");
    expect(found(Buffer.from(encodeURIComponent(base64)), plain)).toEqual(["base64"]);
  });

  it("is told once for each form, with what stands before it", () => {
    const bytes = Buffer.from(`{"psk":"${encodings["hex, lower case"]?.("Canary-7f3a9c").toString()}"} Canary-7f3a9c`);
    expect(findSecret("Canary-7f3a9c", bytes)).toEqual([
      { secret: "Canary-7f3a9c", encoding: "raw", before: expect.stringMatching(/"} $/) as string },
      { secret: "Canary-7f3a9c", encoding: "hex", before: '{"psk":"' },
    ]);
  });

  it("is found cut off beside its whole self, and across no gap", () => {
    expect(found(Buffer.from("Canary-7f3a9c Canary-7f3a9"), "Canary-7f3a9c")).toEqual(["raw", "fragment"]);
    expect(found(Buffer.from("Canary-7f3a"), "Canary-7f3a9c")).toEqual([]);
    expect(found(Buffer.from("Canary-7f3|a9c"), "Canary-7f3a9c")).toEqual([]);
  });

  it("is found wherever it begins, and at both ends of the bytes", () => {
    for (let start = 0; start < 9; start += 1) {
      for (const encode of Object.values(encodings)) {
        const bytes = encode("Canary-7f3a9c-and-more");
        expect(found(Buffer.concat([Buffer.from("-".repeat(start)), bytes]), "Canary-7f3a9c-and-more")).not.toEqual([]);
      }
    }
  });

  it("is not found where it is not", () => {
    const other = secret.split("").toReversed().join("");
    for (const encode of Object.values(encodings)) expect(found(surround(encode(other)))).toEqual([]);
    expect(found(Buffer.alloc(0))).toEqual([]);
  });
});

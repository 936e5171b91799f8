import { type Arbitrary, constantFrom, integer, oneof, tuple, uint8Array } from "fast-check";

/** The API's own limit. */
export const maxBytes = 65_536;

const whole = ["", " ", "null", "0", '"a"', "[]", "{}", "{}{}", "true", "\u0000"];
/** As large as a body may be, and one byte more. */
const large = [`${" ".repeat(maxBytes - 2)}{}`, `${" ".repeat(maxBytes - 1)}{}`];

/** Bytes that are no document, or one in another encoding, cut off, or followed by something. */
export function rawBody(valid: Arbitrary<object>): Arbitrary<string | Uint8Array> {
  const text = valid.map((value) => JSON.stringify(value));
  return oneof(
    uint8Array({ maxLength: 300 }),
    constantFrom(...whole),
    constantFrom(...large),
    text.map((document) => `\uFEFF${document}`),
    text.map((document) => new Uint8Array(Buffer.from(document, "utf16le"))),
    tuple(text, integer({ min: 1, max: 20 })).map(([document, cut]) => document.slice(0, -cut)),
    tuple(text, uint8Array({ minLength: 1, maxLength: 3 })).map(
      ([document, bytes]) => new Uint8Array(Buffer.concat([Buffer.from(document), bytes])),
    ),
  );
}

const each = (text: string, write: (character: string) => string) => [...text].map(write).join("");
const hexOf = (character: string) => character.charCodeAt(0).toString(16).padStart(2, "0");
const toBase64 = (text: string, encoding: "base64" | "base64url", before: number, after: number) =>
  Buffer.from(`${"<".repeat(before)}${text}${">".repeat(after)}`).toString(encoding);
const everyPercent = (text: string) => each(text, (character) => `%${hexOf(character)}`);
const everyUnicode = (text: string) => each(text, (character) => String.raw`\u00${hexOf(character)}`);
const htmlEntities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Ways to write a text that software in between could have used; each answers bytes. */
export const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
  raw: (text) => Buffer.from(text),
  "base64, first alignment": (text) => Buffer.from(toBase64(text, "base64", 0, 2)),
  "base64, second alignment": (text) => Buffer.from(toBase64(text, "base64", 1, 0)),
  "base64, third alignment": (text) => Buffer.from(toBase64(text, "base64", 2, 1)),
  "base64url, first alignment": (text) => Buffer.from(toBase64(text, "base64url", 0, 0)),
  "base64url, second alignment": (text) => Buffer.from(toBase64(text, "base64url", 1, 1)),
  "base64url, third alignment": (text) => Buffer.from(toBase64(text, "base64url", 2, 2)),
  "hex, lower case": (text) => Buffer.from(Buffer.from(text).toString("hex")),
  "hex, upper case": (text) => Buffer.from(Buffer.from(text).toString("hex").toUpperCase()),
  "URL component": (text) => Buffer.from(encodeURIComponent(text)),
  "URL component, twice": (text) => Buffer.from(encodeURIComponent(encodeURIComponent(text))),
  form: (text) => Buffer.from(new URLSearchParams({ key: text }).toString()),
  "every byte percent-encoded": (text) => Buffer.from(everyPercent(text)),
  "every byte percent-encoded, upper case": (text) => Buffer.from(everyPercent(text).toUpperCase()),
  "JSON string": (text) => Buffer.from(JSON.stringify(text)),
  "JSON string, twice": (text) => Buffer.from(JSON.stringify(JSON.stringify(text))),
  "JSON string with escaped slashes": (text) => Buffer.from(JSON.stringify(text).replaceAll("/", String.raw`\/`)),
  "JSON string safe in HTML": (text) =>
    Buffer.from(JSON.stringify(text).replaceAll(/[<>&']/g, (character) => String.raw`\u00${hexOf(character)}`)),
  "every character a \\u escape": (text) => Buffer.from(everyUnicode(text)),
  "every character a \\u escape, twice": (text) => Buffer.from(JSON.stringify(everyUnicode(text))),
  "HTML, named": (text) => Buffer.from(text.replaceAll(/[&<>"]/g, (character) => htmlEntities[character] ?? "")),
  "HTML, every character a number": (text) => Buffer.from(each(text, (character) => `&#${character.charCodeAt(0)};`)),
  "HTML, every character a hex number": (text) => Buffer.from(each(text, (character) => `&#x${hexOf(character)};`)),
  "UTF-16, little endian": (text) => Buffer.from(text, "utf16le"),
  "UTF-16, big endian": (text) => Buffer.from(text, "utf16le").swap16(),
  "JSON in a form": (text) => Buffer.from(new URLSearchParams({ config: JSON.stringify({ key: text }) }).toString()),
  "twelve characters of it": (text) => Buffer.from(text.slice(9, 21)),
};

/** Those whose bytes may stand in JSON and headers too. */
export const isText = (bytes: Uint8Array) => !bytes.includes(0);

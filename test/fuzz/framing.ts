/** A body on the wire, and the headers that tell where it ends. */
interface Framed {
  headers: string[];
  bytes: Buffer;
}

const length = (value: number | string) => `Content-Length: ${value}`;
const chunked = "Transfer-Encoding: chunked";
const oddLengths = ["-1", "+5", "1e1", "0x10", "ten", "", "18446744073709551616", "5, 6", `5\r\n${length(7)}`];

const framings = {
  honest: (content) => ({ headers: [length(content.length)], bytes: content }),
  chunked: (content) => ({ headers: [chunked], bytes: inChunks(content) }),
  /** Promises more than comes. */
  long: (content) => ({ headers: [length(content.length + 7)], bytes: content }),
  /** The rest looks like the next request. */
  short: (content) => ({ headers: [length(content.length >> 1)], bytes: content }),
  none: (content) => ({ headers: [], bytes: content }),
  odd: (content) => ({ headers: [length(oddLengths[content.length % oddLengths.length] ?? "")], bytes: content }),
  both: (content) => ({ headers: [length(content.length), chunked], bytes: inChunks(content) }),
  /** Ends within a chunk. */
  broken: (content) => ({ headers: [chunked], bytes: inChunks(content).subarray(0, -3) }),
} satisfies Record<string, (content: Buffer) => Framed>;

export type Framing = keyof typeof framings;

export const dishonest: readonly Framing[] = ["long", "short", "none", "odd", "both", "broken"];

export function frame(framing: Framing, content: Buffer): Framed {
  return framings[framing](content);
}

/** In two chunks, so that there is a border somewhere. */
function inChunks(content: Buffer): Buffer {
  const middle = content.length >> 1;
  const parts = [content.subarray(0, middle), content.subarray(middle)].filter((part) => part.length > 0);
  const chunks = parts.flatMap((part) => [`${part.length.toString(16)}\r\n`, part, "\r\n"]);
  return Buffer.concat([...chunks, "0\r\n\r\n"].map((part) => Buffer.from(part)));
}

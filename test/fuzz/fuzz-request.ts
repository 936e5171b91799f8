import { dishonest, frame, type Framing } from "./framing.ts";

/** A request to send. Its texts hold places to be filled in, such as `{id:7}`: see `places.ts`. */
export interface FuzzRequest {
  method: string;
  /** What stands in the request line between the method and the version. */
  target: string;
  headers: (readonly [name: string, value: string])[];
  /** A text is sent as UTF-8. */
  body: string | Uint8Array | undefined;
  framing: Framing;
  /** Whether the very same follows once more. */
  twice: boolean;
}

/** Whether the body says wrongly where it ends: nothing can follow on the same connection. */
export function isDishonest({ body, framing }: FuzzRequest): boolean {
  return body !== undefined && dishonest.includes(framing);
}

/** The request on the wire. */
export function toBytes(request: FuzzRequest, host: string, fillIn: (text: string) => string): Buffer {
  const { method, target, headers, body, framing } = request;
  const lines = [`${method} ${fillIn(target)} HTTP/1.1`, `Host: ${host}`];
  for (const [name, value] of headers) lines.push(`${name}: ${fillIn(value)}`);
  const content = typeof body === "string" ? Buffer.from(fillIn(body)) : Buffer.from(body ?? []);
  const framed = body === undefined ? { headers: [], bytes: content } : frame(framing, content);
  return Buffer.concat([Buffer.from(`${[...lines, ...framed.headers].join("\r\n")}\r\n\r\n`, "latin1"), framed.bytes]);
}

/** An HTTP answer as it came over the wire. */
export interface WireAnswer {
  status: number;
  /** By lower-case name; the last one of a name counts. */
  headers: ReadonlyMap<string, string>;
  body: string;
}

/** The first answer that is whole, interim ones aside; undefined while there is none. `ended`: nothing follows. */
export function parseAnswer(received: Buffer, toHead: boolean, ended: boolean): WireAnswer | undefined {
  const border = received.indexOf("\r\n\r\n");
  if (border < 0) return undefined;
  const [first = "", ...lines] = received.toString("latin1", 0, border).split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]);
  const rest = received.subarray(border + 4);
  if (status < 200) return parseAnswer(rest, toHead, ended);
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const body = toHead || status === 204 || status === 304 ? Buffer.alloc(0) : bodyOf(rest, headers, ended);
  return body && { status, headers, body: body.toString() };
}

function bodyOf(rest: Buffer, headers: ReadonlyMap<string, string>, ended: boolean): Buffer | undefined {
  if (headers.get("transfer-encoding") === "chunked") return joinChunks(rest);
  const length = headers.get("content-length");
  if (length === undefined) return ended ? rest : undefined;
  return rest.length < Number(length) ? undefined : rest.subarray(0, Number(length));
}

function joinChunks(rest: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const line = rest.indexOf("\r\n", at);
    if (line < 0) return undefined;
    const length = Number.parseInt(rest.toString("latin1", at, line), 16);
    const next = line + 2 + length + 2;
    if (rest.length < next) return undefined;
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(rest.subarray(line + 2, next - 2));
    at = next;
  }
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSender } from "../../../functions/webhooks/send.ts";

interface Received {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingMessage["headers"];
  body: string;
}

const headers = { "content-type": "application/json", "webhook-id": "msg_1" };
const body = JSON.stringify({ type: "vpn_connection.succeeded", name: "Zürich" });
const received: Received[] = [];
let connections = 0;
let answer: (response: ServerResponse) => void;
let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url, headers: got } = request;
      received.push({ method, path: url, headers: got, body: Buffer.concat(chunks).toString() });
      answer(response);
    });
  });
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  received.length = 0;
  connections = 0;
  answer = (response) => response.writeHead(200).end();
});

describe("sending to this computer, where the local stack allows it", () => {
  const send = createSender({ allowLoopback: true });
  const sendHere = () => send(`http://127.0.0.1:${port}/hook?a=b`, headers, body);

  it("posts the body with its headers, byte for byte", async () => {
    expect(await sendHere()).toEqual({ statusCode: 200, outcome: "ok" });
    expect(received).toMatchObject([{ method: "POST", path: "/hook?a=b", body, headers }]);
    expect(received[0]?.headers["content-length"]).toBe(String(Buffer.byteLength(body)));
  });

  it.each([200, 201, 204, 299])("takes %i for done", async (statusCode) => {
    answer = (response) => response.writeHead(statusCode).end();
    expect(await sendHere()).toEqual({ statusCode, outcome: "ok" });
  });

  it.each([400, 404, 410, 429, 500, 503])("takes %i for not done", async (statusCode) => {
    answer = (response) => response.writeHead(statusCode).end("MARKER");
    expect(await sendHere()).toEqual({ statusCode, outcome: `HTTP ${statusCode}` });
  });

  it.each([301, 302, 307, 308])("does not follow a redirect (%i)", async (statusCode) => {
    answer = (response) => response.writeHead(statusCode, { Location: `http://127.0.0.1:${port}/elsewhere` }).end();
    expect(await sendHere()).toEqual({ statusCode, outcome: `HTTP ${statusCode}` });
    expect(received.map(({ path }) => path)).toEqual(["/hook?a=b"]);
  });

  it("tells how long the receiver wants it to stay away", async () => {
    answer = (response) => response.writeHead(503, { "Retry-After": "120" }).end();
    expect(await sendHere()).toEqual({ statusCode: 503, outcome: "HTTP 503", retryAfterSeconds: 120 });
  });

  it.each(["-5", "0", "soon", "", "NaN", "Infinity"])(
    "does not mind a Retry-After that says nothing: '%s'",
    async (value) => {
      answer = (response) => response.writeHead(503, { "Retry-After": value }).end();
      expect(await sendHere()).toEqual({ statusCode: 503, outcome: "HTTP 503" });
    },
  );

  it("does not wait for the end of an answer that has none", async () => {
    answer = (response) => response.writeHead(200).write("on and on");
    expect(await sendHere()).toEqual({ statusCode: 200, outcome: "ok" });
  });

  it("says when the connection was reset", async () => {
    answer = (response) => response.socket?.resetAndDestroy();
    const { outcome, statusCode } = await sendHere();
    expect(outcome).toBe("connection failed (ECONNRESET)");
    expect(statusCode).toBeUndefined();
  });

  it("says when nobody listens, without the URL", async () => {
    const { outcome } = await send(`http://127.0.0.1:${await freePort()}/MARKER`, headers, body);
    expect(outcome).toBe("connection failed (ECONNREFUSED)");
  });

  it("says when the answer is no HTTP", async () => {
    const babbler = createTcpServer((socket) => socket.end("MARKER this is no HTTP\r\n\r\n"));
    await new Promise<void>((resolve) => babbler.listen(0, "127.0.0.1", resolve));
    const { port: at } = babbler.address() as AddressInfo;
    const sent = await send(`http://127.0.0.1:${at}/`, headers, body);
    babbler.close();
    expect(sent.outcome).toMatch(/^connection failed \(HPE_\w+\)$/);
  });

  it("reaches it by name too", async () => {
    expect(await send(`http://localhost:${port}/`, headers, body)).toMatchObject({ outcome: "ok" });
  });

  it.each(["http://10.0.0.1/", "http://169.254.169.254/", "https://192.168.0.1/"])(
    "does not reach further inside: %s",
    async (url) => {
      expect(await send(url, headers, body)).toEqual({ outcome: "refused: not a public address" });
    },
  );
});

describe("sending in the cloud", () => {
  const send = createSender({ allowLoopback: false });

  it.each(["http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://hooks.example.com/", "HTTP://8.8.8.8/"])(
    "is over https only: %s",
    async (url) => {
      expect(await send(url.replace("PORT", String(port)), headers, body)).toEqual({ outcome: "refused: not https" });
      expect(connections).toBe(0);
    },
  );

  it.each([
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.0.1",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:169.254.169.254]",
    "[64:ff9b::7f00:1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
  ])("never reaches the address %s", async (host) => {
    const sent = await send(`https://${host}:${port}/`, headers, body);
    expect(sent).toEqual({ outcome: "refused: not a public address" });
    expect(connections).toBe(0);
  });

  it("never reaches a name that resolves to such an address", async () => {
    const sent = await send(`https://localhost:${port}/`, headers, body);
    expect(sent).toEqual({ outcome: "refused: not a public address" });
    expect(connections).toBe(0);
  });
});

async function freePort(): Promise<number> {
  const probe = createTcpServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

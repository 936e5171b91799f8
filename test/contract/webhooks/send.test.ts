import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { webhookAttempt } from "../../../functions/contract/schemas/timeline.ts";
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

  it("keeps a fragment to itself", async () => {
    expect(await send(`http://127.0.0.1:${port}/hook#MARKER`, headers, body)).toMatchObject({ outcome: "ok" });
    expect(received).toMatchObject([{ path: "/hook" }]);
  });

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
    expect(connections).toBe(1);
  });

  it("tells how long the receiver wants it to stay away", async () => {
    answer = (response) => response.writeHead(503, { "Retry-After": "120" }).end();
    expect(await sendHere()).toEqual({ statusCode: 503, outcome: "HTTP 503", retryAfterSeconds: 120 });
  });

  it("makes a call of its own each time", async () => {
    await sendHere();
    await sendHere();
    expect(connections).toBe(2);
  });

  it("counts a date in a Retry-After from now", async () => {
    const now = () => new Date("1994-11-06T08:47:37.500Z");
    answer = (response) => response.writeHead(429, { "Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT" }).end();
    const sent = await createSender({ allowLoopback: true, now })(`http://127.0.0.1:${port}/`, headers, body);
    expect(sent).toEqual({ statusCode: 429, outcome: "HTTP 429", retryAfterSeconds: 120 });
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
    const url = await listen((socket) => socket.end("MARKER this is no HTTP\r\n\r\n"));
    expect((await send(url, headers, body)).outcome).toMatch(/^connection failed \(HPE_\w+\)$/);
  });

  it.each(["000", "7", "99", "100", "199", "600", "999", "1000", "-1", "2e2"])(
    "has an outcome that answers of the API may show, whatever the receiver has for a status: %s",
    async (status) => {
      const url = await listen((socket) => socket.end(`HTTP/1.1 ${status} x\r\nContent-Length: 0\r\n\r\n`));
      const { retryAfterSeconds: _wait, ...sent } = await send(url, headers, body);
      const shown = { at: "2026-01-01T00:00:00.000Z", attempt: 1, durationMilliseconds: 1, ...sent };
      expect(z.strictObject(webhookAttempt).safeParse(shown).error).toBeUndefined();
      expect(sent.outcome).not.toBe("ok");
    },
  );

  it("reaches it by name too", async () => {
    expect(await send(`http://localhost:${port}/`, headers, body)).toMatchObject({ outcome: "ok" });
  });

  it.each(["http://10.0.0.1/", "http://8.8.8.8/", "http://hooks.example.com/"])(
    "calls nobody else over http: %s",
    async (url) => expect(await send(url, headers, body)).toEqual({ outcome: "refused: not https" }),
  );

  it.each(["https://192.168.0.1/", "https://169.254.169.254/", "https://[fd00:ec2::254]/", "https://0.0.0.0/"])(
    "does not reach further inside: %s",
    async (url) => expect(await send(url, headers, body)).toEqual({ outcome: "refused: not a public address" }),
  );

  it("uses the permitted ports with everybody else", async () => {
    expect(await send("https://8.8.8.8:8080/", headers, body)).toEqual({ outcome: "refused: not a permitted port" });
  });
});

describe("an answer", () => {
  /** Ends no attempt by itself: a test that would wait for that never ends. */
  const send = createSender({ allowLoopback: true, attemptMilliseconds: 3_600_000 });
  const hasty = createSender({ allowLoopback: true, attemptMilliseconds: 150 });
  const noAnswer = { outcome: "no answer in 0.15 seconds" };
  const head = "HTTP/1.1 200 OK\r\n";

  it("may take its time for a short body, and is not cut off", async () => {
    const troubles: string[] = [];
    const url = await listen((socket) => {
      socket.on("error", ({ message }) => troubles.push(message));
      socket.write(`${head}Content-Length: 4\r\n\r\nab`);
      setTimeout(() => {
        if (!socket.writable) troubles.push("left in the middle");
        socket.write("cd");
      }, 50);
    });
    expect(await send(url, headers, body)).toEqual({ statusCode: 200, outcome: "ok" });
    await closed();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(troubles).toEqual([]);
  });

  it.each(["Content-Length: 4000000000\r\n", "Transfer-Encoding: chunked\r\n", ""])(
    "is left after 16 KB of a body that is longer, and its status counts: '%s'",
    async (length) => {
      const bytes = length.startsWith("Transfer") ? `4000\r\n${"x".repeat(16_384)}` : "x".repeat(16_384);
      const url = await listen((socket) => socket.on("error", () => {}).write(`${head}${length}\r\n${bytes}`));
      expect(await send(url, headers, body)).toEqual({ statusCode: 200, outcome: "ok" });
      await closed();
    },
  );

  it.each([
    ["trailers", `0\r\nX-A: ${"a".repeat(17_000)}`],
    ["an extension of a chunk", `1;a=${"a".repeat(17_000)}`],
  ])("is left after 16 KB of %s, and its status counts", async (_, flood) => {
    const answered = `${head}Transfer-Encoding: chunked\r\n\r\n${flood}`;
    const url = await listen((socket) => socket.on("error", () => {}).write(answered));
    expect(await send(url, headers, body)).toEqual({ statusCode: 200, outcome: "ok" });
    await closed();
  });

  it("is left when it never ends, and its status counts", async () => {
    const url = await listen((socket) => {
      const pour = (): void => {
        while (socket.writable && socket.write("x".repeat(65_536)));
      };
      socket.on("error", () => {}).on("drain", pour);
      socket.write("HTTP/1.1 500 Oops\r\n\r\n");
      pour();
    });
    expect(await send(url, headers, body)).toEqual({ statusCode: 500, outcome: "HTTP 500" });
    await closed();
  });

  it("ends the call also when nobody reads what is sent", async () => {
    const url = await listen((socket) => socket.pause().write("HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n"));
    const large = "x".repeat(30_000_000);
    expect(await send(url, headers, large)).toEqual({ statusCode: 413, outcome: "HTTP 413" });
  });

  it("is waited for up to 16 KB, and has a status also when its body stalls just before", async () => {
    const waiting = createSender({ allowLoopback: true, attemptMilliseconds: 2000 });
    const url = await listen((socket) => socket.write(`${head}\r\n${"x".repeat(16_383)}`));
    const started = performance.now();
    expect(await waiting(url, headers, body)).toEqual({ statusCode: 200, outcome: "ok" });
    expect(performance.now() - started).toBeGreaterThan(500);
    await closed();
  });

  it("has a status also when its body breaks off", async () => {
    const url = await listen((socket) => {
      socket.write(`HTTP/1.1 503 No\r\nRetry-After: 7\r\nContent-Length: 9\r\n\r\nx`);
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    expect(await send(url, headers, body)).toEqual({ statusCode: 503, outcome: "HTTP 503", retryAfterSeconds: 7 });
  });

  it.each<[string, (socket: Socket) => unknown]>([
    ["is not there", () => undefined],
    ["stalls in its status", (socket) => socket.write("HTTP/1.1 20")],
    ["stalls in its headers", (socket) => socket.write(`${head}X-A: b\r\n`)],
    [
      "drips",
      (socket) => {
        const dripping = setInterval(() => socket.write("a"), 10);
        socket.write(`${head}X-A: `);
        socket.on("close", () => clearInterval(dripping)).on("error", () => clearInterval(dripping));
      },
    ],
    ["has only begun provisionally", (socket) => socket.write("HTTP/1.1 100 Continue\r\n\r\n")],
  ])("that %s is no answer", async (_, serve) => {
    const url = await listen(serve);
    expect(await hasty(url, headers, body)).toEqual(noAnswer);
    await closed();
  });

  it("is not waited for longer when TLS stalls", async () => {
    const url = await listen(() => undefined);
    expect(await hasty(url.replace("http:", "https:"), headers, body)).toEqual(noAnswer);
    await closed();
  });

  it("is not waited for longer when the name does not resolve", async () => {
    const stuck = createSender({ allowLoopback: true, attemptMilliseconds: 20, lookup: () => undefined });
    expect(await stuck("https://hooks.example.com/", headers, body)).toEqual({ outcome: "no answer in 0.02 seconds" });
  });

  it.each([
    ["headers", `${head}X-A: ${"a".repeat(17_000)}\r\n\r\n`],
    ["many headers", `${head}${"X-A: bbbbb\r\n".repeat(2100)}\r\n`],
  ])("with %s of more than 16 KB is none", async (_, answered) => {
    const url = await listen((socket) => socket.on("error", () => {}).write(answered));
    expect(await send(url, headers, body)).toEqual({ outcome: "connection failed (HPE_HEADER_OVERFLOW)" });
    await closed();
  });

  it("with headers of less is one", async () => {
    const url = await listen((socket) => socket.end(`${head}X-A: ${"a".repeat(15_000)}\r\n\r\n`));
    expect(await send(url, headers, body)).toEqual({ statusCode: 200, outcome: "ok" });
  });

  it("that is announced for ever is none", async () => {
    const hint = "HTTP/1.1 103 Early Hints\r\nX-A: b\r\n\r\n";
    const url = await listen((socket) => socket.on("error", () => {}).write(hint.repeat(9)));
    expect(await send(url, headers, body)).toEqual({ outcome: "connection failed (TOO_MANY_INTERIM_ANSWERS)" });
    await closed();
    const polite = await listen((socket) => {
      socket.write(hint.repeat(8));
      setTimeout(() => socket.end("HTTP/1.1 204 No\r\n\r\n"), 30);
    });
    expect(await send(polite, headers, body)).toEqual({ statusCode: 204, outcome: "ok" });
  });

  it("that would switch protocols is none", async () => {
    const url = await listen((socket) =>
      socket.write("HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"),
    );
    expect((await send(url, headers, body)).outcome).toMatch(/^connection failed/);
    await closed();
  });

  it("is waited for 15 seconds where nothing else is said", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    await createSender({ allowLoopback: true })(`http://127.0.0.1:${port}/`, headers, body);
    expect(timeout.mock.calls).toEqual([[15_000]]);
    timeout.mockRestore();
  });
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

  it.each(["hooks.example.com", "8.8.8.8", "[2606:4700::1111]"])("uses the permitted ports only: %s", async (host) => {
    for (const other of [22, 80, 444, 8080, 8444]) {
      const sent = await send(`https://${host}:${other}/`, headers, body);
      expect(sent).toEqual({ outcome: "refused: not a permitted port" });
    }
  });

  it.each(["https://user@hooks.example.com/", "https://user:MARKER@8.8.8.8/", "https://:MARKER@hooks.example.com/"])(
    "carries no credentials: %s",
    async (url) => {
      expect(await send(url, headers, body)).toEqual({ outcome: "refused: a user name or password in the URL" });
    },
  );

  it.each(["", "hooks.example.com/MARKER", "https://", "https://[::MARKER]/", "https://1.2.3.4.5/", "https://a b/"])(
    "minds what is no URL without repeating it: '%s'",
    async (url) => expect(await send(url, headers, body)).toEqual({ outcome: "refused: not a URL" }),
  );

  it.each(["ftp://hooks.example.com/", "file:///etc/passwd", "data:,x", "javascript:0", "unix:/run/x.sock"])(
    "knows no other scheme: %s",
    async (url) => expect(await send(url, headers, body)).toEqual({ outcome: "refused: not https" }),
  );
});

it("says in a word of its own what Node objects to", async () => {
  const send = createSender({ allowLoopback: true });
  const sent = await send(`http://127.0.0.1:${port}/`, { "x-a": "MARKER\r\n" }, body);
  expect(sent).toEqual({ outcome: "connection failed (ERR_INVALID_CHAR)" });
  const failing = createSender({
    allowLoopback: false,
    lookup: (_, __, callback) => callback(Object.assign(new Error("MARKER"), { code: "ENOTFOUND" }), []),
  });
  expect(await failing("https://MARKER.example.com/", headers, body)).toEqual({
    outcome: "connection failed (ENOTFOUND)",
  });
});

let listening: TcpServer | undefined;
let open: Promise<unknown>[] = [];

afterEach(() => {
  listening?.close();
  open = [];
});

/** Serves each connection by hand once it has sent something; the URL to call it at. */
async function listen(serve: (socket: Socket) => unknown): Promise<string> {
  const server = createTcpServer((socket) => {
    open.push(new Promise((resolve) => socket.on("close", resolve)));
    socket.once("data", () => serve(socket));
  });
  listening = server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Once every connection to what listens is closed, which the sender must have seen to. */
async function closed(): Promise<void> {
  expect(open.length).toBeGreaterThan(0);
  await Promise.all(open);
}

async function freePort(): Promise<number> {
  const probe = createTcpServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

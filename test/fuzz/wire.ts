import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { parseAnswer, type WireAnswer } from "./wire-answer.ts";

const patienceMilliseconds = 30_000;

export interface Sending {
  /** Answered without a body. */
  toHead: boolean;
  /** Whether nothing can follow on this connection. */
  last: boolean;
}

export interface Wire {
  /** Sends bytes as they are; undefined when the connection ended without an answer. One exchange at a time. */
  exchange(bytes: Uint8Array, sending: Sending): Promise<WireAnswer | undefined>;
  close(): void;
}

/** A client that keeps its connection, and sends what no HTTP library would. */
export function createWire(url: string): Wire {
  const { hostname, port } = new URL(url);
  let kept: Socket | undefined;

  async function open(): Promise<Socket> {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, "connect");
    return socket;
  }

  async function exchangeOn(socket: Socket, bytes: Uint8Array, { toHead, last }: Sending) {
    const answer = await receive(socket, toHead, () => (last ? socket.end(bytes) : socket.write(bytes)));
    // The server goes on reading a body that is too large for half a second, and then closes without a word.
    const closes = answer?.headers.get("connection")?.toLowerCase() === "close" || answer?.status === 413;
    if (answer && !last && !closes) kept = socket;
    else socket.destroy();
    return answer;
  }

  return {
    async exchange(bytes, sending) {
      const used = kept;
      kept = undefined;
      // A server may end a kept connection at the very moment in which it is used again.
      const answer = used && !used.destroyed ? await exchangeOn(used, bytes, sending) : undefined;
      return answer ?? exchangeOn(await open(), bytes, sending);
    },
    close: () => void kept?.destroy(),
  };
}

/** The answer that follows on what `send` does. Rejects when nothing comes for long. */
function receive(socket: Socket, toHead: boolean, send: () => void): Promise<WireAnswer | undefined> {
  const received: Buffer[] = [];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`no answer in ${patienceMilliseconds / 1000} seconds`));
      socket.destroy();
    }, patienceMilliseconds);
    const end = (answer: WireAnswer | undefined) => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on("error", () => undefined);
      resolve(answer);
    };
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      received.push(bytes);
      const answer = parseAnswer(Buffer.concat(received), toHead, false);
      if (answer) end(answer);
    });
    socket.on("close", () => end(parseAnswer(Buffer.concat(received), toHead, true)));
    send();
  });
}

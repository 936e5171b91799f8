import { createServer } from "node:net";
import { getSystemErrorMap } from "node:util";

/** What a socket handle of Node's offers to dial with, once resolving and choosing are over. */
type Dial = (request: unknown, address: string, port: number) => number;
type Handle = Record<"connect" | "connect6", Dial>;

const [unreachable = -1] = [...getSystemErrorMap()].find(([, [name]]) => name === "ENETUNREACH") ?? [];

export interface Dials {
  /** `address:port` of every TCP connection that this process asked the system for, in order. */
  seen: string[];
  stop(): void;
}

/**
 * Watches at the last line of Node before the system call, below net, http and tls. Only this computer is really dialled:
 * for anything else the network is unreachable, so that no test sends a packet out.
 */
export async function watchDials(): Promise<Dials> {
  const handle = await tcpHandle();
  const { connect, connect6 } = handle;
  const seen: string[] = [];
  const watch = (dial: Dial): Dial =>
    function dialAndNote(this: Handle, request, address, port) {
      seen.push(address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`);
      const local = /^127\.|^::1$/.test(address);
      return local ? dial.call(this, request, address, port) : unreachable;
    };
  Object.assign(handle, { connect: watch(connect), connect6: watch(connect6) });
  return { seen, stop: () => void Object.assign(handle, { connect, connect6 }) };
}

/** What all TCP handles inherit from. Node gives it no name, so a listening one is asked. */
async function tcpHandle(): Promise<Handle> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const prototype = Object.getPrototypeOf(Reflect.get(server, "_handle")) as Handle;
  await new Promise((resolve) => server.close(resolve));
  return prototype;
}

import { Server } from "node:http";
import type { AddressInfo } from "node:net";
import dynalite from "dynalite";

/** The engine of the embedded table in this process, in memory. */
export async function startTableServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  // It throws, out of everybody's reach, when a caller goes away.
  server.on("request", (request) => request.removeAllListeners("error").on("error", () => request.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        // Its own close takes the store away from calls that are still under way, which then throw out of reach.
        Server.prototype.close.call(server, () => resolve());
        server.closeAllConnections();
      }),
  };
}

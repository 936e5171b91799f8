import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";

const verifier = new Webhook(process.env.VPN_BROKER_WEBHOOK_SECRET ?? ""); // whsec_…
const handled = new Set<string>(); // in your database, so that it outlives the process

const server = createServer((request, response) => {
  receive(request, response).catch(() => response.destroy()); // it is sent again
});

async function receive(request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8"); // as it arrived: not parsed and written anew

  try {
    // Throws for a wrong signature, and for one that is older than five minutes.
    verifier.verify(body, request.headers as Record<string, string>);
  } catch {
    response.writeHead(400).end();
    return;
  }
  response.writeHead(204).end();

  const id = String(request.headers["webhook-id"]);
  if (handled.has(id)) return;
  handled.add(id);
  const { type, data } = JSON.parse(body) as {
    type: string;
    data: { id: string; clientToken: string; revision: number };
  };
  console.log(type, data.clientToken, data.id, data.revision);
}

server.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => console.log("listening"));

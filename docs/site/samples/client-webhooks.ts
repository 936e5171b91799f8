import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { verifyWebhook } from "@vpn-broker/client/webhooks";

const { VPN_BROKER_WEBHOOK_SECRET: secret = "", PORT: port = "4000" } = process.env;

const server = createServer((request, response) => {
  void buffer(request).then((body) => {
    try {
      // The body as it was received: what is parsed and written again is not what was signed.
      const { type, data } = verifyWebhook(secret, request.headers, body);
      console.log(type, data.id, data.status, data.revision);
      response.writeHead(204).end();
    } catch {
      response.writeHead(400).end();
    }
  });
});
server.listen(Number(port), "127.0.0.1");

import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

verifier = Webhook(os.environ["VPN_BROKER_WEBHOOK_SECRET"])  # whsec_…
handled = set()  # in your database, so that it outlives the process


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))  # as it arrived
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            # Raises for a wrong signature, and for one that is older than five minutes.
            verifier.verify(body, headers)
        except WebhookVerificationError:
            self.send_response(400)
            self.end_headers()
            return
        self.send_response(204)
        self.end_headers()

        if headers["webhook-id"] in handled:
            return
        handled.add(headers["webhook-id"])
        event = json.loads(body)
        print(event["type"], event["data"]["clientToken"], event["data"]["id"], event["data"]["revision"], flush=True)


HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Handler).serve_forever()

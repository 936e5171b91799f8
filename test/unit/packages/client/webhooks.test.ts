import { describe, expect, it } from "vitest";
import { signWebhook } from "../../../../functions/webhooks/sign.ts";
import { verifyWebhook } from "../../../../packages/client/src/webhooks.ts";
import { stateOf } from "../../../support/scripted-broker.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const older = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
const event = {
  type: "vpn_connection.failed",
  timestamp: "2026-11-20T08:30:00.000Z",
  data: stateOf({ name: "größe" }),
};
const body = JSON.stringify(event);
const headers = signWebhook([secret], { id: "msg_1", body }, new Date());

describe("a webhook", () => {
  it("is its event, as text or bytes, with headers of node:http or fetch", () => {
    expect(verifyWebhook(secret, headers, body)).toEqual(event);
    expect(verifyWebhook(secret, new Headers(headers), new TextEncoder().encode(body))).toEqual(event);
  });

  it("is taken when one of several secrets has signed it", () => {
    expect(verifyWebhook([older, secret], headers, body)).toEqual(event);
  });

  it.each<[what: string, secrets: string | string[], given: Record<string, string>, text: string]>([
    ["another's", older, headers, body],
    ["another's, by several secrets", [older, older], headers, body],
    ["one with another body", secret, headers, body.replace("failed", "succeeded")],
    ["one without headers", secret, {}, body],
    ["an old one", secret, signWebhook([secret], { id: "msg_1", body }, new Date(Date.now() - 301_000)), body],
  ])("is refused: %s", (_, secrets, given, text) => {
    expect(() => verifyWebhook(secrets, given, text)).toThrow(
      expect.objectContaining({ name: "WebhookVerificationError" }) as Error,
    );
  });

  it("needs a secret", () => {
    expect(() => verifyWebhook([], headers, body)).toThrow(TypeError);
  });
});

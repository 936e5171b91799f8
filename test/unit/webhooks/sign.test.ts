import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { webhookEvents } from "../../../functions/contract/schemas/webhook-event.ts";
import { end } from "../../../functions/domain/record/transitions.ts";
import { signWebhook, toWebhook } from "../../../functions/webhooks/sign.ts";
import { createAcceptedRecord } from "../../support/accepting.ts";

const secretBytes = Buffer.alloc(32, 7);
const secret = `whsec_${secretBytes.toString("base64")}`;
const other = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
const now = new Date();
const record = end(await createAcceptedRecord(), now, { status: "succeeded", reason: "ready" });
const webhook = toWebhook(record);

describe("toWebhook", () => {
  it.each(["succeeded", "failed", "canceled", "unknown"] as const)(
    "tells the end with the resource: %s",
    async (status) => {
      const { body } = toWebhook(end(await createAcceptedRecord(), now, { status, reason: "x" }));
      expect(JSON.parse(body)).toMatchObject({
        type: `vpn_connection.${status}`,
        timestamp: now.toISOString(),
        data: { id: record.id, status, clientToken: "token-1" },
      });
      expect(webhookEvents[status].safeParse(JSON.parse(body)).error?.issues).toBeUndefined();
    },
  );

  it("has the same id on every attempt of a run, and another one for the next run or request", async () => {
    expect(toWebhook({ ...record, version: 9, delivery: { state: "pending", attempts: 3 } }).id).toBe(webhook.id);
    expect(toWebhook({ ...record, generation: 2 }).id).not.toBe(webhook.id);
    expect(toWebhook({ ...record, id: "b".repeat(26) }).id).not.toBe(webhook.id);
  });

  it("holds no secret", () => {
    expect(webhook.body).not.toMatch(/preSharedKey|hmac:|sealed|acme/);
  });
});

describe("signWebhook", () => {
  const headers = signWebhook([secret], webhook, now);

  it("is verified by the Standard Webhooks library", () => {
    expect(new Webhook(secret).verify(webhook.body, headers)).toEqual(JSON.parse(webhook.body));
  });

  it("is the HMAC-SHA256 of id, timestamp and body", () => {
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const signed = createHmac("sha256", secretBytes)
      .update(`${webhook.id}.${timestamp}.${webhook.body}`)
      .digest("base64");
    expect(headers).toMatchObject({
      "webhook-id": webhook.id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signed}`,
      "content-type": "application/json",
    });
  });

  it.each([
    ["the body", webhook.body.replace("succeeded", "failed"), {}],
    ["the id", webhook.body, { "webhook-id": "msg_other_1" }],
    ["the time", webhook.body, { "webhook-timestamp": String(Math.floor(now.getTime() / 1000) + 1) }],
    ["the signature", webhook.body, { "webhook-signature": `v1,${Buffer.alloc(32).toString("base64")}` }],
  ])("is not verified when %s was changed", (_, body, changed) => {
    expect(() => new Webhook(secret).verify(body, { ...headers, ...changed })).toThrow();
  });

  it("is not verified with another secret", () => {
    expect(() => new Webhook(other).verify(webhook.body, headers)).toThrow();
  });

  it("is signed by each of two secrets, apart by a space, the first one first", () => {
    const both = signWebhook([other, secret], webhook, now);
    const byOther = signWebhook([other], webhook, now);
    expect(both["webhook-signature"]).toBe(`${byOther["webhook-signature"]} ${headers["webhook-signature"]}`);
    for (const one of [secret, other]) {
      expect(new Webhook(one).verify(webhook.body, both)).toEqual(JSON.parse(webhook.body));
    }
  });
});

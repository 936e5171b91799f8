import { createHmac, timingSafeEqual } from "node:crypto";

const toleranceSeconds = 300;

/** Whether this is ours and fresh. `secret` is whsec_…, `body` the bytes as they arrived, header names are in lower case. */
export function verifyWebhook(
  secret: string,
  headers: Record<string, string | undefined>,
  body: string | Buffer,
  now = Date.now(),
): boolean {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures } = headers;
  if (!id || !timestamp || !signatures) return false;
  const age = now / 1000 - Number(timestamp);
  if (!(Math.abs(age) <= toleranceSeconds)) return false;

  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  // Two while a secret is being rotated, with a space between them.
  return signatures.split(" ").some((signature) => {
    const [version, value = ""] = signature.split(",");
    const given = Buffer.from(value, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

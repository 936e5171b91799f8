import { randomBytes } from "node:crypto";
import { providers } from "../../functions/domain/values.ts";
import { loadSecrets } from "../../local/secrets.ts";
import { announcementsOf } from "./broker.ts";
import type { Canary, Evidence } from "./evidence.ts";

const random = (length: number) => randomBytes(length).toString("base64url").slice(0, length).replaceAll(/[-_]/g, "x");

/**
 * A marked text of a pre-shared key's characters, some of which JSON, HTML and URLs write otherwise. No two have twelve
 * characters in common, which would pass for a part of a secret.
 */
export const createMarked = (mark = "CANARY-") => `${mark}${random(12)}~!#%${random(12)}&+/<>'`;

/** Standard Webhooks decodes it: what it then has in hand is marked too. */
const createWebhookSecret = (decoded: string) => `whsec_${Buffer.from(decoded).toString("base64")}`;

/** The secrets that a run is given. */
export function createSecrets() {
  const decodedWebhookSecret = `CANARY-${random(26)}`;
  const perVendor = () => ({ alibaba: createMarked(), tencent: createMarked() });
  return {
    preSharedKey: createMarked(),
    otherKey: createMarked(),
    /** Short enough for a parser to quote it whole. */
    shortKey: random(12),
    apiKey: createMarked("vpb_"),
    strangersKey: createMarked("vpb_"),
    decodedWebhookSecret,
    webhookSecret: createWebhookSecret(decodedWebhookSecret),
    vendorSecrets: perVendor(),
    wrongSecrets: perVendor(),
    wrongReferencedSecrets: perVendor(),
    securityTokens: perVendor(),
  };
}
export type Secrets = ReturnType<typeof createSecrets>;

/** The vendor must have the key, in the body of a create, and may say it again; our own words must not. */
export const belongsToVendor = ({ place, what }: Evidence) =>
  (place === "vendor request" && what.endsWith("CreateVpnConnection: body")) ||
  (place === "vendor answer" && what.endsWith(": body"));
const inFile =
  (name: string) =>
  ({ place, what }: Evidence) =>
    place === "file" && what === name;
const inOutput =
  (name: string) =>
  ({ place, what }: Evidence) =>
    place === "output" && what === name;

/** Each of them with where it belongs. What is in the environment belongs nowhere. */
export function toCanaries(secrets: Secrets): Canary[] {
  const announced = inOutput(announcementsOf.webhookSecret);
  return [
    { name: "pre-shared key", text: secrets.preSharedKey, mayBeIn: belongsToVendor },
    { name: "other pre-shared key", text: secrets.otherKey, mayBeIn: belongsToVendor },
    { name: "short pre-shared key", text: secrets.shortKey },
    { name: "API key", text: secrets.apiKey, mayBeIn: inOutput(announcementsOf.apiKey) },
    { name: "stranger's API key", text: secrets.strangersKey },
    { name: "webhook secret", text: secrets.webhookSecret, mayBeIn: announced },
    { name: "webhook secret, decoded", text: secrets.decodedWebhookSecret, mayBeIn: announced },
    ...providers.flatMap((vendor): Canary[] => [
      {
        name: `${vendor} secret`,
        text: secrets.vendorSecrets[vendor],
        mayBeIn: inFile(`credentials/${vendor}/right.json`),
      },
      { name: `${vendor} wrong secret`, text: secrets.wrongSecrets[vendor] },
      {
        name: `${vendor} wrong secret of a reference`,
        text: secrets.wrongReferencedSecrets[vendor],
        mayBeIn: inFile(`credentials/${vendor}/wrong.json`),
      },
      {
        name: `${vendor} security token`,
        text: secrets.securityTokens[vendor],
        mayBeIn: ({ place, what }) =>
          place === "vendor request" && what.startsWith(vendor) && what.endsWith(": headers"),
      },
    ]),
  ];
}

/** What the stack made for itself and keeps in `secrets.json`, on purpose and nowhere else. */
export function keptCanaries(dataDir: string): Canary[] {
  const { sealingPrivateKey, fingerprintKeys, apiKey, webhookSecret, simulators } = loadSecrets(dataDir);
  // The first lines hold the public half; a line from the middle is of the exponent, a later one of a prime.
  const lines = sealingPrivateKey.split("\n");
  const kept = {
    "the private key's exponent": lines[13],
    "the private key's prime": lines[26],
    "fingerprint key": fingerprintKeys.keys[fingerprintKeys.current],
    "API key that the stack made": apiKey,
    "webhook secret that the stack made": webhookSecret,
    "alibaba secret that the stack made": simulators.alibaba.secret,
    "tencent secret that the stack made": simulators.tencent.secret,
  };
  return Object.entries(kept).map(([name, text]) => {
    if (!text || text.length < 16) throw new Error(`secrets.json has no ${name}`);
    return { name, text, mayBeIn: inFile("secrets.json") };
  });
}

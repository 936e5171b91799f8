import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Config } from "../../../../functions/entries/config.ts";
import { Failure } from "../failure.ts";

const localSecrets = z.object({ webhookSecret: z.string().startsWith("whsec_") });

/** The secret that webhooks are checked with, from the environment or the local stack. Throws `Failure`. */
export function findWebhookSecret(config: Config<"cli">): { secret: string; source: string } {
  const named = "VPN_BROKER_WEBHOOK_SECRET";
  if (config[named]) return { secret: config[named], source: named };
  const file = join(config.DATA_DIR, "secrets.json");
  try {
    return { secret: localSecrets.parse(JSON.parse(readFileSync(file, "utf8"))).webhookSecret, source: file };
  } catch {
    throw new Failure(`There is no secret: set ${named}, or start the local stack once, which writes ${file}.`);
  }
}

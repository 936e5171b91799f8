import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Config } from "../../../../functions/entries/config.ts";
import { Failure, UsageError } from "./failure.ts";

/** Options of every command that speaks to the broker. A key is none: it would stand in the list of processes. */
export const apiOptions = { url: { type: "string" }, "insecure-http": { type: "boolean" } } as const;

export interface ApiOptions {
  url?: string | undefined;
  "insecure-http"?: boolean | undefined;
}

/** Where the broker is, and the key to show it. */
export interface Access {
  /** Without a slash at its end. */
  base: string;
  key: string;
  /** Where the key is from, for messages. */
  keySource: string;
}

/**
 * The broker's URL from the option, the environment, or this computer's own; the key from the environment, or else, for
 * this computer's own broker and no other, from its secrets. Throws `Failure`, `UsageError`.
 */
export function findAccess(config: Config<"admin">, options: ApiOptions): Access {
  const local = `http://127.0.0.1:${config.PORT}`;
  const base =
    options.url === undefined ? toBase(config.VPN_BROKER_URL ?? local, "VPN_BROKER_URL") : toBase(options.url);
  if (base.startsWith("http:") && !isLoopback(new URL(base)) && !options["insecure-http"]) {
    throw new UsageError(`${base} would carry the key in the clear: use https, or say --insecure-http`);
  }
  if (config.VPN_BROKER_API_KEY) return { base, key: config.VPN_BROKER_API_KEY, keySource: "VPN_BROKER_API_KEY" };
  if (base !== local) {
    throw new Failure(`Set VPN_BROKER_API_KEY to a key of ${base}; the local stack's own is sent to ${local} only.`);
  }
  return { base, ...readLocalKey(config.DATA_DIR) };
}

/** Whether the URL leads to this very computer, by its text alone. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function toBase(text: string, source = "--url"): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new UsageError(`${source} must be an http or https URL`);
  if (url.username || url.password || url.search || url.hash) {
    throw new UsageError(`${source} must be a URL without user, password, query and fragment`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

const localSecrets = z.object({ apiKey: z.string().min(1) });

function readLocalKey(dataDir: string): Pick<Access, "key" | "keySource"> {
  const file = join(dataDir, "secrets.json");
  try {
    return { key: localSecrets.parse(JSON.parse(readFileSync(file, "utf8"))).apiKey, keySource: file };
  } catch {
    throw new Failure(`There is no key: set VPN_BROKER_API_KEY, or start the local stack once, which writes ${file}.`);
  }
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Config } from "../../../functions/entries/config.ts";
import { KeyMissingError, UsageError } from "./failure.ts";
import { isLoopback } from "./loopback.ts";

export interface AccessOptions {
  url?: string | undefined;
  /** Of a file that holds the key: the key itself would stand in the list of processes. */
  keyFile?: string | undefined;
  insecureHttp?: boolean | undefined;
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
 * The broker's URL from the option, the environment, or this computer's own; the key from the file that is named, the
 * environment, or else, for this computer's own broker and no other, from its secrets. Throws `Failure`, `UsageError`.
 */
export function findAccess(config: Config<"cli">, options: AccessOptions): Access {
  const { base, local } = findBroker(config, options);
  if (options.keyFile !== undefined) return { base, key: readKeyFile(options.keyFile), keySource: options.keyFile };
  if (config.VPN_BROKER_API_KEY) return { base, key: config.VPN_BROKER_API_KEY, keySource: "VPN_BROKER_API_KEY" };
  if (base !== local) {
    throw new KeyMissingError(
      `Set VPN_BROKER_API_KEY to a key of ${base}, or name a file that holds one by --key-file; the local stack's own ` +
        `is sent to ${local} only.`,
    );
  }
  return { base, ...readLocalKey(config.DATA_DIR) };
}

/** The broker's URL alone, and what the local stack's would be. Throws `UsageError`. */
export function findBroker(config: Config<"cli">, options: AccessOptions): { base: string; local: string } {
  const local = config.PORT === undefined ? readLocalUrl(config.DATA_DIR) : `http://127.0.0.1:${config.PORT}`;
  const base =
    options.url === undefined ? toBase(config.VPN_BROKER_URL ?? local, "VPN_BROKER_URL") : toBase(options.url);
  if (base.startsWith("http:") && !isLoopback(new URL(base)) && !options.insecureHttp) {
    throw new UsageError(`${base} would carry the key in the clear: use https, or say --insecure-http`);
  }
  return { base, local };
}

/** Where the local stack listens, as its last start wrote it down; its usual address before that. */
function readLocalUrl(dataDir: string): string {
  try {
    return toBase(readFileSync(join(dataDir, "url"), "utf8").trim());
  } catch {
    return "http://127.0.0.1:3000";
  }
}

function toBase(text: string, source = "--url"): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new UsageError(`${source} must be an http or https URL`);
  if (url.username || url.password || url.search || url.hash) {
    throw new UsageError(`${source} must be a URL without user, password, query and fragment`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function readKeyFile(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new KeyMissingError(`${file} cannot be read (${String((error as NodeJS.ErrnoException).code)}).`);
  }
  if (/^[\x21-\x7e]{8,200}$/.test(text)) return text;
  throw new KeyMissingError(`What is in ${file} is no key: 8 to 200 printable ASCII characters without spaces.`);
}

const localSecrets = z.object({ apiKey: z.string().min(1) });

function readLocalKey(dataDir: string): Pick<Access, "key" | "keySource"> {
  const file = join(dataDir, "secrets.json");
  try {
    return { key: localSecrets.parse(JSON.parse(readFileSync(file, "utf8"))).apiKey, keySource: file };
  } catch {
    throw new KeyMissingError(
      `There is no key: set VPN_BROKER_API_KEY, name a file by --key-file, or start the local stack once, which writes ${file}.`,
    );
  }
}

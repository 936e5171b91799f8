import { lookup } from "node:dns";
import { request as requestHttp, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { placeOf } from "../domain/public-address.ts";

/** What came of one attempt: an HTTP status, or a word for why there was none. */
export interface Sent {
  statusCode?: number;
  outcome: string;
  /** Seconds the receiver asked us to stay away. */
  retryAfterSeconds?: number;
}

export interface SendOptions {
  /** Whether this computer may be called, over http too: only the local stack says so. */
  allowLoopback: boolean;
}

export type SendWebhook = (url: string, headers: Record<string, string>, body: string) => Promise<Sent>;

const attemptMilliseconds = 15_000;

/**
 * Posts one webhook: no redirects, 15 seconds in all, the answer's body unread. The address is checked where the
 * connection is made, after resolution, so that a name that changes its address does not help.
 */
export function createSender({ allowLoopback }: SendOptions): SendWebhook {
  const admits = (address: string) => {
    const place = placeOf(address);
    return place === "public" || (allowLoopback && place === "loopback");
  };

  return (url, headers, body) =>
    new Promise((resolve) => {
      const target = new URL(url);
      const host = target.hostname.replace(/^\[|\]$/g, "");
      const plain = target.protocol === "http:";
      if (plain && !allowLoopback) return resolve({ outcome: "refused: not https" });
      if (isIP(host) && !admits(host)) return resolve({ outcome: "refused: not a public address" });
      const options: RequestOptions = {
        method: "POST",
        agent: false,
        lookup: checkedLookup(admits),
        signal: AbortSignal.timeout(attemptMilliseconds),
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
      };
      const request = (plain ? requestHttp : requestHttps)(target, options, (response) => {
        const seconds = Number(response.headers["retry-after"]);
        response.destroy();
        const statusCode = response.statusCode ?? 0;
        resolve({
          statusCode,
          outcome: statusCode >= 200 && statusCode < 300 ? "ok" : `HTTP ${statusCode}`,
          ...(Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : {}),
        });
      });
      request.on("error", (error: NodeJS.ErrnoException) => resolve({ outcome: wordFor(error) }));
      request.end(body);
    });
}

class RefusedAddressError extends Error {
  readonly code = "REFUSED_ADDRESS";
}

/** Resolves like the system does, and refuses when any address of the name is not admitted. */
function checkedLookup(admits: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error) return callback(error, "");
      if (!first || !addresses.every(({ address }) => admits(address))) {
        return callback(new RefusedAddressError("not a public address"), "");
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

/** Our own words: an error's message may hold the URL, and a URL may hold a secret. */
function wordFor(error: NodeJS.ErrnoException): string {
  if (error.name === "AbortError" || error.name === "TimeoutError") return "no answer in 15 seconds";
  if (error.code === "REFUSED_ADDRESS") return "refused: not a public address";
  return `connection failed (${error.code ?? "unknown"})`;
}

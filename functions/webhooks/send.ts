import { lookup as systemLookup } from "node:dns";
import { request as requestHttp, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { webhookAttemptSeconds } from "../domain/limits.ts";
import { type CallbackFlaw, flawOfCallback, hostOf, namesThisComputer } from "../domain/network/callback-target.ts";
import { addressScope } from "../domain/network/public-address.ts";
import { checkedLookup, type Lookup } from "./check-address.ts";
import { discardBody, limitInterimAnswers, maxHeaderBytes, toRetryAfterSeconds } from "./read-answer.ts";

/** What came of one attempt: an HTTP status, or a word for why there was none. */
export interface Sent {
  statusCode?: number;
  outcome: string;
  /** Seconds the receiver asked us to stay away. */
  retryAfterSeconds?: number;
}

export interface SendOptions {
  /** Whether this computer may be called, over http and on any port too: only the local stack says so. */
  allowLoopback: boolean;
  lookup?: Lookup;
  /** What a `Retry-After` with a date is counted from. */
  now?: () => Date;
  /** For all of an attempt: resolving, connecting, TLS, headers and body. */
  attemptMilliseconds?: number;
}

export type SendWebhook = (url: string, headers: Record<string, string>, body: string) => Promise<Sent>;

const refusals: Record<CallbackFlaw, string> = {
  credentials: "refused: a user name or password in the URL",
  scheme: "refused: not https",
  address: "refused: not a public address",
  port: "refused: not a permitted port",
};

/**
 * Posts one webhook, without following redirects. The URL is checked by its text, an address in it too; what a name
 * resolves to is checked where the connection is made. Nothing that goes wrong rejects: it is an outcome.
 */
export function createSender(options: SendOptions): SendWebhook {
  const {
    allowLoopback,
    lookup = systemLookup,
    now = () => new Date(),
    attemptMilliseconds = webhookAttemptSeconds * 1000,
  } = options;

  return async (url, headers, body) => {
    if (!URL.canParse(url)) return { outcome: "refused: not a URL" };
    const target = new URL(url);
    const flaw = flawOfCallback(target, allowLoopback);
    if (flaw) return { outcome: refusals[flaw] };
    const local = namesThisComputer(hostOf(target));
    const admits = (address: string) => {
      const place = addressScope(address);
      return place === "loopback" ? allowLoopback : place === "public" && !local;
    };
    const request: RequestOptions = {
      method: "POST",
      agent: false,
      lookup: checkedLookup(lookup, admits),
      maxHeaderSize: maxHeaderBytes,
      signal: AbortSignal.timeout(attemptMilliseconds),
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
    };
    const toFailure = (error: unknown): Sent => ({ outcome: wordFor(error as Error, attemptMilliseconds) });
    return post(target, request, body, { now, toFailure }).catch(toFailure);
  };
}

function post(
  target: URL,
  options: RequestOptions,
  body: string,
  { now, toFailure }: { now: () => Date; toFailure: (error: unknown) => Sent },
): Promise<Sent> {
  return new Promise((resolve) => {
    let sent: Sent | undefined;
    const request = (target.protocol === "http:" ? requestHttp : requestHttps)(target, options);
    limitInterimAnswers(request);
    request.on("response", (response) => {
      const retryAfterSeconds = toRetryAfterSeconds(response.headers["retry-after"], now());
      sent = {
        ...toOutcome(response.statusCode ?? 0),
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      };
      discardBody(request, response);
    });
    // A status that has arrived counts, whatever becomes of its body.
    request.on("error", (error) => (sent ??= toFailure(error)));
    request.on("close", () => resolve(sent ?? toFailure(new Error("closed without an answer"))));
    request.end(body);
  });
}

/** Node takes any number for a status; those below 100 are none (RFC 9110, 15). */
function toOutcome(statusCode: number): Sent {
  if (statusCode < 100 || statusCode > 999) return { outcome: "answered without an HTTP status" };
  return { statusCode, outcome: statusCode >= 200 && statusCode < 300 ? "ok" : `HTTP ${statusCode}` };
}

/** Our own words: an error's message may hold the URL, and a URL may hold a secret. */
function wordFor(error: NodeJS.ErrnoException, attemptMilliseconds: number): string {
  if (error.name === "AbortError" || error.name === "TimeoutError") {
    return `no answer in ${attemptMilliseconds / 1000} seconds`;
  }
  if (error.code === "REFUSED_ADDRESS") return refusals.address;
  return `connection failed (${error.code ?? "unknown"})`;
}

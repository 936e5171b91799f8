import type { NoAnswerError, ProblemError } from "./errors.ts";

/** How a client is set up. */
export interface ClientOptions {
  /** The broker's address; a path in it comes before `/v1`. */
  url: string;
  apiKey: string;
  /** Instead of the global one. */
  fetch?: typeof globalThis.fetch;
  /** How often a call is sent again after no answer, 429 or 5xx; default 5. */
  maxRetries?: number;
  /** How long one attempt may take; default 30. */
  attemptTimeoutSeconds?: number;
  /** How long a call may take with all its attempts; default 120. */
  timeoutSeconds?: number;
  /** Comes before the client's own in `User-Agent`, such as `billing/2.1`. */
  userAgent?: string;
  /** Told before a call is sent again, and after how long; what it throws ends the call instead. */
  onRetry?: (error: NoAnswerError | ProblemError, delayMilliseconds: number) => void;
}

/** Options of every call. */
export interface CallOptions {
  /** Ends the call, with the signal's reason, and never the request at the broker. */
  signal?: AbortSignal | undefined;
}

/** Options that have been looked at. */
export type Settings = Required<ClientOptions>;

export function checkOptions(options: ClientOptions): Settings {
  const { apiKey, maxRetries = 5, attemptTimeoutSeconds = 30, timeoutSeconds = 120, userAgent = "" } = options;
  // What fetch says of a header that it refuses has the header in it.
  if (!/^[\x21-\x7E]+$/.test(apiKey)) throw new TypeError("apiKey must be visible ASCII characters, without spaces");
  if (!/^[\x20-\x7E]*$/.test(userAgent)) throw new TypeError("userAgent must be visible ASCII characters");
  for (const [name, value] of Object.entries({ attemptTimeoutSeconds, timeoutSeconds })) {
    if (!(value > 0)) throw new TypeError(`${name} must be more than 0`);
  }
  return {
    url: checkUrl(options.url),
    apiKey,
    fetch: options.fetch ?? globalThis.fetch,
    maxRetries,
    attemptTimeoutSeconds,
    timeoutSeconds,
    userAgent,
    onRetry: options.onRetry ?? (() => undefined),
  };
}

function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (!isPlain) throw new TypeError("url must be an http or https address without credentials, query or fragment");
  return url.href.replace(/\/+$/, "");
}

import type { Clock } from "./clock.ts";
import { NoAnswerError, ProblemError } from "./errors.ts";
import type { CallOptions, Settings } from "./options.ts";
import { toProblem } from "./problem.ts";
import { isTransient, readRetryAfter, toDelay } from "./retry.ts";
import { version } from "./version.ts";

/** One call of the API, however many attempts it takes. */
export interface Call extends CallOptions {
  method?: "POST" | "PUT";
  path: string;
  body?: object;
  /** Only if it is still at this revision. */
  ifMatch?: number | undefined;
  /** Nothing, unless it has left this revision. */
  ifNoneMatch?: number | undefined;
  /** Whether twice is more than once: then only what was certainly not performed is sent again. */
  once?: true;
  /** How long the broker may hold the answer back, on purpose. */
  holdSeconds?: number;
  /** Until when attempts go on, by the clock, instead of the client's own limits. */
  deadline?: number | undefined;
}

export interface Answer<Body> {
  /** Absent when there is nothing new. */
  body: Body | undefined;
  retryAfterSeconds: number | undefined;
}

export type Transport = <Body>(call: Call) => Promise<Answer<Body>>;

export function createTransport(settings: Settings, clock: Clock): Transport {
  const { url, apiKey, maxRetries } = settings;
  const userAgent = `${settings.userAgent} vpn-broker-client/${version}`.trim();

  async function send<Body>(call: Call, body: string | undefined, signal: AbortSignal): Promise<Answer<Body>> {
    const { method = "GET", path, ifMatch, ifNoneMatch } = call;
    const headers = {
      accept: "application/json",
      authorization: `Bearer ${apiKey}`,
      "user-agent": userAgent,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(ifMatch === undefined ? {} : { "if-match": `"${ifMatch}"` }),
      ...(ifNoneMatch === undefined ? {} : { "if-none-match": `"${ifNoneMatch}"` }),
    };
    // A key follows no redirect.
    const init = { method, headers, redirect: "manual", signal, ...(body === undefined ? {} : { body }) } as const;
    // A browser's fetch is no method of anything.
    const { fetch } = settings;
    const response = await fetch(`${url}${path}`, init);
    const retryAfterSeconds = readRetryAfter(response.headers);
    if (response.status === 304) return { body: undefined, retryAfterSeconds };
    const text = await response.text();
    if (!response.ok) throw new ProblemError(toProblem(response, text, retryAfterSeconds));
    return { body: readBody(text) as Body, retryAfterSeconds };
  }

  /** An attempt ends with the caller's signal, and when its time is over. */
  async function attempt<Body>(call: Call, body: string | undefined, milliseconds: number): Promise<Answer<Body>> {
    const { signal } = call;
    signal?.throwIfAborted();
    const end = new AbortController();
    const abort = () => end.abort();
    signal?.addEventListener("abort", abort);
    let isOver = false;
    void clock.sleep(milliseconds, end.signal).then(() => {
      isOver = !end.signal.aborted;
      end.abort();
    });
    try {
      return await send<Body>(call, body, end.signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ProblemError || error instanceof NoAnswerError) throw error;
      const why = isOver ? `within ${Math.ceil(milliseconds / 1000)} s` : `(${toReason(error, apiKey)})`;
      throw new NoAnswerError(`${url} gave no answer ${why}`);
    } finally {
      end.abort();
      signal?.removeEventListener("abort", abort);
    }
  }

  return async function request<Body>(call: Call): Promise<Answer<Body>> {
    const { signal, once, holdSeconds = 0 } = call;
    const body = call.body && JSON.stringify(call.body);
    const deadline = call.deadline ?? clock.now() + settings.timeoutSeconds * 1000;
    const most = call.deadline === undefined ? maxRetries : Infinity;
    for (let attempts = 1; ; attempts += 1) {
      const time = Math.min((settings.attemptTimeoutSeconds + holdSeconds) * 1000, deadline - clock.now());
      try {
        return await attempt<Body>(call, body, time);
      } catch (error) {
        // After 429 nothing was done.
        const mayRepeat = isTransient(error) && (!once || error.status === 429);
        if (!mayRepeat || attempts > most) throw error;
        const delay = toDelay(attempts, clock.random(), error.retryAfterSeconds);
        const left = deadline - clock.now();
        if (delay >= left && call.deadline === undefined) throw error;
        const pause = Math.min(delay, left);
        settings.onRetry(error, pause);
        await clock.sleep(pause, signal);
        signal?.throwIfAborted();
        if (pause === left) throw error;
      }
    }
  };
}

/** What is no JSON object was cut off, or comes from something in between. */
function readBody(text: string): object {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Told below.
  }
  throw new NoAnswerError("the answer is no JSON object");
}

/** In one line, less the key: an error of a given `fetch` may hold all that it was given. */
function toReason(error: unknown, apiKey: string): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return (cause?.code ?? cause?.message ?? message).replaceAll(apiKey, "…");
}

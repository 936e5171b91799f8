import { NoAnswerError, ProblemError } from "./errors.ts";

/** What answers so will not do it later either. */
const notImplemented = 501;

const firstMilliseconds = 500;
const maxMilliseconds = 8000;
const maxRetryAfterMilliseconds = 60_000;

/** Whether the same call may go well later. */
export function isTransient(error: unknown): error is NoAnswerError | ProblemError {
  if (error instanceof ProblemError)
    return error.status === 429 || (error.status >= 500 && error.status !== notImplemented);
  return error instanceof NoAnswerError;
}

/** Milliseconds until the attempt after `attempts`: what the broker asked for, from half a second to a minute, or twice as long each time. */
export function toDelay(attempts: number, random: number, retryAfterSeconds: number | undefined): number {
  if (retryAfterSeconds !== undefined) {
    return Math.min(Math.max(retryAfterSeconds * 1000, firstMilliseconds), maxRetryAfterMilliseconds);
  }
  const most = Math.min(firstMilliseconds * 2 ** (attempts - 1), maxMilliseconds);
  return most * (0.5 + random / 2);
}

/** Seconds, of a number or a date. */
export function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get("retry-after")?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const at = Date.parse(text);
  const sent = Date.parse(headers.get("date") ?? "") || Date.now();
  return Number.isNaN(at) ? undefined : Math.max(0, (at - sent) / 1000);
}

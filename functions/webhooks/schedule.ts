/** Seconds to wait before each attempt after the first: eight attempts over 27 h 35 min. */
const pauses = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];
const maxRetryAfter = 36_000;
const jitter = 0.1;

/**
 * Seconds until the attempt after `attempts` attempts, up to a tenth longer (and to the next whole second) so that receivers are not all called at
 * once, and never before the receiver's own `Retry-After`; undefined when there is none left.
 */
export function nextPause(attempts: number, random: number, retryAfterSeconds = 0): number | undefined {
  const pause = pauses[attempts - 1];
  if (pause === undefined) return undefined;
  return Math.max(Math.ceil(pause * (1 + jitter * random)), Math.min(retryAfterSeconds, maxRetryAfter));
}

import type { ClientRequest, IncomingMessage } from "node:http";

const maxBodyBytes = 16_384;
const maxInterimAnswers = 8;
const maxRetryAfterSeconds = 86_400;

/** What an answer is read with: its headers in bytes. Trailers and the extensions of chunks count as headers. */
export const maxHeaderBytes = 16_384;

class TooManyInterimAnswersError extends Error {
  readonly code = "TOO_MANY_INTERIM_ANSWERS";
}

/** Ends an attempt whose receiver sends 1xx answers on and on: each one has headers of its own. */
export function limitInterimAnswers(request: ClientRequest): void {
  let count = 0;
  request.on("information", () => {
    count += 1;
    if (count > maxInterimAnswers) request.destroy(new TooManyInterimAnswersError());
  });
}

/** Reads the body away, so that a receiver can finish a short answer, and closes the connection after it or 16 KB. */
export function discardBody(request: ClientRequest, response: IncomingMessage): void {
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes >= maxBodyBytes) request.destroy();
  });
  response.on("end", () => request.destroy());
}

const time = String.raw`\d\d:\d\d:\d\d`;
const httpDate = new RegExp(
  [
    String.raw`^\w{3}, \d\d \w{3} \d{4} ${time} GMT$`,
    String.raw`^\w{6,9}, \d\d-\w{3}-\d\d ${time} GMT$`,
    String.raw`^\w{3} \w{3} [ \d]\d ${time} \d{4}$`,
  ].join("|"),
);

/** Seconds a `Retry-After` asks for: a day at most, none when it says nothing. It is a number or one of HTTP's three dates. */
export function toRetryAfterSeconds(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  const date = httpDate.test(value) ? Date.parse(value.endsWith("GMT") ? value : `${value} GMT`) : Number.NaN;
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((date - now.getTime()) / 1000);
  return seconds > 0 ? Math.min(seconds, maxRetryAfterSeconds) : undefined;
}

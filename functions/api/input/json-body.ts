import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { DomainError, type Flaw, maxFlaws } from "../../domain/errors.ts";
import type { ApiEnv } from "../env.ts";
import { checkJson } from "./check-json.ts";

/** A create request with two certificates and every list full is well under this many bytes. */
const maxBytes = 65_536;

/** Refuses bodies that are too large before they are read. */
export const limitBody = bodyLimit({
  maxSize: maxBytes,
  onError: () => {
    throw toRefusal("payload_too_large", `the body must be at most ${maxBytes} bytes`);
  },
});

/** A lenient decoder would put another character in place of what it cannot read, and the name would not be the caller's. */
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Decodes the body for the validator that follows, which reads what is left for it here and nothing else. No body at all is
 * taken for `{}`. Throws for one that does not say it is JSON, is no text, is not JSON, or is not to be taken as it stands.
 */
export const readJson = createMiddleware<ApiEnv>(async function readJson(c, next) {
  const bytes = await c.req.arrayBuffer();
  const type = c.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (bytes.byteLength > 0 && type !== "application/json") {
    throw toRefusal("unsupported_media_type", "send the body as JSON, with 'Content-Type: application/json'");
  }
  const text = bytes.byteLength === 0 ? "{}" : decode(bytes);
  check(text);
  Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
  await next();
});

function decode(bytes: ArrayBuffer): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw toRefusal("invalid_request", "the body is not valid UTF-8");
  }
}

function check(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw toRefusal("invalid_request", "the body is not valid JSON");
  }
  const flaws = checkJson(text);
  if (flaws.length > 0) throw toInvalidBody(flaws.slice(0, maxFlaws));
}

function toRefusal(code: "invalid_request" | "payload_too_large" | "unsupported_media_type", detail: string) {
  return new DomainError(code, detail, [{ pointer: "", detail }]);
}

/** The refusal of a body by its flaws. */
export function toInvalidBody(flaws: readonly Flaw[]): DomainError {
  const count = flaws.length === 1 ? "one problem" : `${flaws.length} problems`;
  return new DomainError("invalid_request", `the request has ${count}; see errors`, flaws);
}

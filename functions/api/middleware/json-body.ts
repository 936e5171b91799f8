import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { DomainError } from "../../domain/errors.ts";
import type { ApiEnv } from "../env.ts";

/** A create request with two certificates and every list full is well under this many bytes. */
const mostBytes = 65_536;

/** Refuses bodies that are too large before they are read, and bodies that do not say they are JSON. */
export const limitBody = bodyLimit({
  maxSize: mostBytes,
  onError: () => {
    const detail = `the body must be at most ${mostBytes} bytes`;
    throw new DomainError("payload_too_large", detail, [{ pointer: "", detail }]);
  },
});

/** A lenient decoder would put another character in place of what it cannot read, and the name would not be the caller's. */
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** Refuses bodies that do not say they are JSON, or are no text. */
export const requireJson = createMiddleware<ApiEnv>(async function requireJson(c, next) {
  const type = c.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    const detail = "send the body as JSON, with 'Content-Type: application/json'";
    throw new DomainError("unsupported_media_type", detail, [{ pointer: "", detail }]);
  }
  try {
    strictUtf8.decode(await c.req.arrayBuffer());
  } catch {
    const detail = "the body is not valid UTF-8";
    throw new DomainError("invalid_request", detail, [{ pointer: "", detail }]);
  }
  await next();
});

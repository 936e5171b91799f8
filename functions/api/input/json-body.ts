import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type * as z from "zod";
import { DomainError } from "../../domain/errors.ts";
import type { ApiEnv } from "../env.ts";
import { toFlaws } from "./validate.ts";

/** A create request with two certificates and every list full is well under this many bytes. */
const maxBytes = 65_536;

/** Refuses bodies that are too large before they are read. */
export const limitBody = bodyLimit({
  maxSize: maxBytes,
  onError: () => {
    const detail = `the body must be at most ${maxBytes} bytes`;
    throw new DomainError("payload_too_large", detail, [{ pointer: "", detail }]);
  },
});

/** A lenient decoder would put another character in place of what it cannot read, and the name would not be the caller's. */
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** The decoded body. Throws for one that does not say it is JSON, is no text, or is not JSON. */
export async function readJson(c: Context<ApiEnv>): Promise<unknown> {
  const type = c.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    const detail = "send the body as JSON, with 'Content-Type: application/json'";
    throw new DomainError("unsupported_media_type", detail, [{ pointer: "", detail }]);
  }
  const bytes = await c.req.arrayBuffer();
  const refuse = (detail: string) => new DomainError("invalid_request", detail, [{ pointer: "", detail }]);
  let text: string;
  try {
    text = strictUtf8.decode(bytes);
  } catch {
    throw refuse("the body is not valid UTF-8");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw refuse("the body is not valid JSON");
  }
}

/** The body by its schema, what is wrong named by its pointer. No body at all is taken for `{}`. */
export async function readBody<Schema extends z.ZodType>(
  c: Context<ApiEnv>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const none = (await c.req.arrayBuffer()).byteLength === 0;
  const parsed = schema.safeParse(none ? {} : await readJson(c));
  if (parsed.success) return parsed.data;
  throw new DomainError("invalid_request", "the request is not valid; see errors", toFlaws(parsed.error));
}

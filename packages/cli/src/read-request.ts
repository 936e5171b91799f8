import { readFileSync } from "node:fs";
import type { CreateRequest } from "@vpn-broker/client";
import { checkJson } from "../../../functions/api/input/check-json.ts";
import { UsageError } from "./failure.ts";
import type { Session } from "./session.ts";

/** More than the broker takes. */
const maxBytes = 1_000_000;

/**
 * The create request in a file, or on stdin for `-`; a token that is named takes its place in it. What is in it the broker
 * looks at. Throws `UsageError` for what is no JSON object, or is one with a member twice, which would be lost here.
 */
export async function readRequest(session: Session, file: string, clientToken?: string): Promise<CreateRequest> {
  const text = file === "-" ? await readStdin(session) : readFile(file);
  const place = file === "-" ? "stdin" : file;
  const request = parse(text, place);
  const [flaw] = checkJson(text);
  if (flaw) throw new UsageError(`in ${place}, ${flaw.pointer} ${flaw.detail}`);
  if (clientToken === undefined) return request;
  if (request.clientToken !== undefined && request.clientToken !== clientToken) {
    throw new UsageError(`--client-token is not the clientToken in ${place}`);
  }
  return { ...request, clientToken };
}

async function readStdin({ readInput }: Session): Promise<string> {
  const text = await readInput();
  if (text !== undefined) return text;
  throw new UsageError("-f - reads the request from stdin, which is a terminal here");
}

function readFile(file: string): string {
  try {
    return decode(readFileSync(file), file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} cannot be read (${String((error as NodeJS.ErrnoException).code)})`);
  }
}

/** Other encodings would put other characters into names. */
function decode(bytes: Uint8Array, file: string): string {
  if (bytes.length > maxBytes) throw new UsageError(`${file} is larger than any request may be`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8`);
  }
}

/** A parser's own message would repeat the text, which may hold a key. */
function parse(text: string, place: string): CreateRequest {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const [, position] = /position (\d+)/.exec((error as Error).message) ?? [];
    const line = position === undefined ? "" : `, in line ${text.slice(0, Number(position)).split("\n").length}`;
    throw new UsageError(`what is in ${place} is not JSON${line}`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as CreateRequest;
  throw new UsageError(`what is in ${place} is not a JSON object`);
}

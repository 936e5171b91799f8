import type { Problem } from "./errors.ts";
import type { Flaw } from "./types.ts";

/** What an answer that is no success says; of one that is no problem document only the status is told. */
export function toProblem(response: Response, text: string, retryAfterSeconds: number | undefined): Problem {
  const said = response.headers.get("content-type")?.includes("json") ? readObject(text) : {};
  const { code, title, detail, errors } = said;
  const requestId = said["requestId"] ?? response.headers.get("x-request-id");
  return {
    status: response.status,
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof title === "string" ? { title } : {}),
    ...(typeof detail === "string" ? { detail } : {}),
    ...(typeof requestId === "string" ? { requestId } : {}),
    ...(Array.isArray(errors) ? { errors: errors as Flaw[] } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

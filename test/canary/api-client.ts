import { setTimeout as sleep } from "node:timers/promises";
import { isFinal } from "../../functions/domain/record/status.ts";
import type { ConnectionResource } from "../../functions/domain/record/to-resource.ts";
import { type Evidence, toEvidence } from "./evidence.ts";

export interface ApiAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
  /** The name of its evidence. */
  what: string;
}

export interface CallOptions {
  /** The API key, instead of the client's own; an empty one sends none. */
  key?: string;
  headers?: Record<string, string>;
}

/** A caller of the API that keeps every answer. */
export interface ApiClient {
  call: (method: string, path: string, body?: unknown, options?: CallOptions) => Promise<ApiAnswer>;
  /** Accepts a request, which must be a good one; answers its id. */
  accept: (request: object, options?: CallOptions) => Promise<string>;
  /** Follows a request to its end. */
  follow: (id: string, options?: CallOptions) => Promise<ConnectionResource>;
}

export const connections = "/v1/vpn-connections";
let calls = 0;

/** Each answer goes to `answers` in two parts; a body that is no text or bytes is sent as JSON. */
export function createApiClient({ url, key, answers }: { url: string; key: string; answers: Evidence[] }): ApiClient {
  const call: ApiClient["call"] = async (method, path, body, options = {}) => {
    const bearer = options.key ?? key;
    const ready = body === undefined || typeof body === "string" || body instanceof Uint8Array;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        "content-type": "application/json",
        ...options.headers,
      },
      ...(body === undefined
        ? {}
        : { body: ready ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers } = response;
    calls += 1;
    const what = `${calls}. ${method} ${path} → ${status}`;
    answers.push(toEvidence("answer", `${what}: headers`, [...headers].flat().join("\n")));
    answers.push(toEvidence("answer", what, text));
    return { status, headers, text, what, body: isJson(headers) ? (JSON.parse(text) as Record<string, unknown>) : {} };
  };
  return {
    call,
    async accept(request, options) {
      const { status, text, body } = await call("POST", connections, request, options);
      if (status !== 202) throw new Error(`it was not accepted: ${text}`);
      return String(body["id"]);
    },
    async follow(id, options = {}) {
      for (let etag = ""; ;) {
        const headers = { "if-none-match": etag };
        const answer = await call("GET", `${connections}/${id}?wait=5`, undefined, { ...options, headers });
        etag = answer.headers.get("etag") ?? "";
        const resource = answer.body as unknown as ConnectionResource;
        if (answer.status === 200 && isFinal(resource.status)) return resource;
        await sleep(50);
      }
    },
  };
}

const isJson = (headers: Headers) => /\bjson\b/.test(headers.get("content-type") ?? "");
